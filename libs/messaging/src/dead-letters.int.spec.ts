import type { Message, Producer } from 'kafkajs'
import { emptyTables, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import type { NewDeadLetter } from './dead-letters'
import { saveDeadLetters, deadLetter, deadLetters, resend, requestResend } from './dead-letters'
import { deadLetterOf } from './consuming/chunk'

const db = useTestDatabase()
const SOURCE = '/shouhou/organisations/1'
beforeEach(() => emptyTables(db))

const ORIGIN = { consumer: 'reports', topic: 'shouhou.reports', partition: 0 }
const bytes = (text: string): Buffer => Buffer.from(text)
const letter = (overrides: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  consumer: 'reports',
  eventId: 'one',
  topic: 'shouhou.reports',
  key: 'k',
  headers: { ce_source: SOURCE },
  value: bytes('{}'),
  reason: 'no reason',
  ...overrides,
})

/** A producer that only records what it is asked to send. */
function recordingProducer(): { readonly producer: Producer; readonly sent: Message[] } {
  const sent: Message[] = []
  const send = ({ messages }: { messages: Message[] }): Promise<unknown[]> => {
    sent.push(...messages)
    return Promise.resolve([])
  }
  return { producer: { send } as unknown as Producer, sent }
}

const HOSTILE: readonly (readonly [string, string])[] = [
  ['NUL', 'a\0b'],
  ['a lone surrogate', 'a\ud800b'],
  ['a byte order mark', '\ufeffa'],
  ['a megabyte', 'x'.repeat(1_048_576)],
  [
    'a megabyte that does not compress',
    Array.from({ length: 131_072 }, (_, i) => Math.sin(i).toString(36).slice(-8)).join(''),
  ],
  ['deep nesting', '['.repeat(100_000)],
  ['__proto__', '__proto__'],
]

describe('a record that no consumer can process', () => {
  it.each(HOSTILE)(
    'is kept with %s in its key, its id, its topic, its reason, and in names and values of headers',
    async (_, text) => {
      const headers = { ce_source: SOURCE, ce_id: text, [text]: text, [`${text}2`]: 'x' }
      await saveDeadLetters(db.database, [
        letter({ eventId: text, key: text, topic: text, reason: text, headers }),
        letter({ eventId: `${text}-other` }),
      ])
      const listed = await deadLetters(db.database, { source: SOURCE })
      expect(listed).toHaveLength(2)
      expect(await deadLetter(db.database, listed[0]?.id ?? 0, SOURCE)).toMatchObject({ value: bytes('{}') })
      expect(await requestResend(db.database, listed[0]?.id ?? 0, SOURCE)).toBe(true)
    },
  )

  it('is kept once per id, even where ids differ only after the stored prefix', async () => {
    const long = 'x'.repeat(100_000)
    await saveDeadLetters(db.database, [
      letter({ eventId: `${long}1` }),
      letter({ eventId: `${long}2` }),
      letter({ eventId: `${long}1` }),
    ])
    expect(await rowsOf(db, 'SELECT count(*)::int AS n FROM dead_letter')).toEqual([{ n: 2 }])
  })

  it('is resent byte for byte, whatever was replaced for display', async () => {
    const headers = {
      ce_source: bytes(SOURCE),
      ce_id: bytes('a\0b'),
      binary: Buffer.from([0xff, 0xfe, 0]),
      twice: [bytes('one'), bytes('two')],
      ['__proto__x']: bytes('p'),
    }
    const record = { key: Buffer.from([0x80, 0]), value: bytes('rubbish'), offset: '7', headers }
    await saveDeadLetters(db.database, [deadLetterOf(ORIGIN, record, 'a\0b', 'forged')])
    const [summary] = await deadLetters(db.database, { source: SOURCE })
    expect(summary).toMatchObject({ key: '\ufffd\ufffd', headers: { ce_id: 'a\ufffdb', twice: 'one' }, bytes: 7 })
    const { producer, sent } = recordingProducer()
    expect(await resend(db.database, producer, summary?.id ?? 0)).toBe(true)
    expect(sent).toEqual([{ key: record.key, value: record.value, headers }])
  })

  it('is resent without a key if it had none', async () => {
    await saveDeadLetters(db.database, [deadLetterOf(ORIGIN, { key: null, value: null, offset: '1' }, '0/1', 'forged')])
    const [row] = await rowsOf<{ id: number }>(db, 'SELECT id FROM dead_letter')
    const { producer, sent } = recordingProducer()
    await resend(db.database, producer, row?.id ?? 0)
    expect(sent).toEqual([{ key: null, value: Buffer.alloc(0), headers: {} }])
  })

  it.each([
    ['the broker rejects it', { consumer: 'reports' }],
    ['its value is not JSON', { consumer: 'publisher', value: bytes('{') }],
  ])('is not resent, and its request is withdrawn, if %s', async (_, overrides) => {
    await saveDeadLetters(db.database, [letter(overrides)])
    const [summary] = await deadLetters(db.database)
    await requestResend(db.database, summary?.id ?? 0, SOURCE)
    const rejectingProducer = {
      send: () => Promise.reject(Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' })),
    } as unknown as Producer
    expect(await resend(db.database, rejectingProducer, summary?.id ?? 0)).toBe(false)
    expect((await deadLetters(db.database))[0]?.wantedAgainAt).toBeNull()
  })
})

describe('a dead letter that an older version stored', () => {
  it.each([
    ['NUL', String.raw`{"ce_source":"${SOURCE}","x":"a\u0000b"}`],
    ['a lone surrogate', String.raw`{"ce_source":"${SOURCE}","x":"\ud800"}`],
    ['NUL in the name', String.raw`{"ce_source":"${SOURCE}","\u0000":"x"}`],
    ['an escaped NUL', String.raw`{"ce_source":"${SOURCE}","x":"\\u0000","y":"\\\u0000"}`],
  ])('can be listed, shown and resent with %s in a header, and so can the others', async (_, headers) => {
    await db.database.query(
      `INSERT INTO dead_letter (consumer, event_id, topic, key, headers, value, reason) VALUES ('r', 'old', 't', 'k', $1::json, '', 'x')`,
      [headers],
    )
    await saveDeadLetters(db.database, [letter()])
    const listed = await deadLetters(db.database, { source: SOURCE })
    expect(listed.map(({ eventId }) => eventId)).toEqual(['old', 'one'])
    expect(await deadLetter(db.database, listed[0]?.id ?? 0, SOURCE)).toMatchObject({ eventId: 'old' })
    expect(await requestResend(db.database, listed[0]?.id ?? 0, SOURCE)).toBe(true)
  })
})
