import type { AfterSaleCase, Instant, Status } from '#after-sale'
import { deadlinesOf, isDeciding, isFinal, turnOf } from '#after-sale'

/** What happened to the buyer's application after the strategies had judged it. */
export type RecordedOutcome = 'agreed' | 'rejected' | 'withdrawn' | 'platform-stepped-in' | 'closed' | 'still-open'

/**
 * Who or what decided: people, a strategy of ours, the platform's own automation, a missed deadline, the buyer;
 * `nobody`: not decided yet.
 */
export type DecidedBy = 'people' | 'strategy' | 'platform' | 'time' | 'buyer' | 'nobody'

/** How many of our deadlines were met, and how many were missed. */
export interface DeadlineCounts {
  readonly met: number
  readonly missed: number
}

/** A period in which it is our turn, with its deadline. */
interface OurTurn {
  readonly status: Status | undefined
  due: Instant | undefined
  passed: boolean
  /** When a strategy would have acted, and the deadline as it was then. */
  acted?: { readonly at: Instant; readonly due: Instant | undefined }
}

const AGREED_STATUSES: ReadonlySet<Status> = new Set<Status>([
  'awaiting-buyer-return',
  'awaiting-merchant-receipt',
  'awaiting-merchant-shipment',
  'awaiting-buyer-receipt',
  'awaiting-refusal',
  'refunding',
  'succeeded',
])
const DISPUTED_STAGES: ReadonlySet<string> = new Set([
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
  'ruled-for-buyer',
  'ruled-for-merchant',
])
const NOT_CARRIED_OUT: ReadonlySet<string> = new Set(['refused', 'stale', 'lapsed', 'withdrawn', 'overtaken'])

/** Follows a case through its history and derives what really happened to it. `observe` is called after every step. */
export class OutcomeTracker {
  happened: RecordedOutcome = 'still-open'
  through: DecidedBy = 'nobody'
  /** Whether the platform stepped in after the case was judged. */
  disputed = false
  private atJudgement: { readonly status: Status | undefined } | undefined
  private ourTurn: OurTurn | undefined
  private readonly really = { met: 0, missed: 0 }
  private readonly tried = { met: 0, missed: 0 }

  /** Takes in the case as it is after a step. */
  observe(afterSale: AfterSaleCase): void {
    const status = afterSale.status?.status
    const isOurTurn = turnOf(afterSale) === 'us'
    const isLate =
      this.ourTurn !== undefined && (!isOurTurn || status !== this.ourTurn.status)
        ? this.endTurn(this.ourTurn, afterSale)
        : false
    if (isOurTurn) this.beginTurn(afterSale, status)
    if (this.atJudgement === undefined) return
    if (status === 'platform-handling' || DISPUTED_STAGES.has(afterSale.dispute?.stage ?? 'none')) this.disputed = true
    if (this.happened === 'still-open' && status !== this.atJudgement.status) this.resolve(afterSale, isLate)
  }

  /** The strategies judge the case now: what happens from here on is the outcome. */
  startJudgement(afterSale: AfterSaleCase): void {
    if (
      this.atJudgement !== undefined &&
      this.atJudgement.status === afterSale.status?.status &&
      this.happened === 'still-open'
    )
      return
    this.atJudgement = { status: afterSale.status?.status }
    this.happened = 'still-open'
    this.through = 'nobody'
    this.disputed = false
  }

  /** A strategy would have acted now. */
  recordAct(at: Instant): void {
    if (this.ourTurn !== undefined) this.ourTurn.acted = { at, due: this.ourTurn.due }
  }

  /**
   * Our deadlines, as they really ended and as they would have ended with the strategies. A deadline that is still
   * running counts as neither met nor missed. Call it once, at the end of the history.
   */
  deadlines(): { readonly really: DeadlineCounts; readonly tried: DeadlineCounts } {
    const { ourTurn } = this
    if (ourTurn?.due !== undefined) {
      if (ourTurn.passed) this.really.missed += 1
      this.countWithStrategies(ourTurn, ourTurn.passed, this.tried, ourTurn.passed)
      this.ourTurn = undefined
    }
    return { really: this.really, tried: this.tried }
  }

  private beginTurn(afterSale: AfterSaleCase, status: Status | undefined): void {
    const due = deadlinesOf(afterSale).find((deadline) => deadline.turn === 'us')
    if (this.ourTurn === undefined) this.ourTurn = { status, due: undefined, passed: false }
    if (due === undefined) return
    this.ourTurn.due = due.due
    this.ourTurn.passed = due.passed
  }

  /** Counts the deadline of a turn that has ended; it was late if the status changed after the due time. */
  private endTurn(ourTurn: OurTurn, afterSale: AfterSaleCase): boolean {
    this.ourTurn = undefined
    if (ourTurn.due === undefined) return false
    const isLate = ourTurn.passed || (afterSale.stamps.status?.revision ?? 0) > ourTurn.due
    this.really[isLate ? 'missed' : 'met'] += 1
    this.countWithStrategies(ourTurn, isLate, this.tried, true)
    return isLate
  }

  private countWithStrategies(
    { acted }: OurTurn,
    isLate: boolean,
    counts: { met: number; missed: number },
    hasEnded: boolean,
  ): void {
    if (acted?.due !== undefined) counts[acted.at <= acted.due ? 'met' : 'missed'] += 1
    else if (hasEnded) counts[isLate ? 'missed' : 'met'] += 1
  }

  private resolve(afterSale: AfterSaleCase, isLate: boolean): void {
    const status = afterSale.status?.status
    if (status === undefined) return
    this.happened = outcomeOf(afterSale, status)
    this.through = decidedByOf(afterSale, this.happened, isLate)
  }
}

function outcomeOf({ status }: AfterSaleCase, now: Status): RecordedOutcome {
  if (now === 'platform-handling') return 'platform-stepped-in'
  if (now === 'refused') return 'rejected'
  if (AGREED_STATUSES.has(now)) return 'agreed'
  if (now !== 'closed') return 'still-open'
  if (status?.outcome === 'withdrawn') return 'withdrawn'
  return status?.outcome === 'refused-by-platform' ? 'rejected' : 'closed'
}

function decidedByOf(afterSale: AfterSaleCase, happened: RecordedOutcome, isLate: boolean): DecidedBy {
  if (happened === 'still-open') return 'nobody'
  if (happened === 'withdrawn') return 'buyer'
  if (happened === 'platform-stepped-in') return 'platform'
  const decidingIntent = afterSale.intents?.findLast(
    (intent) => isDeciding(intent.action.name) && !NOT_CARRIED_OUT.has(intent.state),
  )
  if (decidingIntent !== undefined) return decidingIntent.by.kind === 'person' ? 'people' : 'strategy'
  if (isLate) return 'time'
  return afterSale.flags?.some(isAutomatic) === true ? 'platform' : 'people'
}

/** A flag of the platform's own automation (R147). A case without one was decided by people, here or in the back office. */
const isAutomatic = (flag: string): boolean =>
  flag.startsWith('auto-audit:') ||
  flag.startsWith('assistant:') ||
  flag === 'speed-refund' ||
  flag === 'lightning-return'

/** Whether the buyer was refunded; `undefined` while unknown. */
export const wasRefunded = (afterSale: AfterSaleCase): boolean | undefined =>
  isFinal(afterSale) ? afterSale.status?.outcome === 'refunded' : undefined
