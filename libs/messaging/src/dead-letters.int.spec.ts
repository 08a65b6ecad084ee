import type { Message, Producer } from 'kafkajs'
import { emptyTables, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import type { NewDeadLetter } from './dead-letters'
import { saveDeadLetters, deadLetter, deadLetters, resend, requestResend } from './dead-letters'
import { letterOf } from './consuming/chunk'

const db = useTestDatabase()
const SOURCE = '/shouhou/organisations/1'
beforeEach(() => emptyTables(db))

const ORIGIN = { consumer: 'reports', topic: 'shouhou.reports', partition: 0 }
const bytes = (text: string): Buffer => Buffer.from(text)
const letter = (over: Partial<NewDeadLetter> = {}): NewDeadLetter => ({
  consumer: 'reports',
  eventId: 'one',
  topic: 'shouhou.reports',
  key: 'k',
  headers: { ce_source: SOURCE },
  value: bytes('{}'),
  reason: 'no reason',
  ...over,
})

/** A producer in whose place only what is handed to it is looked at. */
function recording(): { readonly producer: Producer; readonly sent: Message[] } {
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

describe('A5: a record that no consumer can process', () => {
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

  it('is kept once per id; ids that differ only after the stored prefix are different', async () => {
    const long = 'x'.repeat(100_000)
    await saveDeadLetters(db.database, [
      letter({ eventId: `${long}1` }),
      letter({ eventId: `${long}2` }),
      letter({ eventId: `${long}1` }),
    ])
    expect(await rowsOf(db, 'SELECT count(*)::int AS n FROM dead_letter')).toEqual([{ n: 2 }])
  })

  it('is sent again byte for byte, whatever was replaced for display', async () => {
    const headers = {
      ce_source: bytes(SOURCE),
      ce_id: bytes('a\0b'),
      binary: Buffer.from([0xff, 0xfe, 0]),
      twice: [bytes('one'), bytes('two')],
      ['__proto__x']: bytes('p'),
    }
    const raw = { key: Buffer.from([0x80, 0]), value: bytes('rubbish'), offset: '7', headers }
    await saveDeadLetters(db.database, [letterOf(ORIGIN, raw, 'a\0b', 'forged')])
    const [line] = await deadLetters(db.database, { source: SOURCE })
    expect(line).toMatchObject({ key: '\ufffd\ufffd', headers: { ce_id: 'a\ufffdb', twice: 'one' }, bytes: 7 })
    const { producer, sent } = recording()
    expect(await resend(db.database, producer, line?.id ?? 0)).toBe(true)
    expect(sent).toEqual([{ key: raw.key, value: raw.value, headers }])
  })

  it('without a key is sent again without one', async () => {
    await saveDeadLetters(db.database, [letterOf(ORIGIN, { key: null, value: null, offset: '1' }, '0/1', 'forged')])
    const [row] = await rowsOf<{ id: number }>(db, 'SELECT id FROM dead_letter')
    const { producer, sent } = recording()
    await resend(db.database, producer, row?.id ?? 0)
    expect(sent).toEqual([{ key: null, value: Buffer.alloc(0), headers: {} }])
  })

  it.each([
    ['the broker refuses', { consumer: 'reports' }],
    ['is no longer JSON', { consumer: 'publisher', value: bytes('{') }],
  ])('that %s is no longer to be sent again, and the next one is sent', async (_, over) => {
    await saveDeadLetters(db.database, [letter(over)])
    const [line] = await deadLetters(db.database)
    await requestResend(db.database, line?.id ?? 0, SOURCE)
    const refusing = {
      send: () => Promise.reject(Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' })),
    } as unknown as Producer
    expect(await resend(db.database, refusing, line?.id ?? 0)).toBe(false)
    expect((await deadLetters(db.database))[0]?.wantedAgainAt).toBeNull()
  })
})

describe('A6: dead letters that an older version stored', () => {
  it.each([
    ['NUL', String.raw`{"ce_source":"${SOURCE}","x":"a\u0000b"}`],
    ['a lone surrogate', String.raw`{"ce_source":"${SOURCE}","x":"\ud800"}`],
    ['NUL in the name', String.raw`{"ce_source":"${SOURCE}","\u0000":"x"}`],
    ['words for NUL beside it', String.raw`{"ce_source":"${SOURCE}","x":"\\u0000","y":"\\\u0000"}`],
  ])('with %s in a header can be listed, shown and sent again, and so can the others', async (_, headers) => {
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
