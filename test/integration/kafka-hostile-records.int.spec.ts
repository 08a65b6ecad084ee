import type { Message, Producer } from 'kafkajs'
import { Brokers, EventConsumer } from '#messaging'
import { reportOf } from '../adapter/adapter-deployment'
import { until } from '../faults/asking'
import type { TestKafka } from '../kafka/test-kafka'
import { openTestKafka } from '../kafka/test-kafka'
import { useTestDatabase, rowsOf } from '../postgres/test-database'

const db = useTestDatabase()
const MEGABYTE = 1_048_576
/** What a broker takes in one request for one partition, less what frames and a key need. */
const AS_LARGE_AS_CAN_BE = 1_048_000

let kafka: TestKafka
let brokers: Brokers
let producer: Producer
let consumer: EventConsumer
const taken: string[] = []
const troubles: string[] = []

beforeAll(async () => {
  kafka = await openTestKafka()
  brokers = new Brokers({ brokers: kafka.brokers, prefix: kafka.prefix })
  await brokers.createTopics()
  producer = await brokers.producer()
  // One reason for the database to refuse a row that no sanitising of ours knows of.
  await db.database.query(`ALTER TABLE dead_letter ADD CONSTRAINT refusing CHECK (reason <> 'unburiable')`)
  consumer = new EventConsumer({
    database: db.database,
    brokers,
    name: `${kafka.prefix}taking`,
    topics: ['reports'],
    attempts: 1,
    async consume(_manager, events) {
      const refused = events.find(({ data }) => (data as { shop?: string }).shop === 'unburiable')
      if (refused !== undefined) return Promise.reject(Object.assign(new Unburiable(), {}))
      await Promise.resolve()
      taken.push(...events.map(({ id }) => id))
    },
    onTrouble: (what, error) => troubles.push(`${what}: ${error instanceof Error ? error.constructor.name : '?'}`),
  })
  await consumer.start()
}, 300_000)
afterAll(async () => {
  await consumer.stop()
  await producer.disconnect()
  await kafka.close()
}, 300_000)

/** Its name is the reason under which its record is put aside. */
class Unburiable extends Error {}
Object.defineProperty(Unburiable, 'name', { value: 'unburiable' })

const good = (n: number): Message => {
  const data = { shop: 'shop-1', from: n, until: n + 1, cases: 0 }
  return { ...reportOf('caught-up.v1', data, undefined, `good-${n}`), partition: 0 }
}
const signed = reportOf('caught-up.v1', { shop: 'x', from: 1, until: 2, cases: 0 })

const RECORDS: readonly (readonly [name: string, message: Message])[] = [
  ['NUL in its key', { key: 'k\0y', value: '{}' }],
  ['NUL in ce_id', { ...signed, value: 'x', headers: { ...signed.headers, ce_id: 'a\0b' } }],
  ['NUL in every header', { value: '{}', headers: { ...mapped(signed.headers, (text) => `${text}\0`), 'x\0': '\0' } }],
  ['a lone surrogate in a header', { value: '{}', headers: { x: Buffer.from([0xed, 0xa0, 0x80]) } }],
  [
    'bytes that are no UTF-8',
    { key: Buffer.from([0xff, 0]), value: Buffer.from([0xc3, 0x28]), headers: { x: Buffer.from([0xff]) } },
  ],
  ['a byte order mark before its value', { ...signed, value: `\ufeff${signed.value}` }],
  [
    'an id of a hundred thousand letters',
    { ...signed, value: 'x', headers: { ...signed.headers, ce_id: random(100_000) } },
  ],
  ['a key of a megabyte', { key: random(AS_LARGE_AS_CAN_BE), value: '{}' }],
  ['a header of a megabyte', { key: 'k', value: '{}', headers: { x: random(AS_LARGE_AS_CAN_BE) } }],
  ['a value of a megabyte', { key: 'k', value: random(AS_LARGE_AS_CAN_BE) }],
  ['deep nesting', { ...signed, value: '['.repeat(400_000) }],
  ['deep nesting that closes', { ...signed, value: `{"shop":${'['.repeat(200_000)}${']'.repeat(200_000)}}` }],
  [
    '__proto__ as a header and as a key',
    {
      key: '__proto__',
      value: '{"__proto__":{"a":1}}',
      headers: Object.fromEntries([
        ['__proto__', 'x'],
        ['constructor', 'y'],
      ]),
    },
  ],
  [
    'fifty thousand headers',
    { value: '{}', headers: Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`h${i}`, 'x'])) },
  ],
  ['headers that come twice', { value: '{}', headers: mapped(signed.headers, (text) => [text, text]) }],
  ['no key, no value and no headers', { value: null }],
  ['a time beyond all times', { ...signed, headers: { ...signed.headers, ce_time: '+275760-09-13T00:00:00.001Z' } }],
]

function mapped<T>(headers: Readonly<Record<string, string>>, to: (text: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, to(text)]))
}

/** Letters that do not compress, the same at every run. */
function random(length: number): string {
  let state = 7
  return Array.from({ length }, () => String.fromCharCode(97 + ((state = (state * 48_271) % 2_147_483_647) % 26))).join(
    '',
  )
}

const say = (...messages: readonly Message[]): Promise<unknown> =>
  producer.send({
    topic: `${kafka.prefix}reports`,
    acks: -1,
    messages: messages.map((message) => ({ ...message, partition: 0 })),
  })

describe('A5: on a real broker', () => {
  it.each(RECORDS.map(([name, message], n) => [name, message, n] as const))(
    'a record with %s is put aside, and the one behind it is taken',
    async (_name, message, n) => {
      const before = consumer.counters.deadLettered
      await say(message)
      await say(good(n))
      await until('the one behind it is taken', () => taken.includes(`good-${n}`), 30_000)
      expect([consumer.counters.deadLettered - before, consumer.counters.lost]).toEqual([1, 0])
    },
    300_000,
  )

  it('many large ones in one batch are put aside together', async () => {
    const before = consumer.counters.deadLettered
    for (let n = 0; n < 4; n++) await say({ key: `large-${n}`, value: random(MEGABYTE / 2) })
    await say(good(100))
    await until('the one behind them is taken', () => taken.includes('good-100'), 30_000)
    expect(consumer.counters.deadLettered - before).toBe(4)
  }, 300_000)

  it('one that cannot be kept as a dead letter is counted, logged without its content, and skipped', async () => {
    await say({ ...reportOf('caught-up.v1', { shop: 'unburiable', from: 1, until: 2, cases: 0 }) }, good(101))
    await until('the one behind it is taken', () => taken.includes('good-101'), 30_000)
    expect(consumer.counters.lost).toBe(1)
    expect(troubles.at(-1)).toBe('a record could not be kept as a dead letter and was skipped: QueryFailedError')
    expect(await rowsOf(db, `SELECT 1 FROM dead_letter WHERE reason = 'unburiable'`)).toEqual([])
  }, 300_000)

  it('every letter can be listed, and is published to the topic of dead letters', async () => {
    const rows = await rowsOf<{ n: number }>(
      db,
      `SELECT count(storable_json(headers)->>'ce_source')::int AS n FROM dead_letter`,
    )
    expect(rows[0]?.n).toBeGreaterThan(4)
    await until('nothing waits any more', () => consumer.lag() === 0)
  })
})
