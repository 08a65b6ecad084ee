import { createHash } from 'node:crypto'

/** One sequence of numbers (mulberry32): the same key gives the same sequence on every machine. */
export class Draw {
  constructor(private state: number) {}

  /** 0 ≤ n < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('nothing to pick from')
    return list[this.between(0, list.length - 1)] as T
  }

  digits(count: number): string {
    let text = ''
    while (text.length < count) text += String(this.between(0, 9))
    return text
  }
}

/**
 * The only source of chance in the simulator. A draw depends on the seed and on *what is being decided* (purpose and key), never on
 * the order of calls: however sockets and timers race, the same message is lost in every run of the same seed.
 */
export class Chance {
  private readonly root: number

  constructor(readonly seed: string) {
    this.root = fold(0x811c9dc5, seed)
  }

  draw(purpose: string, ...key: readonly (string | number)[]): Draw {
    let hash = fold(this.root, purpose)
    for (const part of key) hash = fold(Math.imul(hash ^ 0x9e3779b9, 0x01000193), String(part))
    return new Draw(avalanche(hash))
  }

  /** A stable secret-looking text in lower-case hex. */
  hex(length: number, ...key: readonly string[]): string {
    return createHash('sha256')
      .update([this.seed, ...key].join('\u0000'))
      .digest('hex')
      .slice(0, length)
  }
}

function fold(start: number, text: string): number {
  let hash = start
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

function avalanche(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
