import { costOf, longestWait, spreadOf } from './reckoning'

const measured = {
  accepted: [1_000, 10_000],
  understood: 500,
  rawBytes: 1_000,
  toldBytes: 500,
  caseBytes: 2_000,
} as const

describe('what growth costs', () => {
  it('is reckoned from the busiest second for machines, and from days for disks', () => {
    expect(
      costOf(measured, { messagesADay: 86_400_000, peak: 2, load: 0.5, rawDays: 10, toldDays: 4, caseDays: 100 }),
    ).toEqual({
      meanASecond: 1_000,
      peakASecond: 2_000,
      gateways: 4,
      databases: 8,
      bytesADay: 86_400_000 * 3_500,
      bytesKept: 86_400_000 * (1_000 * 10 + 500 * 4 + 2_000 * 100),
      bytesADatabase: (86_400_000 * 212_000) / 8,
      messagesADatabase: 108_000_000,
    })
  })

  it('is never less than one machine of each', () => {
    expect(costOf(measured, { messagesADay: 1, peak: 1, load: 1, rawDays: 1, toldDays: 1, caseDays: 1 })).toMatchObject(
      { gateways: 1, databases: 1 },
    )
  })
})

describe('organisations on several databases', () => {
  it('lie more evenly where each new one goes to the emptiest, and the same at every look', () => {
    const [hash, least] = [spreadOf(20_000, 16, 'by hash'), spreadOf(20_000, 16, 'where least is')]
    expect(hash.fullest).toBeGreaterThan(least.fullest)
    expect(least.fullest).toBeGreaterThanOrEqual(1)
    expect(spreadOf(20_000, 16, 'by hash')).toEqual(hash)
  })

  it('are all in the one that there is', () => {
    expect(spreadOf(100, 1, 'by hash').fullest).toBeCloseTo(1)
  })
})

describe('a day of trade', () => {
  it('keeps nobody waiting while the busiest hour fits, and for long when it does not', () => {
    expect(longestWait(100, 180, 1)).toBe(0)
    expect(longestWait(100, 150, 1)).toBeCloseTo(((1.7 - 1.5 + 1.8 - 1.5) * 100 * 60) / 150)
    expect(longestWait(100, 150, 5)).toBeGreaterThan(longestWait(100, 150, 1))
  })
})
