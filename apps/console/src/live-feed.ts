import { Inject, Injectable, Logger } from '@nestjs/common'
import type { OnModuleDestroy } from '@nestjs/common'
import type { FeedRow, Position } from '#event-store'
import { endOfFeed, readFeed } from '#event-store'
import { PARTS, type ConsoleParts } from './parts'
import { Scope } from './scope'

const BATCH = 500
/** Events kept in memory; who is further behind reads from the database. */
const KEPT = 5_000
const LOOK_EVERY_MS = 1_000

export function isAfter(a: Position, b: Position): boolean {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left === right ? a.position > b.position : left > right
}

/**
 * What changes, for everybody who watches: one reader of the feed however many there are. Each watcher goes at his own
 * pace and asks for what comes after his place, so none misses or repeats anything, and a slow one holds up nobody.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly log = new Logger('console')
  private readonly stopping = new AbortController()
  private readonly recent: FeedRow[] = []
  /** Everything after this and up to `end` is in `recent`. */
  private start: Position = { tx: '0', position: 0 }
  private end: Position = { tx: '0', position: 0 }
  private waking: (() => void)[] = []
  private reading: Promise<void> | undefined
  private ready: Promise<void> | undefined

  constructor(
    @Inject(PARTS) private readonly parts: ConsoleParts,
    @Inject(Scope) private readonly scope: Scope,
  ) {}

  /** The newest place now: from here on, only news. Starts the reader with the first watcher. */
  async now(): Promise<Position> {
    await (this.ready ??= this.begin())
    return this.end
  }

  /** What comes after a place, at once if there is any; else as soon as there is, or nothing when `signal` stops the waiting. */
  async after(place: Position, signal: AbortSignal): Promise<readonly FeedRow[]> {
    await this.now()
    if (isAfter(this.start, place)) {
      const rows = await readFeed(this.parts.database, place, BATCH, this.scope.org)
      if (rows.length > 0) return rows
    }
    const rows = this.recent.filter((row) => isAfter(row, place)).slice(0, BATCH)
    if (rows.length > 0 || signal.aborted || this.stopping.signal.aborted) return rows
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      this.waking.push(done)
    })
    return this.recent.filter((row) => isAfter(row, place)).slice(0, BATCH)
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort()
    this.wake()
    await this.reading
  }

  private async begin(): Promise<void> {
    try {
      this.start = this.end = await endOfFeed(this.parts.database)
    } catch (error) {
      this.ready = undefined
      throw error
    }
    this.reading = this.read()
  }

  private async read(): Promise<void> {
    const { database, bells } = this.parts
    const { signal } = this.stopping
    let well = true
    while (!signal.aborted) {
      try {
        const rows = await readFeed(database, this.end, BATCH, this.scope.org)
        this.keep(rows)
        well = true
        if (rows.length === BATCH) continue
      } catch (error) {
        if (well) this.log.warn(`the feed cannot be read for the moment: ${error instanceof Error ? error.name : 'unknown error'}`)
        well = false
      }
      await bells.wait('shouhou_outgoing', LOOK_EVERY_MS, signal)
    }
  }

  private keep(rows: readonly FeedRow[]): void {
    const last = rows.at(-1)
    if (last === undefined) return
    this.recent.push(...rows)
    this.end = { tx: last.tx, position: last.position }
    const gone = this.recent.splice(0, Math.max(0, this.recent.length - KEPT)).at(-1)
    if (gone !== undefined) this.start = { tx: gone.tx, position: gone.position }
    this.wake()
  }

  private wake(): void {
    const all = this.waking
    this.waking = []
    for (const wake of all) wake()
  }
}
