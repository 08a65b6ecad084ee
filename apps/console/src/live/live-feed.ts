import { Logger } from '@nestjs/common'
import type { DataSource } from 'typeorm'
import type { FeedPosition, FeedRow, WakeUps } from '#event-store'
import { endOfFeed, readFeed, withTenants } from '#event-store'

/** At most this many events are read, or given to a watcher, at once. */
const EVENTS_PER_READ = 500
/** Events kept in memory; a watcher that is further behind reads from the database. */
const MAX_RECENT_EVENTS = 5_000
/** A notification of the database may be lost, so the feed is also read without one. */
const POLL_INTERVAL_MS = 1_000

/** Whether `a` comes after `b` in commit order: by transaction, then by position within it. */
export function isAfter(a: FeedPosition, b: FeedPosition): boolean {
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)]
  return left === right ? a.position > b.position : left > right
}

/** Events in commit order; the next request continues after `until`. */
export interface NextEvents {
  readonly rows: readonly FeedRow[]
  readonly until: FeedPosition
}

const nextEvents = (rows: readonly FeedRow[], from: FeedPosition): NextEvents => ({ rows, until: rows.at(-1) ?? from })

/**
 * The changes of one organisation, for every watcher of it: one reader of the feed however many watchers there are. Each watcher has its own pace and
 * asks for what comes after its position, so none misses or repeats an event, and a slow one delays no other.
 */
export class LiveFeed {
  private readonly log = new Logger('console')
  private recent: FeedRow[] = []
  /** Everything after this and up to `end` is in `recent`. */
  private start: FeedPosition = { tx: '0', position: 0 }
  private end: FeedPosition = { tx: '0', position: 0 }
  private waiters: (() => void)[] = []
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
  async startWatching(): Promise<FeedPosition> {
    this.watchers += 1
    if (this.watchers === 1) this.ready = this.startReading()
    try {
      await this.ready
      return this.end
    } catch (error) {
      this.stopWatching()
      throw error
    }
  }

  stopWatching(): void {
    this.watchers -= 1
    if (this.watchers === 0) this.stopReading()
  }

  /**
   * Events of the organisation after a position: at once if there are any, else as soon as there are; none when `signal` aborts
   * the wait. `until` may be later than the last event returned: events of other organisations are skipped.
   */
  async nextAfter(since: FeedPosition, signal: AbortSignal): Promise<NextEvents> {
    let from = since
    if (isAfter(this.start, from)) {
      const { start } = this
      const rows = await readFeed(this.database, from, EVENTS_PER_READ, this.org)
      if (rows.length > 0) return nextEvents(rows, from)
      from = start
    }
    const rows = this.recentAfter(from)
    if (rows.length > 0 || signal.aborted) return nextEvents(rows, from)
    from = isAfter(this.end, from) ? this.end : from
    await new Promise<void>((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done, { once: true })
      this.waiters.push(done)
    })
    // While it waited, more events may have come than are kept: then the watcher calls again and reads from the database.
    return isAfter(this.start, from) ? nextEvents([], from) : nextEvents(this.recentAfter(from), from)
  }

  async close(): Promise<void> {
    this.stopReading()
    await this.reading
  }

  private recentAfter(position: FeedPosition): FeedRow[] {
    return this.recent.filter((row) => isAfter(row, position)).slice(0, EVENTS_PER_READ)
  }

  private async startReading(): Promise<void> {
    await this.reading
    this.recent = []
    this.start = this.end = await endOfFeed(this.database)
    this.stopping = new AbortController()
    const { signal } = this.stopping
    this.reading = withTenants([this.org], () => this.readUntilStopped(signal))
  }

  private stopReading(): void {
    this.stopping.abort()
    this.wake()
  }

  private async readUntilStopped(signal: AbortSignal): Promise<void> {
    let isFailing = false
    while (!signal.aborted) {
      try {
        const rows = await readFeed(this.database, this.end, EVENTS_PER_READ)
        this.keep(rows)
        isFailing = false
        if (rows.length === EVENTS_PER_READ) continue
      } catch (error) {
        // One line for each outage, not one for each attempt.
        if (!isFailing)
          this.log.warn(`the feed cannot be read, retrying: ${error instanceof Error ? error.name : 'unknown error'}`)
        isFailing = true
      }
      await this.wakeUps.wait('shouhou_outgoing', POLL_INTERVAL_MS, signal)
    }
  }

  private keep(rows: readonly FeedRow[]): void {
    const last = rows.at(-1)
    if (last === undefined) return
    this.recent.push(...rows.filter(({ org }) => org === this.org))
    this.end = { tx: last.tx, position: last.position }
    const dropped = this.recent.splice(0, Math.max(0, this.recent.length - MAX_RECENT_EVENTS)).at(-1)
    if (dropped !== undefined) this.start = { tx: dropped.tx, position: dropped.position }
    this.wake()
  }

  private wake(): void {
    const waiters = this.waiters
    this.waiters = []
    for (const wake of waiters) wake()
  }
}
