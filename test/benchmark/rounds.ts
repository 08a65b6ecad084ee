/** The result of interleaved measuring. The machine's speed varies, so only neighbouring measurements are compared. */
export interface Comparison {
  readonly ours: number
  readonly theirs: number
  /** Median of the rounds' ratios, ours / theirs: a slow minute affects both sides of a round alike. */
  readonly ratio: number
  readonly remark: string
}

/** Measures both sides in every round, alternating which goes first. Both return a rate, or both a duration. */
export async function compareInterleaved(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Comparison> {
  const oursByRound: number[] = []
  const theirsByRound: number[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      oursByRound.push(await ours())
      theirsByRound.push(await theirs())
    } else {
      theirsByRound.push(await theirs())
      oursByRound.push(await ours())
    }
  }
  const ratios = oursByRound.map((value, i) => value / (theirsByRound[i] ?? NaN))
  return {
    ours: median(oursByRound),
    theirs: median(theirsByRound),
    ratio: median(ratios),
    remark: `${rounds} rounds: ours ${formatSpread(oursByRound)}, theirs ${formatSpread(theirsByRound)}, ratios ${ratios.map((r) => r.toFixed(2)).join(' ')}`,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((oursByRound, theirsByRound) => oursByRound - theirsByRound)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The smallest value that at least this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((oursByRound, theirsByRound) => oursByRound - theirsByRound)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? NaN
}

const formatSpread = (values: readonly number[]): string => {
  const formatted = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(1))
  return `${formatted(Math.min(...values))}–${formatted(Math.max(...values))}`
}

/** Runs the work and returns its duration, ms. */
export async function measureMs(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
