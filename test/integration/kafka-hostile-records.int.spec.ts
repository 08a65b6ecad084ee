import type { Message, Producer } from 'kafkajs'
import { Brokers, EventConsumer } from '#messaging'
import { signedReport } from '../adapter/adapter-deployment'
import { waitUntil } from '../processes/wait-until'
import type { TestKafka } from '../kafka/test-kafka'
import { openTestKafka } from '../kafka/test-kafka'
import { useTestDatabase, rowsOf } from '../postgres/test-database'

const db = useTestDatabase()
const MEGABYTE = 1_048_576
/** The largest record that the broker accepts, less the bytes of framing and key. */
const LARGEST_RECORD = 1_048_000

let kafka: TestKafka
let brokers: Brokers
let producer: Producer
let consumer: EventConsumer
const consumed: string[] = []
const errors: string[] = []

beforeAll(async () => {
  kafka = await openTestKafka()
  brokers = new Brokers({ brokers: kafka.brokers, prefix: kafka.prefix })
  await brokers.createTopics()
  producer = await brokers.producer()
  // Makes the database reject a row for a reason that our sanitising does not cover.
  await db.database.query(`ALTER TABLE dead_letter ADD CONSTRAINT refusing CHECK (reason <> 'unstorable')`)
  consumer = new EventConsumer({
    database: db.database,
    brokers,
    name: `${kafka.prefix}hostile`,
    topics: ['reports'],
    attempts: 1,
    async consume(_manager, events) {
      const refused = events.find(({ data }) => (data as { shop?: string }).shop === 'unstorable')
      if (refused !== undefined) return Promise.reject(Object.assign(new UnstorableError(), {}))
      await Promise.resolve()
      consumed.push(...events.map(({ id }) => id))
    },
    onTrouble: (what, error) => errors.push(`${what}: ${error instanceof Error ? error.constructor.name : '?'}`),
  })
  await consumer.start()
}, 300_000)
afterAll(async () => {
  await consumer.stop()
  await producer.disconnect()
  await kafka.close()
}, 300_000)

/** Its name becomes the `reason` of the dead letter, which the constraint above rejects. */
class UnstorableError extends Error {}
Object.defineProperty(UnstorableError, 'name', { value: 'unstorable' })

const goodRecord = (n: number): Message => {
  const data = { shop: 'shop-1', from: n, until: n + 1, cases: 0 }
  return { ...signedReport('caught-up.v1', data, undefined, `good-${n}`), partition: 0 }
}
const signed = signedReport('caught-up.v1', { shop: 'x', from: 1, until: 2, cases: 0 })

const RECORDS: readonly (readonly [name: string, message: Message])[] = [
  ['NUL in its key', { key: 'k\0y', value: '{}' }],
  ['NUL in ce_id', { ...signed, value: 'x', headers: { ...signed.headers, ce_id: 'a\0b' } }],
  [
    'NUL in every header',
    { value: '{}', headers: { ...mapHeaders(signed.headers, (text) => `${text}\0`), 'x\0': '\0' } },
  ],
  ['a lone surrogate in a header', { value: '{}', headers: { x: Buffer.from([0xed, 0xa0, 0x80]) } }],
  [
    'bytes that are no UTF-8',
    { key: Buffer.from([0xff, 0]), value: Buffer.from([0xc3, 0x28]), headers: { x: Buffer.from([0xff]) } },
  ],
  ['a byte order mark before its value', { ...signed, value: `\ufeff${signed.value}` }],
  [
    'an id of a hundred thousand letters',
    { ...signed, value: 'x', headers: { ...signed.headers, ce_id: pseudoRandomText(100_000) } },
  ],
  ['a key of a megabyte', { key: pseudoRandomText(LARGEST_RECORD), value: '{}' }],
  ['a header of a megabyte', { key: 'k', value: '{}', headers: { x: pseudoRandomText(LARGEST_RECORD) } }],
  ['a value of a megabyte', { key: 'k', value: pseudoRandomText(LARGEST_RECORD) }],
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
  ['headers that come twice', { value: '{}', headers: mapHeaders(signed.headers, (text) => [text, text]) }],
  ['no key, no value and no headers', { value: null }],
  ['a time beyond all times', { ...signed, headers: { ...signed.headers, ce_time: '+275760-09-13T00:00:00.001Z' } }],
]

function mapHeaders<T>(headers: Readonly<Record<string, string>>, to: (text: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, to(text)]))
}

/** Letters that hardly compress; equal in every run. */
function pseudoRandomText(length: number): string {
  let state = 7
  return Array.from({ length }, () => String.fromCharCode(97 + ((state = (state * 48_271) % 2_147_483_647) % 26))).join(
    '',
  )
}

const send = (...messages: readonly Message[]): Promise<unknown> =>
  producer.send({
    topic: `${kafka.prefix}reports`,
    acks: -1,
    messages: messages.map((message) => ({ ...message, partition: 0 })),
  })

describe('a consumer of hostile records on a real broker (fault A5)', () => {
  it.each(RECORDS.map(([name, message], n) => [name, message, n] as const))(
    'makes a record with %s a dead letter and consumes the next one',
    async (_name, message, n) => {
      const before = consumer.counters.deadLettered
      await send(message)
      await send(goodRecord(n))
      await waitUntil('the next record is consumed', () => consumed.includes(`good-${n}`), 30_000)
      expect([consumer.counters.deadLettered - before, consumer.counters.lost]).toEqual([1, 0])
    },
    300_000,
  )

  it('makes several large records of one batch dead letters', async () => {
    const before = consumer.counters.deadLettered
    for (let n = 0; n < 4; n++) await send({ key: `large-${n}`, value: pseudoRandomText(MEGABYTE / 2) })
    await send(goodRecord(100))
    await waitUntil('the next record is consumed', () => consumed.includes('good-100'), 30_000)
    expect(consumer.counters.deadLettered - before).toBe(4)
  }, 300_000)

  it('counts a record that cannot be stored as a dead letter, logs it without its content, and skips it', async () => {
    await send(
      { ...signedReport('caught-up.v1', { shop: 'unstorable', from: 1, until: 2, cases: 0 }) },
      goodRecord(101),
    )
    await waitUntil('the next record is consumed', () => consumed.includes('good-101'), 30_000)
    expect(consumer.counters.lost).toBe(1)
    expect(errors.at(-1)).toBe('a record could not be kept as a dead letter and was skipped: QueryFailedError')
    expect(await rowsOf(db, `SELECT 1 FROM dead_letter WHERE reason = 'unstorable'`)).toEqual([])
  }, 300_000)

  it('can list every dead letter, and publishes them to the dead-letter topic', async () => {
    const rows = await rowsOf<{ n: number }>(
      db,
      `SELECT count(storable_json(headers)->>'ce_source')::int AS n FROM dead_letter`,
    )
    expect(rows[0]?.n).toBeGreaterThan(4)
    await waitUntil('nothing waits', () => consumer.lag() === 0)
  })
})
