import type { ActionCommand } from './actions/commands'
import type { EraseBuyer } from './erasure/erasure'
import type { CaseIdentity } from './case'
import type { DeadlineKind } from './deadlines/deadline-kinds'
import type { Facets, Instant } from './facets'
import type { Stamp } from './reports/stamp'

/**
 * The marketplace reported something about one case. Idempotent and independent of arrival order: an older or repeated
 * revision changes nothing. `facets` holds only what was reported.
 */
export interface RecordObservation {
  readonly type: 'RecordObservation'
  readonly identity: CaseIdentity
  readonly stamp: Stamp
  readonly appliedAt?: Instant
  /**
   * Where the report names the order but does not include it: enough to find the case by, until the order's lines are
   * known.
   */
  readonly orderNumber?: string
  readonly facets: Partial<Facets>
}

/**
 * Timers that are not deadlines. `RECHECK`: the platform owes us money. `SETTLE`: an action of ours is not settled.
 * `JUDGE`: the strategies have changed.
 */
export type FollowUpTimer = 'RECHECK' | 'SETTLE' | 'JUDGE'

/** A timer fired. The model checks whether the due time is still valid. */
export interface FireTimer {
  readonly type: 'FireTimer'
  readonly kind: DeadlineKind | FollowUpTimer
  readonly due: Instant
  readonly now: Instant
}

export type Command = RecordObservation | FireTimer | ActionCommand | EraseBuyer
