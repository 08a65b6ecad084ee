/**
 * A consumer outside of our code, as a child process: plain kafkajs and a file. It knows CloudEvents only, keeps events whose
 * ids are new, and marks records that it cannot read as `unreadable`. With `DIES_AFTER=n` it kills itself after its n-th batch:
 * the events are in the file, the offset is not committed.
 */
import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs'
import { Kafka, logLevel } from 'kafkajs'

const { BROKERS = '', TOPICS = '', GROUP = 'outside-consumer', FILE = '', DIES_AFTER = '0' } = process.env
const seen = new Set(readEvents().map(({ id }) => id))

/** Events that an earlier process has written; an incomplete last line is removed. */
function readEvents() {
  if (!existsSync(FILE)) return []
  const text = readFileSync(FILE, 'utf8')
  const complete = text.slice(0, text.lastIndexOf('\n') + 1)
  if (complete.length < text.length) truncateSync(FILE, Buffer.byteLength(complete))
  return complete
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

function parseRecord(topic, partition, { key, value, headers = {}, offset }) {
  const header = (name) => headers[name]?.toString()
  try {
    if (header('ce_specversion') !== '1.0' || !header('ce_id')) throw new Error('no CloudEvent')
    return {
      topic,
      id: header('ce_id'),
      type: header('ce_type'),
      key: key?.toString(),
      data: JSON.parse(value?.toString() ?? ''),
    }
  } catch {
    return { topic, id: `${topic}/${partition}/${offset}`, unreadable: true }
  }
}

let batches = 0
const kafka = new Kafka({
  clientId: 'outside-consumer',
  brokers: BROKERS.split(','),
  logLevel: logLevel.NOTHING,
  connectionTimeout: 1_000,
  retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
})
const retry = { initialRetryTime: 200, maxRetryTime: 1_000, retries: 5, restartOnFailure: () => Promise.resolve(true) }
const consumer = kafka.consumer({
  groupId: GROUP,
  sessionTimeout: 6_000,
  heartbeatInterval: 1_000,
  rebalanceTimeout: 6_000,
  maxWaitTimeInMs: 100,
  retry,
})

async function start() {
  await consumer.connect()
  await consumer.subscribe({ topics: TOPICS.split(','), fromBeginning: true })
  await consumer.run({
    eachBatch({ batch: { topic, partition, messages } }) {
      const fresh = messages
        .map((message) => parseRecord(topic, partition, message))
        .filter(({ id }) => !seen.has(id) && seen.add(id))
      if (fresh.length > 0) appendFileSync(FILE, fresh.map((event) => `${JSON.stringify(event)}\n`).join(''))
      if (++batches === Number(DIES_AFTER)) process.kill(process.pid, 'SIGKILL')
      return Promise.resolve()
    },
  })
}

for (;;) {
  try {
    await start()
    break
  } catch {
    // The broker is down, or does not know the topics yet.
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}
