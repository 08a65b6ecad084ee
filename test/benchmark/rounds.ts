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

/**
 * Compares two short pieces of work that differ by little: each is measured next to the other, n times, alternating which
 * goes first. The ratio is that of the medians, which a pause of the machine does not move. Durations, ms.
 */
export async function compareNeighbours(
  times: number,
  ours: (n: number) => Promise<unknown>,
  theirs: (n: number) => Promise<unknown>,
): Promise<Comparison> {
  const oursMs: number[] = []
  const theirsMs: number[] = []
  for (let n = 0; n < times; n++) {
    if (n % 2 === 0) oursMs.push(await measureMs(() => ours(n)))
    theirsMs.push(await measureMs(() => theirs(n)))
    if (n % 2 === 1) oursMs.push(await measureMs(() => ours(n)))
  }
  const [oursMedian, theirsMedian] = [median(oursMs), median(theirsMs)]
  const spread = (values: readonly number[]): string =>
    [0.25, 0.5, 0.95].map((share) => percentile(values, share).toFixed(2)).join(' ')
  return {
    ours: oursMedian,
    theirs: theirsMedian,
    ratio: oursMedian / theirsMedian,
    remark: `${times} pairs, p25 p50 p95: ours ${spread(oursMs)}, theirs ${spread(theirsMs)} ms`,
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
