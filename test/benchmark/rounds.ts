/** Interleaved measuring: the machine's speed swings, so only what was measured side by side is compared. */
export interface Pair {
  readonly ours: number
  readonly theirs: number
  /** The middle of the rounds' own ratios, ours over theirs: a slow minute hits both sides of a round alike. */
  readonly ratio: number
  readonly remark: string
}

/** A round is ours, then theirs, or the other way round in every second one. Answers of both are rates or times. */
export async function interleaved(
  rounds: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pair> {
  const a: number[] = []
  const b: number[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      a.push(await ours())
      b.push(await theirs())
    } else {
      b.push(await theirs())
      a.push(await ours())
    }
  }
  const ratios = a.map((value, i) => value / (b[i] ?? NaN))
  return {
    ours: median(a),
    theirs: median(b),
    ratio: median(ratios),
    remark: `${rounds} rounds: ours ${spread(a)}, theirs ${spread(b)}, ratios ${ratios.map((r) => r.toFixed(2)).join(' ')}`,
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The value that the given share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? NaN
}

const spread = (values: readonly number[]): string => {
  const shown = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(1))
  return `${shown(Math.min(...values))}–${shown(Math.max(...values))}`
}

/** How long it took, in ms. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}
