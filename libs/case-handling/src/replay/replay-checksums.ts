import type { Hash } from 'node:crypto'
import { createHash } from 'node:crypto'
import type { ReplayDifference } from './differences'
import { findDifferences } from './differences'

/** The SHA-256 of all rows of one kind, as recorded and as replayed; equal exactly if every byte is. */
export interface ReplayChecksum {
  readonly projection: string
  readonly rows: number
  readonly recorded: string
  readonly replayed: string
  readonly equal: boolean
}

interface ChecksumPair {
  rows: number
  readonly recorded: Hash
  readonly replayed: Hash
}

/** Computes the checksums of both sides row by row, and keeps the differences up to a limit. */
export class ReplayChecksums {
  private readonly pairs = new Map<string, ChecksumPair>()
  readonly differing = new Set<string>()
  readonly differences: ReplayDifference[] = []

  constructor(private readonly maxDifferences: number) {}

  /** Adds the rows of one case or message on both sides, as JSON values. `of`: its id. */
  add(projection: string, recordId: string, recorded: unknown, replayed: unknown, rows = 1): void {
    this.addTexts(projection, recordId, JSON.stringify(recorded) ?? '', JSON.stringify(replayed) ?? '', rows)
  }

  /** Like `add`, with rows that are JSON texts already; '' stands for no row. */
  addTexts(projection: string, recordId: string, recorded: string, replayed: string, rows = 1): void {
    const pair = this.pairOf(projection)
    pair.rows += rows
    pair.recorded.update(recorded).update('\n')
    pair.replayed.update(replayed).update('\n')
    if (recorded === replayed) return
    this.differing.add(recordId)
    if (this.differences.length < this.maxDifferences)
      this.differences.push(...findDifferences(projection, recordId, parseRow(recorded), parseRow(replayed)))
  }

  all(): ReplayChecksum[] {
    return [...this.pairs].map(([projection, { rows, recorded, replayed }]) => {
      const [recordedHash, replayedHash] = [recorded.copy().digest('hex'), replayed.copy().digest('hex')]
      return { projection, rows, recorded: recordedHash, replayed: replayedHash, equal: recordedHash === replayedHash }
    })
  }

  private pairOf(projection: string): ChecksumPair {
    const existing = this.pairs.get(projection)
    if (existing !== undefined) return existing
    const pair = { rows: 0, recorded: createHash('sha256'), replayed: createHash('sha256') }
    this.pairs.set(projection, pair)
    return pair
  }
}

const parseRow = (text: string): unknown => (text === '' ? undefined : JSON.parse(text))
