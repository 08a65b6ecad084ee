import type { Figure } from './figure'
import { isReached, figuresToJson, formatFigures } from './figure'

const figure: Figure = {
  figure: 'processing',
  value: 2_500.4,
  unit: 'messages/s',
  against: 'the same rows',
  peer: 5_000,
  ratio: 0.50008,
  atLeast: 0.5,
  remarks: ['3 rounds'],
}

describe('a figure', () => {
  it('meets its goal if its ratio is at least the promised one, not if it is lower or NaN', () => {
    expect([isReached(figure), isReached({ ...figure, ratio: 0.4999 }), isReached({ ...figure, ratio: NaN })]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('is printed as a table row with its remarks below', () => {
    expect(formatFigures([figure]).split('\n')).toEqual([
      'figure      value             against        its value         ratio  at least  holds',
      '----------  ----------------  -------------  ----------------  -----  --------  -----',
      'processing  2,500 messages/s  the same rows  5,000 messages/s  0.50   0.5       yes',
      '    3 rounds',
    ])
  })

  it('is printed as JSON on one line', () => {
    expect(figuresToJson([figure])).toBe(
      '[{"figure":"processing","value":2500,"unit":"messages/s","against":"the same rows","ratio":0.5001,"atLeast":0.5,"holds":true}]',
    )
  })
})
