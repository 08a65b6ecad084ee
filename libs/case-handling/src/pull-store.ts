import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { DataSource } from 'typeorm'
import type { Connector, Surroundings, WindowRead } from '#connectors'
import type { PullCursor } from '#event-store'
import { cursorOf, enterWindow, failpoint, noteTrouble, openCursor } from '#event-store'
import type { Intake } from './intake'
import type { Clock, Journal, LineUp, StoreRecord } from './ports'
import { reconcile } from './reconcile'
import type { Sessions } from './sessions'

/** Read the marketplace's list of changes of one store, window by window, up to now. Answers how many windows. */
export class PullStore extends Command<number> {
  constructor(
    readonly store: StoreRecord,
    /** How far back the first pull of a store goes, ms. */
    readonly backfillMs: number,
    readonly around: Surroundings,
  ) {
    super()
  }
}

/** So many windows a turn; a turn that used them all has left some. */
export const WINDOWS_A_TURN = 24

const MINUTE = 60_000
/** Once in so long, what lies this far back is read again. */
const LOOK_BACK_EVERY_MS = 10 * MINUTE
const LOOK_BACK_MS = 22 * MINUTE

/**
 * How far before what is proven a window starts. Where our clock is ahead of the marketplace's, we have read instants
 * that were still to come there, and what changed in them later would be passed by for ever: so from time to time the
 * last minutes are read again. Marketplaces refuse clocks that are more than ten minutes wrong; repetitions cost little.
 */
function overlapAt(until: number, provenUntil: number, overlapMs: number): number {
  const isNear = until - provenUntil < LOOK_BACK_EVERY_MS
  const isTime = Math.floor(until / LOOK_BACK_EVERY_MS) !== Math.floor(provenUntil / LOOK_BACK_EVERY_MS)
  return isNear && isTime ? Math.max(overlapMs, LOOK_BACK_MS) : overlapMs
}

/**
 * The proof that nothing is missed. Windows join and overlap; each is read to its end, its messages are durable before
 * the window is entered in the ledger, and only then does the watermark move. What pushes told is held against it.
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

  async execute({ store, backfillMs, around }: PullStore): Promise<number> {
    const connector = this.lineUp.find((c) => c.marketplace === store.marketplace)
    if (connector === undefined) return 0
    const now = this.clock()
    await openCursor(this.database, store, now - backfillMs, now)
    let windows = 0
    for (; windows < WINDOWS_A_TURN && !around.signal.aborted; windows++) {
      const cursor = await cursorOf(this.database, store.id)
      if (cursor === undefined || !(await this.pullNext(store, connector, cursor, around))) break
    }
    return windows
  }

  /** Answers whether more is waiting after this window. */
  private async pullNext(
    store: StoreRecord,
    connector: Connector,
    cursor: PullCursor,
    around: Surroundings,
  ): Promise<boolean> {
    // No list to read: that everything was told is told as well.
    if (connector.outbound.pulling === undefined) return false
    const { windowMs, overlapMs, settleMs } = connector.outbound.pulling
    const until = this.clock() - settleMs
    const from = cursor.proven_until - overlapAt(until, cursor.proven_until, overlapMs)
    const to = Math.min(from + windowMs, until)
    if (to <= cursor.proven_until) return false
    const answer = await this.sessions.speak(store, connector, around, (session) =>
      connector.outbound.pull({ from, to }, session, around),
    )
    if (answer.type !== 'ok') {
      const why = 'why' in answer ? answer.why : 'text' in answer ? `${answer.code} ${answer.text}` : answer.type
      await noteTrouble(this.database, store.id, why.slice(0, 200))
      this.journal.note('a window could not be read and is asked for again', {
        store: store.id,
        why: why.slice(0, 200),
      })
      return false
    }
    failpoint('pull.listed')
    await this.enter(store, { from, to }, cursor, answer.value)
    failpoint('pull.entered')
    return to < until
  }

  private async enter(
    store: StoreRecord,
    { from, to }: { from: number; to: number },
    cursor: PullCursor,
    read: WindowRead,
  ): Promise<void> {
    const found = await reconcile(
      this.database,
      store,
      { from: cursor.proven_until, to, listeningSince: cursor.opened_at },
      read,
      this.clock(),
    )
    await this.intake.take(store.app, read.messages, store)
    failpoint('pull.durable')
    await this.database.transaction((manager) =>
      enterWindow(manager, {
        org: store.org,
        store: store.id,
        from_at: from,
        to_at: to,
        pages: read.pages,
        claimed: read.claimed,
        seen: read.seen,
        ...found,
        finished_at: this.clock(),
      }),
    )
  }
}
