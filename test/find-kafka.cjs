/** Whether a Kafka broker is available to the tests. Without one they are left out, and the summary of `npm test` says so. */
const { spawnSync } = require('node:child_process')
const { accessSync, constants, existsSync } = require('node:fs')
const { delimiter, join } = require('node:path')

/** The newest version that is complete at Maven Central and was tested with our client. */
exports.KAFKA_VERSION = '4.3.0'
const OLDEST_JAVA = 17

exports.jarsFolder = join(__dirname, '..', '.cache', `kafka-${exports.KAFKA_VERSION}`)

/** Explains what is missing to start a broker; `undefined` if nothing is. */
exports.missingForKafka = function missingForKafka() {
  const java = javaVersion()
  if (java === undefined) return `a Kafka broker needs Java ${OLDEST_JAVA} or newer; there is none on the PATH`
  if (java < OLDEST_JAVA) return `a Kafka broker needs Java ${OLDEST_JAVA} or newer; this is ${java}`
  if (existsSync(exports.jarsFolder) || isOnPath('mvn')) return undefined
  return `Apache Kafka ${exports.KAFKA_VERSION} comes from Maven Central by Maven; there is no mvn on the PATH`
}

/** Whether a broker is given by KAFKA_BROKERS or can be started on this machine. */
exports.canHaveKafka = () => Boolean(process.env.KAFKA_BROKERS) || exports.missingForKafka() === undefined

function javaVersion() {
  const { stderr = '', error } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const found = error ? undefined : /version "(?:1\.)?(\d+)/.exec(stderr)
  return found ? Number(found[1]) : undefined
}

/** Asking it for its version would start a Java machine, in each run of jest. */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
