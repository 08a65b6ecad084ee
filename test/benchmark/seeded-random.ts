/** Reproducible random numbers (mulberry32): the same seed gives the same sequence. */
export interface SeededRandom {
  /** At least 0, below 1. */
  next(): number
  /** From 0 to `below` - 1. */
  integer(below: number): number
  pick<T>(from: readonly T[]): T
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (below: number): number => Math.floor(next() * below)
  return { next, integer: whole, pick: (from) => from[whole(from.length)] as (typeof from)[number] }
}
