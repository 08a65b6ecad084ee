import type { AfterSaleCase, Instant, Status } from '#after-sale'
import { deadlinesOf, isDeciding, isFinal, turnOf } from '#after-sale'

/** What happened to the application after it was judged. */
export type Happened = 'agreed' | 'rejected' | 'withdrawn' | 'platform-stepped-in' | 'closed' | 'still-open'

/**
 * By whom: people, a strategy of ours, the platform's own automation, a missed deadline, the buyer; not decided yet.
 */
export type Through = 'people' | 'strategy' | 'platform' | 'time' | 'buyer' | 'nobody'

/** Obligations of ours that ended: in time, or not. */
export interface Kept {
  readonly met: number
  readonly missed: number
}

/** One stretch of time in which the case waited for us, and until when we had. */
interface Waiting {
  readonly status: Status | undefined
  due: Instant | undefined
  passed: boolean
  /** When a strategy would have acted, and until when it had. */
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
const UNDONE: ReadonlySet<string> = new Set(['refused', 'stale', 'lapsed', 'withdrawn', 'overtaken'])

/**
 * Follows a case from step to step and reports what happened to it. Read-only; it is given the case after every step.
 */
export class Course {
  happened: Happened = 'still-open'
  through: Through = 'nobody'
  /** The platform had to step in after the point that was marked. */
  disputed = false
  private marked: { readonly status: Status | undefined } | undefined
  private waiting: Waiting | undefined
  private readonly really = { met: 0, missed: 0 }
  private readonly tried = { met: 0, missed: 0 }

  /** The case after one step. */
  saw(afterSale: AfterSaleCase): void {
    const status = afterSale.status?.status
    const ours = turnOf(afterSale) === 'us'
    const late =
      this.waiting !== undefined && (!ours || status !== this.waiting.status)
        ? this.ended(this.waiting, afterSale)
        : false
    if (ours) this.wait(afterSale, status)
    if (this.marked === undefined) return
    if (status === 'platform-handling' || DISPUTED.has(afterSale.dispute?.stage ?? 'none')) this.disputed = true
    if (this.happened === 'still-open' && status !== this.marked.status) this.resolve(afterSale, late)
  }

  /** From here on it counts what happens: the strategies judge the case as it is now. */
  mark(afterSale: AfterSaleCase): void {
    if (this.marked !== undefined && this.marked.status === afterSale.status?.status && this.happened === 'still-open')
      return
    this.marked = { status: afterSale.status?.status }
    this.happened = 'still-open'
    this.through = 'nobody'
    this.disputed = false
  }

  /** A strategy would have acted now. */
  act(at: Instant): void {
    if (this.waiting !== undefined) this.waiting.acted = { at, due: this.waiting.due }
  }

  /** Deadlines of ours, as it was and as it would have been; one that still runs counts as neither. */
  deadlines(): { readonly really: Kept; readonly tried: Kept } {
    const { waiting } = this
    if (waiting?.due !== undefined) {
      if (waiting.passed) this.really.missed += 1
      this.count(waiting, waiting.passed, this.tried, waiting.passed)
      this.waiting = undefined
    }
    return { really: this.really, tried: this.tried }
  }

  private wait(afterSale: AfterSaleCase, status: Status | undefined): void {
    const due = deadlinesOf(afterSale).find((deadline) => deadline.turn === 'us')
    if (this.waiting === undefined) this.waiting = { status, due: undefined, passed: false }
    if (due === undefined) return
    this.waiting.due = due.due
    this.waiting.passed = due.passed
  }

  /** We are not waited for any more: in time, unless the platform moved it after the due time. */
  private ended(waiting: Waiting, afterSale: AfterSaleCase): boolean {
    this.waiting = undefined
    if (waiting.due === undefined) return false
    const late = waiting.passed || (afterSale.stamps.status?.revision ?? 0) > waiting.due
    this.really[late ? 'missed' : 'met'] += 1
    this.count(waiting, late, this.tried, true)
    return late
  }

  private count({ acted }: Waiting, late: boolean, kept: { met: number; missed: number }, over: boolean): void {
    if (acted?.due !== undefined) kept[acted.at <= acted.due ? 'met' : 'missed'] += 1
    else if (over) kept[late ? 'missed' : 'met'] += 1
  }

  private resolve(afterSale: AfterSaleCase, late: boolean): void {
    const status = afterSale.status?.status
    if (status === undefined) return
    this.happened = happenedTo(afterSale, status)
    this.through = throughWhom(afterSale, this.happened, late)
  }
}

function happenedTo({ status }: AfterSaleCase, now: Status): Happened {
  if (now === 'platform-handling') return 'platform-stepped-in'
  if (now === 'refused') return 'rejected'
  if (AGREED.has(now)) return 'agreed'
  if (now !== 'closed') return 'still-open'
  if (status?.outcome === 'withdrawn') return 'withdrawn'
  return status?.outcome === 'refused-by-platform' ? 'rejected' : 'closed'
}

function throughWhom(afterSale: AfterSaleCase, happened: Happened, late: boolean): Through {
  if (happened === 'still-open') return 'nobody'
  if (happened === 'withdrawn') return 'buyer'
  if (happened === 'platform-stepped-in') return 'platform'
  const decided = afterSale.intents?.findLast((intent) => isDeciding(intent.action.name) && !UNDONE.has(intent.state))
  if (decided !== undefined) return decided.by.kind === 'person' ? 'people' : 'strategy'
  if (late) return 'time'
  return afterSale.flags?.some(isAutomatic) === true ? 'platform' : 'people'
}

/** Marks of the platform's own automation (R147). What bears none was decided by people, here or in the back office. */
const isAutomatic = (flag: string): boolean =>
  flag.startsWith('auto-audit:') ||
  flag.startsWith('assistant:') ||
  flag === 'speed-refund' ||
  flag === 'lightning-return'

/** Whether the buyer was refunded; `undefined` while unknown. */
export const wasRefunded = (afterSale: AfterSaleCase): boolean | undefined =>
  isFinal(afterSale) ? afterSale.status?.outcome === 'refunded' : undefined
