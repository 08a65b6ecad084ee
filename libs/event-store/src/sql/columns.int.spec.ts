import { UnstorableLetter, uuidArray, numberArray, packJson, textArray, unpackJsonSql } from './columns'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'

const db = useTestDatabase()

describe('columns of a statement', () => {
  it.each([
    ['quotes', 'say "no"'],
    ['a backslash', 'C:\\temp\\'],
    ['what ends an array', '},{NULL'],
    ['the word for nothing', 'NULL'],
    ['nothing in it', ''],
    ['blanks at both ends', ' a '],
    ['several lines', 'a\nb\tc'],
    ['Chinese and a face', '不想要了😀'],
  ])('a text with %s comes out as it went in', async (_, text) => {
    expect(await rowsOf(db, 'SELECT * FROM unnest($1::text[]) AS t(text)', [textArray([text, null])])).toEqual([
      { text },
      { text: null },
    ])
  })

  it('numbers may be unknown', async () => {
    expect(
      await rowsOf(db, 'SELECT * FROM unnest($1::bigint[]) AS n(n)', [numberArray([-1, null, 9_007_199_254_740_991])]),
    ).toEqual([{ n: -1 }, { n: null }, { n: 9_007_199_254_740_991 }])
  })

  it('without rows are empty', async () => {
    expect(await rowsOf(db, 'SELECT * FROM unnest($1::uuid[], $2::text[])', [uuidArray([]), textArray([])])).toEqual([])
  })

  it('values side by side are separated again, letters of several bytes too', async () => {
    const values = [{ a: '不想要了' }, null, [1, '"'], '😀', {}]
    const { bytes, starts, lengths } = packJson(values)
    const rows = await rowsOf<{ value: unknown }>(
      db,
      `SELECT ${unpackJsonSql('$3')} AS value FROM unnest($1::int[], $2::int[]) AS p(at, length)`,
      [starts, lengths, bytes],
    )
    expect(rows.map(({ value }) => value)).toEqual(values)
  })

  it.each([
    ['NUL', 'a\u0000b'],
    ['NUL behind a backslash', '\\\u0000'],
    ['the first half of a face', '\ud83d'],
    ['the second half', 'x\ude00'],
  ])('a value with %s is refused: it could not be queried again', (_, text) => {
    expect(() => packJson([{ text }])).toThrow(UnstorableLetter)
  })

  it.each([
    ['the words for NUL', '\\u0000'],
    ['a bell', '\u0007'],
    ['a whole face', '😀'],
  ])('a value with %s is not', (_, text) => {
    expect(() => packJson([{ text }])).not.toThrow()
  })
})
