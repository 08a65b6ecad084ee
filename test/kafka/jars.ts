import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KAFKA_VERSION, jarsFolder, missingForKafka } from './found'

const PATIENCE_MS = 300_000

/**
 * The broker's own jars, from Maven Central (or the mirror that Maven is set up with): brought once, 44 MB, kept in `.cache`.
 * @throws Error whose message a newcomer understands
 */
export function kafkaJars(say: (line: string) => void): string {
  const missing = missingForKafka()
  if (missing !== undefined) throw new Error(missing)
  if (existsSync(jarsFolder)) return jarsFolder
  say(`bringing Apache Kafka ${KAFKA_VERSION} (only this once, half a minute) …`)
  const folder = `${jarsFolder}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'pom.xml'), POM)
    const words = [
      '-q',
      '-B',
      '-f',
      join(folder, 'pom.xml'),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'jars')}`,
    ]
    const { status, stdout, stderr } = spawnSync('mvn', words, {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
      cwd: dirname(folder),
    })
    if (status !== 0)
      throw new Error(
        `Maven could not bring Apache Kafka ${KAFKA_VERSION}:\n${`${stdout}${stderr}`.trim().slice(-2_000)}`,
      )
    // Whole or not at all: another process may have been quicker, which is as good.
    if (!existsSync(jarsFolder)) renameSync(join(folder, 'jars'), jarsFolder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return jarsFolder
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>shouhou</groupId>
  <artifactId>broker</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
  </dependencies>
</project>
`
