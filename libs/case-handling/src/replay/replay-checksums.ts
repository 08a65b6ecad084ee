import type { Hash } from 'node:crypto'
import { createHash } from 'node:crypto'
import type { Difference } from './differences'
import { differencesBetween } from './differences'

/** One kind of rows, as recorded and as recomputed: equal exactly when every byte is. */
export interface ReplayChecksum {
  readonly projection: string
  readonly rows: number
  readonly recorded: string
  readonly replayed: string
  readonly equal: boolean
}

interface Pair {
  rows: number
  readonly recorded: Hash
  readonly replayed: Hash
}

/** Running hashes of both sides, a pair for each projection; differences are kept up to a limit. */
export class ReplayChecksums {
  private readonly pairs = new Map<string, Pair>()
  readonly differing = new Set<string>()
  readonly differences: Difference[] = []

  constructor(private readonly most: number) {}

  /** Rows of one case (or message) on both sides, as values that go into JSON. */
  add(projection: string, of: string, recorded: unknown, replayed: unknown, rows = 1): void {
    this.addTexts(projection, of, JSON.stringify(recorded) ?? '', JSON.stringify(replayed) ?? '', rows)
  }

  addTexts(projection: string, of: string, recorded: string, replayed: string, rows = 1): void {
    const pair = this.pairOf(projection)
    pair.rows += rows
    pair.recorded.update(recorded).update('\n')
    pair.replayed.update(replayed).update('\n')
    if (recorded === replayed) return
    this.differing.add(of)
    if (this.differences.length < this.most)
      this.differences.push(...differencesBetween(projection, of, parsed(recorded), parsed(replayed)))
  }

  all(): ReplayChecksum[] {
    return [...this.pairs].map(([projection, { rows, recorded, replayed }]) => {
      const [a, b] = [recorded.copy().digest('hex'), replayed.copy().digest('hex')]
      return { projection, rows, recorded: a, replayed: b, equal: a === b }
    })
  }

  private pairOf(projection: string): Pair {
    const known = this.pairs.get(projection)
    if (known !== undefined) return known
    const pair = { rows: 0, recorded: createHash('sha256'), replayed: createHash('sha256') }
    this.pairs.set(projection, pair)
    return pair
  }
}

const parsed = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))
