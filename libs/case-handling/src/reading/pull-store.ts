import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Answer, Connector, CallContext, Window, PulledWindow } from '#connectors'
import { connectorOf, isComplete, incompleteReason } from '#connectors'
import type { PullCursor } from '#event-store'
import {
  readPullCursor,
  findDueUnprovenWindow,
  recordWindow,
  failpoint,
  recordPullError,
  openPullCursor,
  postponeUnprovenWindow,
} from '#event-store'
import type { Intake } from '../receiving/intake'
import type { Clock, Journal, LineUp, StoreRecord } from '../ports'
import { compareWithList } from './compare-with-list'
import { isSuspended } from '../suspension'
import type { Sessions } from './sessions'

/**
 * Read the marketplace's list of changes of one store, window by window, up to now. Returns how many windows were read.
 */
export class PullStore extends Command<number> {
  constructor(
    readonly store: StoreRecord,
    /** How far back the first pull of a store reaches, ms. */
    readonly backfillMs: number,
    readonly ctx: CallContext,
  ) {
    super()
  }
}

/** Windows per run, so that one store does not occupy its loop; a run that used them all is followed by another at once. */
export const WINDOWS_PER_RUN = 24
/** Unproven windows read again per run, after the new ones: new windows never wait for old ones. */
const UNPROVEN_PER_RUN = 4

const MINUTE_MS = 60_000
/** How often the last `REREAD_MS` are read again. */
const REREAD_EVERY_MS = 10 * MINUTE_MS
/** The ten minutes by which clocks may differ, the ten minutes between two rereads, and a margin. */
const REREAD_MS = 22 * MINUTE_MS

/**
 * How far a window overlaps what was read before, ms. If our clock is ahead of the marketplace's, we have read times that
 * were still in the future there; changes made in them later would be missed forever. So the last minutes are read again
 * from time to time: marketplaces refuse clocks that are more than ten minutes off, and a repeated row is stored once.
 */
function computeOverlap(end: number, readUntil: number, overlapMs: number): number {
  const isNear = end - readUntil < REREAD_EVERY_MS
  const isTime = Math.floor(end / REREAD_EVERY_MS) !== Math.floor(readUntil / REREAD_EVERY_MS)
  return isNear && isTime ? Math.max(overlapMs, REREAD_MS) : overlapMs
}

/**
 * Proves that no change was missed. Windows join and overlap. Each is read to its end and its messages are durable before
 * the window is recorded; only then does the cursor move. What was pushed is compared with the list. A window whose list
 * has fewer rows than it claims stays unproven and is read again with growing delays; newer windows are read meanwhile.
 */
@CommandHandler(PullStore)
export class PullStoreHandler implements ICommandHandler<PullStore> {
  constructor(
    private readonly database: DataSource,
    private readonly lineUp: LineUp,
    private readonly sessions: Sessions,
    private readonly intake: Intake,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  async execute({ store, backfillMs, ctx }: PullStore): Promise<number> {
    const connector = connectorOf(store.marketplace, this.lineUp)
    if (connector === undefined) return 0
    const now = this.clock()
    await openPullCursor(this.database, store, now - backfillMs, now)
    let windows = 0
    for (; windows < WINDOWS_PER_RUN && !ctx.signal.aborted; windows++) {
      const cursor = await readPullCursor(this.database, store.id)
      if (cursor === undefined || !(await this.pullNextWindow(store, connector, cursor, ctx))) break
    }
    for (let rereads = 0; rereads < UNPROVEN_PER_RUN && !ctx.signal.aborted; rereads++)
      if (!(await this.rereadUnproven(store, connector, ctx))) break
    return windows
  }

  /** Returns whether there is more after this window. */
  private async pullNextWindow(
    store: StoreRecord,
    connector: Connector,
    cursor: PullCursor,
    ctx: CallContext,
  ): Promise<boolean> {
    // Without a list to read, an adapter declares completeness itself.
    if (connector.outbound.pulling === undefined) return false
    const { windowMs, overlapMs, settleMs } = connector.outbound.pulling
    const until = this.clock() - settleMs
    const from = cursor.read_until - computeOverlap(until, cursor.read_until, overlapMs)
    const to = Math.min(from + windowMs, until)
    if (to <= cursor.read_until) return false
    const answer = await this.read(store, connector, { from, to }, ctx)
    if (answer.type !== 'ok') {
      if (isSuspended(answer)) return false
      const why = failureText(answer)
      await recordPullError(this.database, store.id, why)
      this.journal.info('a window could not be read and will be retried', { store: store.id, why })
      return false
    }
    failpoint('pull.listed')
    const notYetProven = { from: cursor.read_until, to, listeningSince: cursor.opened_at, readExtra: true }
    await this.storeWindow(store, { from, to }, notYetProven, answer.value, windowMs)
    failpoint('pull.entered')
    return to < until
  }

  /** Reads the oldest unproven window that is due. Returns whether there may be more. */
  private async rereadUnproven(store: StoreRecord, connector: Connector, ctx: CallContext): Promise<boolean> {
    if (connector.outbound.pulling === undefined) return false
    const { windowMs } = connector.outbound.pulling
    const unproven = await findDueUnprovenWindow(this.database, store.id, this.clock())
    if (unproven === undefined) return false
    const window = { from: unproven.from_at, to: Math.min(unproven.to_at, unproven.from_at + windowMs) }
    const answer = await this.read(store, connector, window, ctx)
    if (answer.type !== 'ok') {
      if (isSuspended(answer)) return false
      await postponeUnprovenWindow(this.database, unproven, failureText(answer), this.clock())
      return false
    }
    const cursor = await readPullCursor(this.database, store.id)
    // While the list is still short, its missing cases are not requested again: the first reading requested each of them.
    const notYetProven = { ...window, listeningSince: cursor?.opened_at ?? 0, readExtra: isComplete(answer.value) }
    await this.storeWindow(store, window, notYetProven, answer.value, windowMs)
    return true
  }

  private read(
    store: StoreRecord,
    connector: Connector,
    window: Window,
    ctx: CallContext,
  ): Promise<Answer<PulledWindow>> {
    return this.sessions.withSession(store, connector, ctx, (session) => connector.outbound.pull(window, session, ctx))
  }

  /** Stores the messages of a window, then the window itself. */
  private async storeWindow(
    store: StoreRecord,
    { from, to }: Window,
    notYetProven: Parameters<typeof compareWithList>[2],
    read: PulledWindow,
    longestMs: number,
  ): Promise<void> {
    const comparison = await compareWithList(this.database, store, notYetProven, read, this.clock())
    await this.intake.storeMessages(store.app, read.messages, store)
    failpoint('pull.durable')
    const unproven = incompleteReason(read)
    if (unproven !== undefined)
      this.journal.info('a window is incomplete and will be read again', { store: store.id, why: unproven })
    await this.database.transaction((manager) =>
      recordWindow(
        manager,
        {
          org: store.org,
          store: store.id,
          from_at: from,
          to_at: to,
          pages: read.pages,
          claimed: read.claimed,
          seen: read.seen,
          unproven,
          ...comparison,
          finished_at: this.clock(),
        },
        longestMs,
      ),
    )
  }
}

function failureText(answer: Exclude<Answer<PulledWindow>, { type: 'ok' }>): string {
  const why = 'why' in answer ? answer.why : 'text' in answer ? `${answer.code} ${answer.text}` : answer.type
  return why.slice(0, 200)
}
