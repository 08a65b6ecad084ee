import { UnstorableLetter, uuidArray, numberArray, packJson, textArray, unpackJsonSql } from './array-parameters'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'

const db = useTestDatabase()

describe('the array parameters of a statement', () => {
  it.each([
    ['quotes', 'say "no"'],
    ['a backslash', 'C:\\temp\\'],
    ['what ends an array', '},{NULL'],
    ['the word for nothing', 'NULL'],
    ['nothing in it', ''],
    ['blanks at both ends', ' a '],
    ['several lines', 'a\nb\tc'],
    ['Chinese and a face', '不想要了😀'],
  ])('return a text with %s unchanged', async (_, text) => {
    expect(await rowsOf(db, 'SELECT * FROM unnest($1::text[]) AS t(text)', [textArray([text, null])])).toEqual([
      { text },
      { text: null },
    ])
  })

  it('hold numbers, negative ones and null too', async () => {
    expect(
      await rowsOf(db, 'SELECT * FROM unnest($1::bigint[]) AS n(n)', [numberArray([-1, null, 9_007_199_254_740_991])]),
    ).toEqual([{ n: -1 }, { n: null }, { n: 9_007_199_254_740_991 }])
  })

  it('are empty arrays where there are no rows', async () => {
    expect(await rowsOf(db, 'SELECT * FROM unnest($1::uuid[], $2::text[])', [uuidArray([]), textArray([])])).toEqual([])
  })

  it('separate packed JSON values again, with characters of several bytes in them', async () => {
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
  ])('refuse a value with %s, which could not be queried again', (_, text) => {
    expect(() => packJson([{ text }])).toThrow(UnstorableLetter)
  })

  it.each([
    ['the words for NUL', '\\u0000'],
    ['a bell', '\u0007'],
    ['a whole face', '😀'],
  ])('accept a value with %s', (_, text) => {
    expect(() => packJson([{ text }])).not.toThrow()
  })
})
