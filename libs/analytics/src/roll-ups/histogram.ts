/**
 * Durations are counted in buckets whose bounds grow by a fixed factor, so that counts of days, stores and kinds add up, and are
 * the same in whatever order the cases came. A percentile is the upper bound of the bucket that holds the nearest-rank value: it
 * is never below the true value, and above it by less than `ERROR_BOUND`.
 */
export const PER_DOUBLING = 8
export const SMALLEST_MS = 1_000
/** Two years: nothing in this trade takes longer. The last bucket holds everything above. */
export const LAST_BUCKET = PER_DOUBLING * 26

/** By how much a percentile may exceed the true value: the width of a bucket, as a share of its lower bound. */
export const ERROR_BOUND = 2 ** (1 / PER_DOUBLING) - 1

const UPPER_BOUNDS_MS = Array.from({ length: LAST_BUCKET + 1 }, (_, i) =>
  Math.round(SMALLEST_MS * 2 ** (i / PER_DOUBLING)),
)

/** The largest duration in a bucket, ms. Everything up to a second is in bucket 0. */
export const upperBoundOf = (bucket: number): number => UPPER_BOUNDS_MS[Math.min(Math.max(bucket, 0), LAST_BUCKET)] ?? 0

/** The bucket of a duration in ms. */
export function bucketOf(ms: number): number {
  let [low, high] = [0, LAST_BUCKET]
  while (low < high) {
    const middle = (low + high) >> 1
    if (ms <= upperBoundOf(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/** The nearest-rank percentile of counts by bucket, ms; `undefined` where nothing was counted. */
export function percentileOf(counts: ReadonlyMap<number, number>, perCent: number): number | undefined {
  const buckets = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)
  const total = buckets.reduce((sum, [, n]) => sum + n, 0)
  const rank = Math.ceil((total * perCent) / 100)
  let below = 0
  for (const [bucket, n] of buckets) {
    below += n
    if (below >= rank) return upperBoundOf(bucket)
  }
  return undefined
}
