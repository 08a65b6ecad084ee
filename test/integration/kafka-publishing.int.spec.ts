import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import { WakeUps } from '#event-store'
import { Publisher, deadLetters, sourceOf, requestResend } from '#messaging'
import { waitUntil } from '../processes/wait-until'
import { copyingConsumer } from '../kafka/copying-consumer'
import type { KafkaDeployment } from '../kafka/kafka-deployment'
import { groupByKey, deduplicateEvents, openKafkaDeployment } from '../kafka/kafka-deployment'
import type { TopicMessage } from '../kafka/read-topic'

let deployment: KafkaDeployment
let wakeUps: WakeUps

beforeAll(async () => {
  deployment = await openKafkaDeployment()
  wakeUps = new WakeUps(deployment.url)
  await wakeUps.start()
})
afterAll(async () => {
  await wakeUps.stop()
  await deployment.close()
})

/** Validates like a reader who has nothing but the schema files. */
const ajv = new Ajv2020({ strict: false })
const SCHEMAS = join(__dirname, '../../libs/messaging/schemas')
function schemaErrorOf({ headers, value }: TopicMessage): string | undefined {
  const { ce_type: type = '', ce_dataschema: id = '' } = headers
  const isValid =
    ajv.getSchema(id) ?? ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, `${type}.json`), 'utf8')) as object)
  return isValid(JSON.parse(value)) ? undefined : `${type}: ${JSON.stringify(isValid.errors)}`
}

const publisherOf = (share = { index: 0, count: 1 }): Publisher =>
  new Publisher({
    database: deployment.stack.database,
    brokers: deployment.brokers(),
    wakeUps,
    holder: randomUUID(),
    share,
    batch: 20,
  })

/** Publishes until the lag is zero. */
async function publishAll(...publishers: readonly Publisher[]): Promise<void> {
  const stopping = new AbortController()
  const running = publishers.map((publisher) => publisher.publish(stopping.signal))
  await waitUntil(
    'everything is published',
    async () => (await Promise.all(publishers.map((p) => p.lag()))).every((ms) => ms === 0),
    300_000,
  )
  stopping.abort()
  await Promise.all(running)
}

describe('the publisher', () => {
  it('publishes the events of each case in order, as valid CloudEvents, with snapshots of each case’s current state', async () => {
    await deployment.addCases(40)
    await publishAll(publisherOf())
    const events = await deployment.messagesIn('case-events')
    expect(deduplicateEvents(events)).toEqual(await deployment.expectedEvents())
    expect(events.flatMap((event) => schemaErrorOf(event) ?? [])).toEqual([])
    expect(new Set(events.map(({ headers }) => headers['ce_specversion']))).toEqual(new Set(['1.0']))
    const snapshots = await deployment.messagesIn('case-snapshots')
    expect(snapshots.flatMap((snapshot) => schemaErrorOf(snapshot) ?? [])).toEqual([])
    const newest = new Map(snapshots.map(({ key, value }) => [key, (JSON.parse(value) as { version: number }).version]))
    const streams = await deployment.stack.database.query<{ id: string; version: number }[]>(
      'SELECT id, version FROM stream',
    )
    expect(newest).toEqual(new Map(streams.map(({ id, version }) => [id, version])))
  })

  it('shares the cases among several publishers, every case belonging to one', async () => {
    const shares = [publisherOf({ index: 0, count: 2 }), publisherOf({ index: 1, count: 2 })]
    await deployment.addCases(20)
    await publishAll(...shares)
    expect(deduplicateEvents(await deployment.messagesIn('case-events'))).toEqual(await deployment.expectedEvents())
    expect(shares.every(({ counters }) => counters.events > 0 && counters.failures === 0)).toBe(true)
  })
})

/** Ids that the copying consumer has inserted, by case, in order. */
const copiedIdsByCase = async (): Promise<Map<string, string[]>> => {
  const rows = await deployment.stack.database.query<{ key: string; id: string }[]>(
    'SELECT key, id FROM copied ORDER BY n',
  )
  return groupByKey(rows.map(({ key, id }) => [key, id]))
}
const countIds = (lists: Map<string, string[]>): number => [...lists.values()].flat().length
const untilPublished = async (ms: number): Promise<void> => {
  const expected = countIds(await deployment.expectedEvents())
  await waitUntil(
    'everything is published',
    async () => countIds(deduplicateEvents(await deployment.messagesIn('case-events'))) === expected,
    ms,
  )
}

describe('a publisher that is killed', () => {
  it('between the broker’s acknowledgement and storing its cursor is followed by one that repeats the same ids', async () => {
    await deployment.addCases(30)
    expect(await deployment.worker({ FAILPOINT: 'publish.half-acknowledged:1' }).untilEnded(40_000)).toBe('SIGKILL')
    expect(await deployment.worker({ FAILPOINT: 'publish.acknowledged:1' }).untilEnded(40_000)).toBe('SIGKILL')
    deployment.worker()
    await untilPublished(30_000)
    const events = await deployment.messagesIn('case-events')
    expect(deduplicateEvents(events)).toEqual(await deployment.expectedEvents())
    // Without a repetition this test would have tested nothing.
    expect(events.length).toBeGreaterThan(countIds(await deployment.expectedEvents()))
  })
})

describe('a broker that is killed and restarted', () => {
  it('misses nothing: the events wait in the database', async () => {
    if (!deployment.kafka.own) return
    await deployment.kafka.stop('killed')
    await deployment.addCases(30)
    await deployment.kafka.restart()
    await untilPublished(30_000)
    expect(deduplicateEvents(await deployment.messagesIn('case-events'))).toEqual(await deployment.expectedEvents())
  })
})

describe('a consumer', () => {
  it('has processed everything once though it was killed between work and commit, and between commit and offset', async () => {
    expect(await deployment.runCopyingConsumer('consume.worked:2')).toBe('SIGKILL')
    expect(await deployment.runCopyingConsumer('consume.committed:2')).toBe('SIGKILL')
    const consumer = copyingConsumer(deployment.stack.database, deployment.brokers())
    await consumer.start()
    const expected = countIds(await deployment.expectedEvents())
    await waitUntil('everything is copied', async () => countIds(await copiedIdsByCase()) >= expected, 30_000)
    await consumer.stop()
    expect(await copiedIdsByCase()).toEqual(await deployment.expectedEvents())
    expect(consumer.counters).toMatchObject({ deadLettered: 0, failures: 0 })
    expect(consumer.counters.duplicates).toBeGreaterThan(0)
  })

  it('makes a dead letter of what it cannot consume or parse, continues, and consumes it when it is resent', async () => {
    const { database } = deployment.stack
    await deployment.addCases(5)
    const [poison] = await database.query<{ id: string }[]>(
      `SELECT stream || '/' || version || '/' || type AS id FROM outgoing WHERE type = 'case-opened.v1' ORDER BY tx DESC, position DESC LIMIT 1`,
    )
    await database.query('INSERT INTO stumbling VALUES ($1)', [poison?.id])
    const brokers = deployment.brokers()
    const producer = await brokers.producer()
    await producer.send({ topic: `${deployment.kafka.prefix}case-events`, messages: [{ key: 'k', value: 'rubbish' }] })
    const consumer = copyingConsumer(database, brokers)
    await consumer.start()
    const expected = countIds(await deployment.expectedEvents())
    await waitUntil(
      'all but one are copied',
      async () => countIds(await copiedIdsByCase()) === expected - 1 && consumer.counters.deadLettered === 2,
      30_000,
    )
    const deadLettersFound = await deadLetters(database)
    expect(deadLettersFound.map(({ reason }) => reason).sort()).toEqual([
      'Error',
      'not a CloudEvent 1.0 in binary mode',
    ])
    expect(
      (await deployment.messagesIn('dead-letters')).map(({ headers }) => headers['shouhou_reason']).sort(),
    ).toEqual(['Error', 'not a CloudEvent 1.0 in binary mode'])

    await database.query('TRUNCATE stumbling')
    const deadLetter = deadLettersFound.find(({ reason }) => reason === 'Error')
    expect(deadLetter?.eventId).toBe(poison?.id)
    // The publishing worker resends it on request.
    expect(await requestResend(database, deadLetter?.id ?? 0, sourceOf(deployment.stack.org))).toBe(true)
    const stopping = new AbortController()
    const publishing = publisherOf().publish(stopping.signal)
    await waitUntil('it is consumed', async () => countIds(await copiedIdsByCase()) === expected, 30_000)
    stopping.abort()
    await publishing
    expect((await deadLetters(database)).length).toBe(1)
    await Promise.all([consumer.stop(), producer.disconnect()])
  })
})
