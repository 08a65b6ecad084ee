import type { Figure } from './figure'
import { holds, jsonOf, tableOf } from './figure'
import { interleaved, median, percentile } from './rounds'

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
  it('holds when its ratio is what was promised, and not when it is less', () => {
    expect([holds(figure), holds({ ...figure, ratio: 0.4999 }), holds({ ...figure, ratio: NaN })]).toEqual([
      true,
      false,
      false,
    ])
  })

  it('is a line that people read, with its remarks below', () => {
    expect(tableOf([figure]).split('\n')).toEqual([
      'figure      value             against        its value         ratio  at least  holds',
      '----------  ----------------  -------------  ----------------  -----  --------  -----',
      'processing  2,500 messages/s  the same rows  5,000 messages/s  0.50   0.5       yes',
      '    3 rounds',
    ])
  })

  it('is an object that machines read, on one line', () => {
    expect(jsonOf([figure])).toBe(
      '[{"figure":"processing","value":2500,"unit":"messages/s","against":"the same rows","ratio":0.5001,"atLeast":0.5,"holds":true}]',
    )
  })
})

describe('rounds', () => {
  it('compare only what was measured side by side', async () => {
    const ours = [10, 40, 30]
    const theirs = [20, 80, 20]
    const order: string[] = []
    const side = (name: string, values: number[]) => () => {
      order.push(name)
      return Promise.resolve(values.shift() ?? 0)
    }
    const pair = await interleaved(3, side('ours', ours), side('theirs', theirs))
    expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs'])
    expect(pair).toMatchObject({ ours: 30, theirs: 20, ratio: 0.5 })
  })

  it('are told by their middle and by their slowest hundredth', () => {
    const times = Array.from({ length: 200 }, (_, i) => 200 - i)
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), percentile(times, 0.99), percentile([7], 0.99)]).toEqual([
      2, 2.5, 198, 7,
    ])
  })
})
