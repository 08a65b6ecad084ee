import type { AfterSaleCase, Instant, Status } from '#after-sale'
import { deadlinesOf, isDeciding, isFinal, turnOf } from '#after-sale'

/** What happened to the application after it was judged. */
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

/** A period in which it was our turn, with its deadline. */
interface OurTurn {
  readonly status: Status | undefined
  due: Instant | undefined
  passed: boolean
  /** When a strategy would have acted, and the deadline at that time. */
  acted?: { readonly at: Instant; readonly due: Instant | undefined }
}

const AGREED: ReadonlySet<Status> = new Set<Status>([
  'awaiting-buyer-return',
  'awaiting-merchant-receipt',
  'awaiting-merchant-shipment',
  'awaiting-buyer-receipt',
  'awaiting-refusal',
  'refunding',
  'succeeded',
])
const DISPUTED: ReadonlySet<string> = new Set([
  'platform-intervened',
  'evidence-wanted',
  'evidence-given',
  'ruled-for-buyer',
  'ruled-for-merchant',
])
const NOT_CARRIED_OUT: ReadonlySet<string> = new Set(['refused', 'stale', 'lapsed', 'withdrawn', 'overtaken'])

/**
 * Follows a case from step to step and reports what happened to it. Read-only; it is given the case after every step.
 */
export class OutcomeTracker {
  happened: RecordedOutcome = 'still-open'
  through: DecidedBy = 'nobody'
  /** The platform stepped in after the case was judged. */
  disputed = false
  private atJudgement: { readonly status: Status | undefined } | undefined
  private ourTurn: OurTurn | undefined
  private readonly really = { met: 0, missed: 0 }
  private readonly tried = { met: 0, missed: 0 }

  /** The case after one step. */
  observe(afterSale: AfterSaleCase): void {
    const status = afterSale.status?.status
    const ours = turnOf(afterSale) === 'us'
    const late =
      this.ourTurn !== undefined && (!ours || status !== this.ourTurn.status)
        ? this.endTurn(this.ourTurn, afterSale)
        : false
    if (ours) this.beginTurn(afterSale, status)
    if (this.atJudgement === undefined) return
    if (status === 'platform-handling' || DISPUTED.has(afterSale.dispute?.stage ?? 'none')) this.disputed = true
    if (this.happened === 'still-open' && status !== this.atJudgement.status) this.resolve(afterSale, late)
  }

  /** The strategies judge the case as it is now: what happens from here on is the outcome. */
  judgedNow(afterSale: AfterSaleCase): void {
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
  actedNow(at: Instant): void {
    if (this.ourTurn !== undefined) this.ourTurn.acted = { at, due: this.ourTurn.due }
  }

  /**
   * Our deadlines, as they really went and as they would have gone with the strategies; one that is still running
   * counts as neither met nor missed.
   */
  deadlines(): { readonly really: DeadlineCounts; readonly tried: DeadlineCounts } {
    const { ourTurn } = this
    if (ourTurn?.due !== undefined) {
      if (ourTurn.passed) this.really.missed += 1
      this.countTried(ourTurn, ourTurn.passed, this.tried, ourTurn.passed)
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

  /** Our turn has ended: in time, unless the status changed after the due time. */
  private endTurn(ourTurn: OurTurn, afterSale: AfterSaleCase): boolean {
    this.ourTurn = undefined
    if (ourTurn.due === undefined) return false
    const late = ourTurn.passed || (afterSale.stamps.status?.revision ?? 0) > ourTurn.due
    this.really[late ? 'missed' : 'met'] += 1
    this.countTried(ourTurn, late, this.tried, true)
    return late
  }

  private countTried({ acted }: OurTurn, late: boolean, counts: { met: number; missed: number }, over: boolean): void {
    if (acted?.due !== undefined) counts[acted.at <= acted.due ? 'met' : 'missed'] += 1
    else if (over) counts[late ? 'missed' : 'met'] += 1
  }

  private resolve(afterSale: AfterSaleCase, late: boolean): void {
    const status = afterSale.status?.status
    if (status === undefined) return
    this.happened = outcomeOf(afterSale, status)
    this.through = decidedByOf(afterSale, this.happened, late)
  }
}

function outcomeOf({ status }: AfterSaleCase, now: Status): RecordedOutcome {
  if (now === 'platform-handling') return 'platform-stepped-in'
  if (now === 'refused') return 'rejected'
  if (AGREED.has(now)) return 'agreed'
  if (now !== 'closed') return 'still-open'
  if (status?.outcome === 'withdrawn') return 'withdrawn'
  return status?.outcome === 'refused-by-platform' ? 'rejected' : 'closed'
}

function decidedByOf(afterSale: AfterSaleCase, happened: RecordedOutcome, late: boolean): DecidedBy {
  if (happened === 'still-open') return 'nobody'
  if (happened === 'withdrawn') return 'buyer'
  if (happened === 'platform-stepped-in') return 'platform'
  const decided = afterSale.intents?.findLast(
    (intent) => isDeciding(intent.action.name) && !NOT_CARRIED_OUT.has(intent.state),
  )
  if (decided !== undefined) return decided.by.kind === 'person' ? 'people' : 'strategy'
  if (late) return 'time'
  return afterSale.flags?.some(isAutomatic) === true ? 'platform' : 'people'
}

/**
 * Flags of the platform's own automation (R147). A case without one was decided by people, here or in the back office.
 */
const isAutomatic = (flag: string): boolean =>
  flag.startsWith('auto-audit:') ||
  flag.startsWith('assistant:') ||
  flag === 'speed-refund' ||
  flag === 'lightning-return'

/** Whether the buyer was refunded; `undefined` while unknown. */
export const wasRefunded = (afterSale: AfterSaleCase): boolean | undefined =>
  isFinal(afterSale) ? afterSale.status?.outcome === 'refunded' : undefined
