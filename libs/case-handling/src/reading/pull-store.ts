import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Answer, Connector, CallContext, Window, WindowRead } from '#connectors'
import { isWhole, incompleteReason } from '#connectors'
import type { PullCursor } from '#event-store'
import { cursorOf, dueUnproven, enterWindow, failpoint, noteTrouble, openCursor, postponeUnproven } from '#event-store'
import type { Intake } from '../receiving/intake'
import type { Clock, Journal, LineUp, StoreRecord } from '../ports'
import { reconcile } from './reconcile'
import type { Sessions } from './sessions'

/** Read the marketplace's list of changes of one store, window by window, up to now. Answers how many windows. */
export class PullStore extends Command<number> {
  constructor(
    readonly store: StoreRecord,
    /** How far back the first pull of a store goes, ms. */
    readonly backfillMs: number,
    readonly ctx: CallContext,
  ) {
    super()
  }
}

/** So many windows a turn; a turn that used them all has left some. */
export const WINDOWS_A_TURN = 24
/** So many unproven windows are read again a turn, after the new ones: what is new never waits for what is old. */
const UNPROVEN_A_TURN = 4

const MINUTE = 60_000
/** Once in so long, what lies this far back is read again. */
const LOOK_BACK_EVERY_MS = 10 * MINUTE
const LOOK_BACK_MS = 22 * MINUTE

/**
 * How far before what was read a window starts. Where our clock is ahead of the marketplace's, we have read instants
 * that were still to come there, and what changed in them later would be passed by for ever: so from time to time the
 * last minutes are read again. Marketplaces refuse clocks that are more than ten minutes wrong; repetitions cost little.
 */
function overlapAt(until: number, readUntil: number, overlapMs: number): number {
  const isNear = until - readUntil < LOOK_BACK_EVERY_MS
  const isTime = Math.floor(until / LOOK_BACK_EVERY_MS) !== Math.floor(readUntil / LOOK_BACK_EVERY_MS)
  return isNear && isTime ? Math.max(overlapMs, LOOK_BACK_MS) : overlapMs
}

/**
 * The proof that nothing is missed. Windows join and overlap; each is read to its end, its messages are durable before
 * the window is entered in the ledger, and only then does the watermark move. What pushes told is held against it. A
 * window of which the list does not show what it claims stays unproven and is read again, ever later; newer windows are
 * read meanwhile.
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
    const connector = this.lineUp.find((c) => c.marketplace === store.marketplace)
    if (connector === undefined) return 0
    const now = this.clock()
    await openCursor(this.database, store, now - backfillMs, now)
    let windows = 0
    for (; windows < WINDOWS_A_TURN && !ctx.signal.aborted; windows++) {
      const cursor = await cursorOf(this.database, store.id)
      if (cursor === undefined || !(await this.pullNext(store, connector, cursor, ctx))) break
    }
    for (let again = 0; again < UNPROVEN_A_TURN && !ctx.signal.aborted; again++)
      if (!(await this.pullAgain(store, connector, ctx))) break
    return windows
  }

  /** Answers whether more is waiting after this window. */
  private async pullNext(
    store: StoreRecord,
    connector: Connector,
    cursor: PullCursor,
    ctx: CallContext,
  ): Promise<boolean> {
    // No list to read: that everything was told is told as well.
    if (connector.outbound.pulling === undefined) return false
    const { windowMs, overlapMs, settleMs } = connector.outbound.pulling
    const until = this.clock() - settleMs
    const from = cursor.read_until - overlapAt(until, cursor.read_until, overlapMs)
    const to = Math.min(from + windowMs, until)
    if (to <= cursor.read_until) return false
    const answer = await this.read(store, connector, { from, to }, ctx)
    if (answer.type !== 'ok') {
      const why = whyOf(answer)
      await noteTrouble(this.database, store.id, why)
      this.journal.note('a window could not be read and is asked for again', { store: store.id, why })
      return false
    }
    failpoint('pull.listed')
    const untold = { from: cursor.read_until, to, listeningSince: cursor.opened_at, asks: true }
    await this.enter(store, { from, to }, untold, answer.value, windowMs)
    failpoint('pull.entered')
    return to < until
  }

  /** Reads the oldest unproven window that is due. Answers whether there may be more. */
  private async pullAgain(store: StoreRecord, connector: Connector, ctx: CallContext): Promise<boolean> {
    if (connector.outbound.pulling === undefined) return false
    const { windowMs } = connector.outbound.pulling
    const unproven = await dueUnproven(this.database, store.id, this.clock())
    if (unproven === undefined) return false
    const window = { from: unproven.from_at, to: Math.min(unproven.to_at, unproven.from_at + windowMs) }
    const answer = await this.read(store, connector, window, ctx)
    if (answer.type !== 'ok') {
      await postponeUnproven(this.database, unproven, whyOf(answer), this.clock())
      return false
    }
    const cursor = await cursorOf(this.database, store.id)
    // Where the list is still short, what we know was asked for one by one when it first was.
    const untold = { ...window, listeningSince: cursor?.opened_at ?? 0, asks: isWhole(answer.value) }
    await this.enter(store, window, untold, answer.value, windowMs)
    return true
  }

  private read(
    store: StoreRecord,
    connector: Connector,
    window: Window,
    ctx: CallContext,
  ): Promise<Answer<WindowRead>> {
    return this.sessions.speak(store, connector, ctx, (session) => connector.outbound.pull(window, session, ctx))
  }

  private async enter(
    store: StoreRecord,
    { from, to }: Window,
    untold: Parameters<typeof reconcile>[2],
    read: WindowRead,
    longestMs: number,
  ): Promise<void> {
    const found = await reconcile(this.database, store, untold, read, this.clock())
    await this.intake.take(store.app, read.messages, store)
    failpoint('pull.durable')
    const unproven = incompleteReason(read)
    if (unproven !== undefined)
      this.journal.note('a window proves nothing and is read again', { store: store.id, why: unproven })
    await this.database.transaction((manager) =>
      enterWindow(
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
          ...found,
          finished_at: this.clock(),
        },
        longestMs,
      ),
    )
  }
}

function whyOf(answer: Exclude<Answer<WindowRead>, { type: 'ok' }>): string {
  const why = 'why' in answer ? answer.why : 'text' in answer ? `${answer.code} ${answer.text}` : answer.type
  return why.slice(0, 200)
}
