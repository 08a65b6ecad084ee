import { Logger } from '@nestjs/common'
import type { DataSource } from 'typeorm'
import type { FeedRow, Position } from '#event-store'
import type { WakeUps } from '#event-store'
import { endOfFeed, readFeed, withTenants } from '#event-store'

const BATCH = 500
/** Events kept in memory; a watcher that is further behind reads from the database. */
const KEPT = 5_000
const CHECK_EVERY_MS = 1_000

export function isAfter(a: Position, b: Position): boolean {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left === right ? a.position > b.position : left > right
}

export interface NextEvents {
  readonly rows: readonly FeedRow[]
  readonly until: Position
}

const nextOf = (rows: readonly FeedRow[], from: Position): NextEvents => ({ rows, until: rows.at(-1) ?? from })

/**
 * The changes of one organisation, for every watcher of it: one reader of the feed however many watchers there are. Each watcher has its own pace and
 * asks for what comes after its position, so none misses or repeats an event, and a slow one delays no other.
 */
export class LiveFeed {
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
    private readonly database: DataSource,
    private readonly wakeUps: WakeUps,
    private readonly org: number,
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

  /**
   * Events of the organisation after a position: at once if there are any, else as soon as there are; none when `signal` aborts
   * the wait. `until`: where to go on; events of others in between are skipped.
   */
  async after(place: Position, signal: AbortSignal): Promise<NextEvents> {
    let from = place
    if (isAfter(this.start, from)) {
      const { start } = this
      const rows = await readFeed(this.database, from, BATCH, this.org)
      if (rows.length > 0) return nextOf(rows, from)
      from = start
    }
    const rows = this.kept(from)
    if (rows.length > 0 || signal.aborted) return nextOf(rows, from)
    from = isAfter(this.end, from) ? this.end : from
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      this.waking.push(done)
    })
    // A watcher that waited while much happened may be behind what is kept; it asks again.
    return isAfter(this.start, from) ? nextOf([], from) : nextOf(this.kept(from), from)
  }

  async close(): Promise<void> {
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
    const { signal } = this.stopping
    this.reading = withTenants([this.org], () => this.read(signal))
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

  private keep(rows: readonly FeedRow[]): void {
    const last = rows.at(-1)
    if (last === undefined) return
    this.recent.push(...rows.filter(({ org }) => org === this.org))
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
