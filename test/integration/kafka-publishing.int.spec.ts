import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020'
import { Bells } from '#event-store'
import { Publisher, deadLetters, sourceOf, requestResend } from '#messaging'
import { until } from '../faults/asking'
import { copying } from '../kafka/copying'
import type { KafkaDeployment } from '../kafka/kafka-deployment'
import { inOrder, onceEach, openKafkaDeployment } from '../kafka/kafka-deployment'
import type { Seen } from '../kafka/reading'

let deployment: KafkaDeployment
let bells: Bells

beforeAll(async () => {
  deployment = await openKafkaDeployment()
  bells = new Bells(deployment.url)
  await bells.start()
})
afterAll(async () => {
  await bells.stop()
  await deployment.close()
})

/** What a reader knows who shares nothing with us but the schema files. */
const ajv = new Ajv2020({ strict: false })
const SCHEMAS = join(__dirname, '../../libs/messaging/schemas')
function flawOf({ headers, value }: Seen): string | undefined {
  const { ce_type: type = '', ce_dataschema: id = '' } = headers
  const isValid =
    ajv.getSchema(id) ?? ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, `${type}.json`), 'utf8')) as object)
  return isValid(JSON.parse(value)) ? undefined : `${type}: ${JSON.stringify(isValid.errors)}`
}

const publisherOf = (share = { index: 0, of: 1 }): Publisher =>
  new Publisher({
    database: deployment.stack.database,
    brokers: deployment.brokersOf(),
    bells,
    holder: randomUUID(),
    share,
    batch: 20,
  })

/** Publishes until nothing waits. */
async function publishAll(...publishers: readonly Publisher[]): Promise<void> {
  const stopping = new AbortController()
  const running = publishers.map((publisher) => publisher.publish(stopping.signal))
  await until(
    'everything is published',
    async () => (await Promise.all(publishers.map((p) => p.lag()))).every((ms) => ms === 0),
    300_000,
  )
  stopping.abort()
  await Promise.all(running)
}

describe('what happens to cases', () => {
  it('is published in the order of each case, as valid CloudEvents, with each case’s current state', async () => {
    await deployment.trade(40)
    await publishAll(publisherOf())
    const events = await deployment.topic('case-events')
    expect(onceEach(events)).toEqual(await deployment.toTell())
    expect(events.flatMap((event) => flawOf(event) ?? [])).toEqual([])
    expect(new Set(events.map(({ headers }) => headers['ce_specversion']))).toEqual(new Set(['1.0']))
    const snapshots = await deployment.topic('case-snapshots')
    expect(snapshots.flatMap((snapshot) => flawOf(snapshot) ?? [])).toEqual([])
    const newest = new Map(snapshots.map(({ key, value }) => [key, (JSON.parse(value) as { version: number }).version]))
    const kept = await deployment.stack.database.query<{ id: string; version: number }[]>(
      'SELECT id, version FROM stream',
    )
    expect(newest).toEqual(new Map(kept.map(({ id, version }) => [id, version])))
  })

  it('is published by as many publishers as there are shares, and every case by one', async () => {
    const shares = [publisherOf({ index: 0, of: 2 }), publisherOf({ index: 1, of: 2 })]
    await deployment.trade(20)
    await publishAll(...shares)
    expect(onceEach(await deployment.topic('case-events'))).toEqual(await deployment.toTell())
    expect(shares.every(({ counters }) => counters.events > 0 && counters.failures === 0)).toBe(true)
  })
})

/** What the copying consumer has written down, in its order. */
const copied = async (): Promise<Map<string, string[]>> => {
  const rows = await deployment.stack.database.query<{ key: string; id: string }[]>(
    'SELECT key, id FROM copied ORDER BY n',
  )
  return inOrder(rows.map(({ key, id }) => [key, id]))
}
const sizeOf = (lists: Map<string, string[]>): number => [...lists.values()].flat().length
const untilToldIn = async (ms: number): Promise<void> => {
  const wanted = sizeOf(await deployment.toTell())
  await until(
    'everything is published',
    async () => sizeOf(onceEach(await deployment.topic('case-events'))) === wanted,
    ms,
  )
}

describe('a publisher that is killed', () => {
  it('between the acknowledgement of the broker and its own cursor: the next one repeats, under the same ids', async () => {
    await deployment.trade(30)
    expect(await deployment.worker({ FAILPOINT: 'publish.half-acknowledged:1' }).untilEnded(40_000)).toBe('SIGKILL')
    expect(await deployment.worker({ FAILPOINT: 'publish.acknowledged:1' }).untilEnded(40_000)).toBe('SIGKILL')
    deployment.worker()
    await untilToldIn(30_000)
    const events = await deployment.topic('case-events')
    expect(onceEach(events)).toEqual(await deployment.toTell())
    // Otherwise nothing was tried here.
    expect(events.length).toBeGreaterThan(sizeOf(await deployment.toTell()))
  })
})

describe('a broker that goes away and comes back', () => {
  it('has missed nothing: what happened meanwhile waited in the database', async () => {
    if (!deployment.kafka.own) return
    await deployment.kafka.stop('killed')
    await deployment.trade(30)
    await deployment.kafka.startAgain()
    await untilToldIn(30_000)
    expect(onceEach(await deployment.topic('case-events'))).toEqual(await deployment.toTell())
  })
})

describe('a consumer', () => {
  it('that is killed between its work and its commit, and between its commit and the broker, has done everything once', async () => {
    expect(await deployment.copyistUntilItDies('consume.worked:2')).toBe('SIGKILL')
    expect(await deployment.copyistUntilItDies('consume.committed:2')).toBe('SIGKILL')
    const consumer = copying(deployment.stack.database, deployment.brokersOf())
    await consumer.start()
    const wanted = sizeOf(await deployment.toTell())
    await until('everything is copied', async () => sizeOf(await copied()) >= wanted, 30_000)
    await consumer.stop()
    expect(await copied()).toEqual(await deployment.toTell())
    expect(consumer.counters).toMatchObject({ deadLettered: 0, failures: 0 })
    expect(consumer.counters.duplicates).toBeGreaterThan(0)
  })

  it('puts aside what it cannot take or read, goes on, and takes it when it is sent again', async () => {
    const { database } = deployment.stack
    await deployment.trade(5)
    const [poison] = await database.query<{ id: string }[]>(
      `SELECT stream || '/' || version || '/' || type AS id FROM outgoing WHERE type = 'case-opened.v1' ORDER BY tx DESC, position DESC LIMIT 1`,
    )
    await database.query('INSERT INTO stumbling VALUES ($1)', [poison?.id])
    const brokers = deployment.brokersOf()
    const producer = await brokers.producer()
    await producer.send({ topic: `${deployment.kafka.prefix}case-events`, messages: [{ key: 'k', value: 'rubbish' }] })
    const consumer = copying(database, brokers)
    await consumer.start()
    const wanted = sizeOf(await deployment.toTell())
    await until(
      'all but one are copied',
      async () => sizeOf(await copied()) === wanted - 1 && consumer.counters.deadLettered === 2,
      30_000,
    )
    const letters = await deadLetters(database)
    expect(letters.map(({ reason }) => reason).sort()).toEqual(['Error', 'not a CloudEvent 1.0 in binary mode'])
    expect((await deployment.topic('dead-letters')).map(({ headers }) => headers['shouhou_reason']).sort()).toEqual([
      'Error',
      'not a CloudEvent 1.0 in binary mode',
    ])

    await database.query('TRUNCATE stumbling')
    const letter = letters.find(({ reason }) => reason === 'Error')
    expect(letter?.eventId).toBe(poison?.id)
    // By the publishing worker, on request.
    expect(await requestResend(database, letter?.id ?? 0, sourceOf(deployment.stack.org))).toBe(true)
    const stopping = new AbortController()
    const publishing = publisherOf().publish(stopping.signal)
    await until('it is taken', async () => sizeOf(await copied()) === wanted, 30_000)
    stopping.abort()
    await publishing
    expect((await deadLetters(database)).length).toBe(1)
    await Promise.all([consumer.stop(), producer.disconnect()])
  })
})
