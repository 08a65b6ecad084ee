import fc from 'fast-check'
import type { Json } from './exact-json'
import { asArray, asId, asInteger, asObject, asText, asFen, asFenFromYuan, asInstant } from './json-fields'

const anything = fc.jsonValue() as fc.Arbitrary<Json>

describe('what marketplaces send is read so that', () => {
  it('an object is an object and a list a list', () => {
    expect([asObject({ a: 1 }), asObject([]), asObject(null), asObject('x'), asObject(undefined)]).toEqual([
      { a: 1 },
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([asArray([1]), asArray({}), asArray(undefined), asArray('ab')]).toEqual([[1], [], [], []])
  })

  it.each<[Json | undefined, string | undefined]>([
    ['  买家 ', '买家'],
    ['a\u0000b', 'ab'],
    ['\u0000', undefined],
    ['\ud800x', '\ufffdx'],
    ['x\udc00', 'x\ufffd'],
    ['😀', '😀'],
    ['', undefined],
    [7, undefined],
    [null, undefined],
  ])('the text %j is %j', (value, text) => {
    expect(asText(value)).toBe(text)
  })

  it('a text is never cut within a surrogate pair', () => {
    expect(asText('ab😀', 3)).toBe('ab\ufffd')
    expect(asText('ab😀', 4)).toBe('ab😀')
  })

  it.each<[Json | undefined, string | undefined]>([
    ['7000893114000949517', '7000893114000949517'],
    ['"6986853269519810849"', '6986853269519810849'],
    ['7001110394160873740_001', '7001110394160873740_001'],
    ['xxxxxx', 'xxxxxx'],
    [408780010, '408780010'],
    [7000893114000949517, undefined],
    [7000893114000949000, undefined],
    [1.5, undefined],
    [0, undefined],
    [-1, undefined],
    ['0', undefined],
    ['', undefined],
    ['""', undefined],
    ['1 2', undefined],
    ['订单', undefined],
    ['1\u0000', undefined],
    ['9'.repeat(64), '9'.repeat(64)],
    ['9'.repeat(65), undefined],
    [null, undefined],
  ])('the id %j is %j', (value, id) => {
    expect(asId(value)).toBe(id)
  })

  it.each<[Json | undefined, number | undefined]>([
    [12, 12],
    ['12', 12],
    ['-3', -3],
    ['-0', 0],
    [-0, 0],
    ['1.0', undefined],
    [1.5, undefined],
    ['1e3', undefined],
    ['', undefined],
    [' 1', undefined],
    ['9999999999999999', undefined],
    [Infinity, undefined],
    [true, undefined],
  ])('the whole number %j is %j', (value, number) => {
    expect(asInteger(value)).toBe(number)
  })

  it('fen are whole and never negative', () => {
    expect([asFen(8900), asFen('8900'), asFen(0), asFen(-1), asFen('8.00'), asFen(0.5), asFen('-0')]).toEqual([
      8900,
      8900,
      0,
      undefined,
      undefined,
      undefined,
      0,
    ])
  })

  it.each<[Json | undefined, number | undefined]>([
    ['8.00', 800],
    ['8', 800],
    ['8.5', 850],
    ['0.01', 1],
    ['19.90', 1990],
    ['19.9000', 1990],
    ['8.005', undefined],
    ['-8.00', undefined],
    ['8.', undefined],
    ['.5', undefined],
    ['8,00', undefined],
    ['1e3', undefined],
    ['999999999999.99', 99999999999999],
    ['1000000000000.00', undefined],
    [8.1, 810],
    [1e21, undefined],
  ])('yuan %j are %j fen', (value, fen) => {
    expect(asFenFromYuan(value)).toBe(fen)
  })

  it('yuan lose no fen', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), (fen) => {
        const text = `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
        expect(asFenFromYuan(text)).toBe(fen)
        expect(asFenFromYuan(fen / 100)).toBe(fen)
      }),
    )
  })

  const AT = Date.UTC(2018, 3, 10, 9, 3, 29)
  it.each<[Json, number | undefined]>([
    ['2018-04-10 17:03:29', AT],
    ['2018-04-10T17:03:29+08:00', AT],
    ['2018-04-10T17:03:29+0800', AT],
    ['2018-04-10T09:03:29Z', AT],
    ['2018-04-10 17:03:29.5', AT + 500],
    ['2018-04-10T09:03:29.123456789Z', AT + 123],
    ['2018-04-10 09:03:29 Z', AT],
    ['"1523351009"', AT],
    ['"2018-04-10 17:03:29"', AT],
    ['  1523351009 ', AT],
    [1523351009.5, undefined],
    [-1523351009, undefined],
    ['15233510090', undefined],
    [Number.MAX_SAFE_INTEGER, undefined],
    [null, undefined],
    [true, undefined],
    ['1523351009', AT],
    ['1523351009000', AT],
    [1523351009, AT],
    [1523351009000, AT],
    ['2018-02-31 00:00:00', undefined],
    ['2019-02-29 00:00:00', undefined],
    ['2020-02-29 00:00:00', Date.UTC(2020, 1, 28, 16)],
    ['2018-13-01 00:00:00', undefined],
    ['2018-04-10 25:00:00', undefined],
    ['2018-04-10', undefined],
    ['str', undefined],
    ['0', undefined],
    [0, undefined],
    ['0000-00-00 00:00:00', undefined],
    ['2150-01-01 00:00:00', undefined],
  ])('the time %j is %j', (value, at) => {
    expect(asInstant(value)).toBe(at)
  })

  it('nothing throws, and what is answered is of its form', () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.string({ unit: 'binary' })), (value) => {
        expect(asText(value) ?? 'x').not.toMatch(/\u0000|\p{Surrogate}/u)
        expect(asId(value) ?? 'x').toMatch(/^[\x21-\x7e]{1,64}$/)
        for (const number of [asInteger(value), asFen(value), asFenFromYuan(value), asInstant(value)])
          expect(Number.isSafeInteger(number ?? 0)).toBe(true)
      }),
    )
  })
})
