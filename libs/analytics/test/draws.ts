/** Numbers that look random and are the same every time for a seed. */
export class Draws {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2_654_435_761 + 12_345) % 2_147_483_648
  }

  below(limit: number): number {
    this.state = (this.state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((this.state / 2_147_483_648) * limit)
  }

  oneOf<T>(all: readonly [T, ...T[]]): T {
    return all[this.below(all.length)] ?? all[0]
  }

  /** True once in so many. */
  oneIn(times: number): boolean {
    return this.below(times) === 0
  }
}
