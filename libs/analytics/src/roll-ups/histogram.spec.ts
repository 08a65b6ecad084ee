import fc from 'fast-check'
import { property } from '../../../../test/property'
import { ERROR_BOUND, LAST_BUCKET, bucketOf, percentileOf, upperBoundOf } from './histogram'

const anyDurations = fc.array(fc.integer({ min: 0, max: 63_000_000_000 }), { minLength: 1, maxLength: 60 })

const countsOf = (durations: readonly number[]): Map<number, number> => {
  const counts = new Map<number, number>()
  for (const ms of durations) counts.set(bucketOf(ms), (counts.get(bucketOf(ms)) ?? 0) + 1)
  return counts
}
const nearestRank = (durations: readonly number[], perCent: number): number =>
  [...durations].sort((a, b) => a - b)[Math.ceil((durations.length * perCent) / 100) - 1] ?? 0

describe('the buckets of durations', () => {
  it.each([
    [0, 0],
    [1_000, 0],
    [1_001, 1],
    [1_091, 1],
    [2_000, 8],
    [3_600_000, 95],
    [63_072_000_000, 208],
    [Number.MAX_SAFE_INTEGER, LAST_BUCKET],
  ])('%i ms are in bucket %i', (ms, bucket) => expect(bucketOf(ms)).toBe(bucket))

  it('each ends where the next begins', () => {
    for (let bucket = 1; bucket <= LAST_BUCKET; bucket++) {
      expect(bucketOf(upperBoundOf(bucket))).toBe(bucket)
      expect(bucketOf(upperBoundOf(bucket - 1) + 1)).toBe(bucket)
    }
  })
})

describe('a percentile', () => {
  it('is never below the nearest-rank value, and above it by less than the stated bound', () =>
    property(anyDurations, fc.integer({ min: 1, max: 100 }), (durations, perCent) => {
      const exact = nearestRank(durations, perCent)
      const found = percentileOf(countsOf(durations), perCent) ?? -1
      expect(found).toBeGreaterThanOrEqual(exact)
      // A bound is rounded to a whole ms.
      expect(found).toBeLessThanOrEqual(Math.max(1_000, exact * (1 + ERROR_BOUND) + 1))
    }))

  it('of days that are merged is the one of all their cases', () =>
    property(anyDurations, anyDurations, (one, other) => {
      const merged = countsOf(one)
      for (const [bucket, n] of countsOf(other)) merged.set(bucket, (merged.get(bucket) ?? 0) + n)
      expect(percentileOf(merged, 90)).toBe(percentileOf(countsOf([...one, ...other]), 90))
    }))

  it('is unknown where there are no durations', () => {
    expect(percentileOf(new Map(), 50)).toBeUndefined()
    expect(percentileOf(new Map([[3, 0]]), 50)).toBeUndefined()
  })

  it('is exceeded by at most a tenth', () => expect(ERROR_BOUND).toBeLessThan(0.0906))
})
