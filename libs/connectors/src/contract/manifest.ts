/** What people and rules may want done at a marketplace. */
export type Action =
  | 'approve-return'
  | 'approve-refund'
  | 'approve-exchange'
  | 'ship-exchange'
  | 'reject'
  | 'turn-into-refund'
  | 'propose-amount'
  | 'intercept'
  | 'approve-refusal'
  | 'send-small-payment'
  | 'negotiate'
  | 'submit-evidence'
  | 'request-intervention'
  | 'appeal'
  | 'confirm-receipt'
  | 'extend-time'
  | 'add-remark'
  | 'cancel-sending'

/**
 * How an action is done there. `API`: by a call. `ASSISTED`: no public call; a person does it in the back office with
 * what we prepare. `OBSERVE_ONLY`: others do it, we see it. `NONE`: does not exist there; never offered.
 */
export type Way = 'API' | 'ASSISTED' | 'OBSERVE_ONLY' | 'NONE'

export interface Capability {
  readonly way: Way
  /** Where we know it from, e.g. `facts B4`. */
  readonly source: string
  /** Day from which it counts, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly note?: string
}

export type CapabilityManifest = Readonly<Record<Action, Capability>>
