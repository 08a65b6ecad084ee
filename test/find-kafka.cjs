/** Whether the tests can have a Kafka; else they are left out, and `npm test` says so loudly. */
const { spawnSync } = require('node:child_process')
const { existsSync } = require('node:fs')
const { join } = require('node:path')

/** The newest that is complete at Maven Central and was tried with our client. */
exports.KAFKA_VERSION = '4.3.0'
const OLDEST_JAVA = 17

exports.jarsFolder = join(__dirname, '..', '.cache', `kafka-${exports.KAFKA_VERSION}`)

/** What is missing for a broker of our own, in words; undefined: nothing. */
exports.missingForKafka = function missingForKafka() {
  const java = javaVersion()
  if (java === undefined) return `a Kafka broker needs Java ${OLDEST_JAVA} or newer; there is none on the PATH`
  if (java < OLDEST_JAVA) return `a Kafka broker needs Java ${OLDEST_JAVA} or newer; this is ${java}`
  if (existsSync(exports.jarsFolder) || answers('mvn', ['-v'])) return undefined
  return `Apache Kafka ${exports.KAFKA_VERSION} comes from Maven Central by Maven; there is no mvn on the PATH`
}

/** Whether tests can have one: KAFKA_BROKERS names it, or it can be started here. */
exports.canHaveKafka = () => Boolean(process.env.KAFKA_BROKERS) || exports.missingForKafka() === undefined

function javaVersion() {
  const { stderr = '', error } = spawnSync('java', ['-version'], { encoding: 'utf8' })
  const found = error ? undefined : /version "(?:1\.)?(\d+)/.exec(stderr)
  return found ? Number(found[1]) : undefined
}

function answers(program, words) {
  return !spawnSync(program, words, { stdio: 'ignore' }).error
}
