import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { isStorableText, isStorableJson, storableJson, storableText } from './storable-text'

const db = useTestDatabase()

const UNSTORABLE: readonly (readonly [name: string, text: string, kept: string])[] = [
  ['NUL', 'a\0b', 'a\ufffdb'],
  ['nothing but NULs', '\0\0', '\ufffd\ufffd'],
  ['NUL behind a backslash', '\\\0', '\\\ufffd'],
  ['the first half of a pair', 'x\ud83d', 'x\ufffd'],
  ['the second half of a pair', '\ude00x', '\ufffdx'],
  ['two halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
]
const STORABLE = [
  '',
  'plain',
  '不想要了😀',
  '\ufeffBOM',
  'the words \\u0000',
  '\\\\u0000',
  '\\ud83d',
  '__proto__',
  '\u0007',
]

describe('text from outside (fault A6)', () => {
  it.each(UNSTORABLE)('with %s becomes what a text column takes', async (_name, text, kept) => {
    expect([isStorableText(text), storableText(text), isStorableText(kept)]).toEqual([false, kept, true])
    expect(await rowsOf(db, 'SELECT $1::text AS text', [storableText(text)])).toEqual([{ text: kept }])
  })

  it.each(UNSTORABLE)(
    'with %s becomes, as a value and as a key, what json and jsonb take and answer',
    async (_, text, kept) => {
      const json = storableJson({ value: text, [text]: ['\\u0000', text] })
      expect(isStorableJson(JSON.stringify(text))).toBe(false)
      expect(
        await rowsOf(db, `SELECT $1::json->>'value' AS plain, $1::jsonb->>'value' AS binary, $1::jsonb AS whole`, [
          json,
        ]),
      ).toEqual([{ plain: kept, binary: kept, whole: { value: kept, [kept]: ['\\u0000', kept] } }])
    },
  )

  it.each(STORABLE)('is unchanged where it can be stored: %j', async (text) => {
    expect([isStorableText(text), storableText(text)]).toEqual([true, text])
    const json = storableJson({ [text]: text })
    expect(isStorableJson(JSON.stringify(text))).toBe(true)
    expect(await rowsOf(db, 'SELECT $1::jsonb AS whole', [json])).toEqual([{ whole: { [text]: text } }])
  })

  it('is cut without splitting a surrogate pair', () => {
    expect(storableText('ab😀', 3)).toBe('ab')
    expect(storableText('ab😀', 4)).toBe('ab😀')
    expect(storableText('x'.repeat(1_048_576), 10)).toBe('x'.repeat(10))
  })

  it('is null where there is no text', () => {
    expect(storableJson(undefined)).toBe('null')
  })
})
