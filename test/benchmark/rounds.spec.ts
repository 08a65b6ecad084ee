import { compareInterleaved, median, percentile } from './rounds'

describe('the rounds of a comparison', () => {
  it('alternate the order of the two sides and compare within a round', async () => {
    const ours = [10, 40, 30]
    const theirs = [20, 80, 20]
    const order: string[] = []
    const side = (name: string, values: number[]) => () => {
      order.push(name)
      return Promise.resolve(values.shift() ?? 0)
    }
    const pair = await compareInterleaved(3, side('ours', ours), side('theirs', theirs))
    expect(order).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs'])
    expect(pair).toMatchObject({ ours: 30, theirs: 20, ratio: 0.5 })
  })

  it('are summarised by median and 99th percentile', () => {
    const times = Array.from({ length: 200 }, (_, i) => 200 - i)
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), percentile(times, 0.99), percentile([7], 0.99)]).toEqual([
      2, 2.5, 198, 7,
    ])
  })
})
