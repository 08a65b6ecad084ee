import { computeCost, simulateLongestWait, simulateDistribution } from './costs'

const measured = {
  accepted: [1_000, 10_000],
  understood: 500,
  rawBytes: 1_000,
  outgoingBytes: 500,
  caseBytes: 2_000,
} as const

describe('the costs of growth', () => {
  it('are computed from the peak second for nodes, and from days of retention for disks', () => {
    expect(
      computeCost(measured, {
        messagesPerDay: 86_400_000,
        peak: 2,
        load: 0.5,
        rawDays: 10,
        outgoingDays: 4,
        caseDays: 100,
      }),
    ).toEqual({
      meanPerSecond: 1_000,
      peakPerSecond: 2_000,
      gateways: 4,
      databases: 8,
      bytesPerDay: 86_400_000 * 3_500,
      bytesKept: 86_400_000 * (1_000 * 10 + 500 * 4 + 2_000 * 100),
      bytesPerDatabase: (86_400_000 * 212_000) / 8,
      messagesPerDatabase: 108_000_000,
    })
  })

  it('include at least one node of each kind', () => {
    expect(
      computeCost(measured, { messagesPerDay: 1, peak: 1, load: 1, rawDays: 1, outgoingDays: 1, caseDays: 1 }),
    ).toMatchObject({ gateways: 1, databases: 1 })
  })
})

describe('organisations on several databases', () => {
  it('are spread more evenly when each new one goes to the emptiest, and equally in every run', () => {
    const [hash, leastLoaded] = [
      simulateDistribution(20_000, 16, 'by hash'),
      simulateDistribution(20_000, 16, 'least loaded'),
    ]
    expect(hash.fullest).toBeGreaterThan(leastLoaded.fullest)
    expect(leastLoaded.fullest).toBeGreaterThanOrEqual(1)
    expect(simulateDistribution(20_000, 16, 'by hash')).toEqual(hash)
  })

  it('are all in the only database where there is one', () => {
    expect(simulateDistribution(100, 1, 'by hash').fullest).toBeCloseTo(1)
  })
})

describe('a day of trade', () => {
  it('causes no wait while capacity covers the busiest hour, and a long one when it does not', () => {
    expect(simulateLongestWait(100, 180, 1)).toBe(0)
    expect(simulateLongestWait(100, 150, 1)).toBeCloseTo(((1.7 - 1.5 + 1.8 - 1.5) * 100 * 60) / 150)
    expect(simulateLongestWait(100, 150, 5)).toBeGreaterThan(simulateLongestWait(100, 150, 1))
  })
})
