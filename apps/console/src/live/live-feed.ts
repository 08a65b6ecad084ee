import { Inject, Injectable, Logger } from '@nestjs/common'
import type { OnModuleDestroy } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { FeedRow, Position } from '#event-store'
import { WakeUps, endOfFeed, readFeed } from '#event-store'
import { Scope } from '../core/scope'

const BATCH = 500
/** Events kept in memory; a watcher that is further behind reads from the database. */
const KEPT = 5_000
const CHECK_EVERY_MS = 1_000

export function isAfter(a: Position, b: Position): boolean {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left === right ? a.position > b.position : left > right
}

/**
 * The changes, for every watcher: one reader of the feed however many watchers there are. Each watcher has its own pace and
 * asks for what comes after its position, so none misses or repeats an event, and a slow one delays no other.
 */
@Injectable()
export class LiveFeed implements OnModuleDestroy {
  private readonly log = new Logger('console')
  private recent: FeedRow[] = []
  /** Everything after this and up to `end` is in `recent`. */
  private start: Position = { tx: '0', position: 0 }
  private end: Position = { tx: '0', position: 0 }
  private waking: (() => void)[] = []
  private watchers = 0
  private stopping = new AbortController()
  private reading: Promise<void> = Promise.resolve()
  private ready: Promise<void> = Promise.resolve()

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(WakeUps) private readonly wakeUps: WakeUps,
    @Inject(Scope) private readonly scope: Scope,
  ) {}

  /** Starts watching; returns the newest position. Without watchers nothing is read. */
  async enter(): Promise<Position> {
    this.watchers += 1
    if (this.watchers === 1) this.ready = this.begin()
    try {
      await this.ready
      return this.end
    } catch (error) {
      this.leave()
      throw error
    }
  }

  leave(): void {
    this.watchers -= 1
    if (this.watchers === 0) this.stop()
  }

  /** Events after a position: at once if there are any, else as soon as there are; none when `signal` aborts the wait. */
  async after(place: Position, signal: AbortSignal): Promise<readonly FeedRow[]> {
    if (isAfter(this.start, place)) {
      const rows = await readFeed(this.database, place, BATCH, this.scope.org)
      if (rows.length > 0) return rows
    }
    const rows = this.kept(place)
    if (rows.length > 0 || signal.aborted) return rows
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      this.waking.push(done)
    })
    // A watcher that waited while much happened may be behind what is kept; it asks again.
    return isAfter(this.start, place) ? [] : this.kept(place)
  }

  async onModuleDestroy(): Promise<void> {
    this.stop()
    await this.reading
  }

  private kept(place: Position): FeedRow[] {
    return this.recent.filter((row) => isAfter(row, place)).slice(0, BATCH)
  }

  private async begin(): Promise<void> {
    await this.reading
    this.recent = []
    this.start = this.end = await endOfFeed(this.database)
    this.stopping = new AbortController()
    this.reading = this.read(this.stopping.signal)
  }

  private stop(): void {
    this.stopping.abort()
    this.wake()
  }

  private async read(signal: AbortSignal): Promise<void> {
    let well = true
    while (!signal.aborted) {
      try {
        const rows = await readFeed(this.database, this.end, BATCH)
        this.keep(rows)
        well = true
        if (rows.length === BATCH) continue
      } catch (error) {
        if (well)
          this.log.warn(`the feed cannot be read, retrying: ${error instanceof Error ? error.name : 'unknown error'}`)
        well = false
      }
      await this.wakeUps.wait('shouhou_outgoing', CHECK_EVERY_MS, signal)
    }
  }

  /** Rows of other organisations advance the position, too: they are not read twice. */
  private keep(rows: readonly FeedRow[]): void {
    const last = rows.at(-1)
    if (last === undefined) return
    this.recent.push(...rows.filter((row) => row.org === this.scope.org))
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
