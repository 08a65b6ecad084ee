import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { KAFKA_VERSION, jarsFolder, missingForKafka } from './installation'

const MAVEN_TIMEOUT_MS = 300_000

/**
 * Downloads the broker's jars from Maven Central (or the mirror that Maven is configured with) once; 44 MB, cached in `.cache`.
 * @throws Error that says what is missing (Java, Maven), or why Maven failed
 */
export function ensureKafkaJars(log: (line: string) => void): string {
  const missing = missingForKafka()
  if (missing !== undefined) throw new Error(missing)
  if (existsSync(jarsFolder)) return jarsFolder
  log(`downloading Apache Kafka ${KAFKA_VERSION} (once, about half a minute) …`)
  const folder = `${jarsFolder}.${process.pid}`
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'pom.xml'), POM)
    const args = [
      '-q',
      '-B',
      '-f',
      join(folder, 'pom.xml'),
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${join(folder, 'jars')}`,
    ]
    const { status, stdout, stderr } = spawnSync('mvn', args, {
      encoding: 'utf8',
      timeout: MAVEN_TIMEOUT_MS,
      cwd: dirname(folder),
    })
    if (status !== 0)
      throw new Error(
        `Maven could not download Apache Kafka ${KAFKA_VERSION}:\n${`${stdout}${stderr}`.trim().slice(-2_000)}`,
      )
    // Renaming is atomic; if another process was faster, its copy is used.
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
