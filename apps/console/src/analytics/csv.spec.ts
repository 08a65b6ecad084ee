import type { AskedFigures } from './figures'
import { csvCell, csvLines } from './csv'

describe('a cell', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "no"', '"say ""no"""'],
    ['two\r\nlines', '"two\r\nlines"'],
  ])('%j is quoted as RFC 4180 says', (text, cell) => expect(csvCell(text, false)).toBe(cell))

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1'])('%j is no formula in a spreadsheet', (text) => {
    expect(csvCell(text, true).replace(/^"/, '')[0]).toBe("'")
    expect(csvCell(text, false)).toBe(text)
  })

  it.each(['260123456789012345', '007', '12E5', '1.5e3', '3-5', '11/2026'])(
    'the id %s keeps its digits in a spreadsheet',
    (text) => {
      expect(csvCell(text, true)).toBe(`\t${text}`)
      expect(csvCell(text, false)).toBe(text)
    },
  )
})

describe('a file', () => {
  const asked: AskedFigures = {
    asOf: Date.UTC(2026, 10, 14, 4),
    position: '7/x',
    figures: [
      [
        { metric: 'refunded_fen', org: 1, stores: 'all', from: '2026-11-10', to: '2026-11-11', grain: 'day' },
        {
          ...{ unit: 'fen', membersOmitted: 0 },
          rows: [{ period: '2026-11-10', member: '=evil', numerator: 1234, unknown: 1, value: 1234 }],
        },
      ],
    ],
  }
  const fileFor = (reader: 'program' | 'spreadsheet', dimension: string) =>
    [...csvLines(asked, { reader, language: 'zh', dimension }, (store) => `店 ${store}`)].join('')

  it('for programs has names, fen and a time with its zone', () => {
    expect(fileFor('program', 'products')).toBe(
      'metric,version,unit,period,dimension,member,numerator,denominator,unknown,value,reason,before_value,position,as_of\r\n' +
        'refunded_fen,1,fen,2026-11-10,products,=evil,1234,,1,1234,,,7/x,2026-11-14T04:00:00.000Z\r\n',
    )
  })

  it('for a spreadsheet has a byte order mark, words, yuan, no formula, and the time of Beijing', () => {
    expect(fileFor('spreadsheet', 'products')).toBe(
      '\uFEFF指标,口径版本,单位,周期首日,维度,取值,分子,分母,未知,数值,无数值的原因,上期数值,日志位置,数据截至\r\n' +
        "实际退款金额,1,元,2026-11-10,商品,'=evil,12.34,,1,12.34,,,7/x,2026-11-14 12:00:00\r\n",
    )
  })
})
