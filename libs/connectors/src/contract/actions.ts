import type { Action, ActionName, EvidenceKind, Instant, Kind, Term, Variant } from '#after-sale'
import type { CallFailure } from './answer'

/** A piece of evidence at an address from which the marketplace can fetch it. */
export interface HostedEvidence {
  /** The content hash by which the action names it. */
  readonly hash: string
  readonly kind: EvidenceKind
  readonly url: string
  readonly description?: string
}

/**
 * One action on one case, with everything that a connector may use of the case. Built from the case as it was judged;
 * what is unknown is absent.
 */
export interface ActionOrder {
  readonly action: Action
  readonly caseNumber: string
  readonly orderNumber?: string
  readonly kind?: Kind
  readonly variant?: Variant
  /** The marketplace's own status code, as reported. */
  readonly status?: string
  /** The platform's revision that was judged, UTC ms. */
  readonly revision: Instant
  /** The marketplace's id of the store's return address; an address in the action takes precedence. */
  readonly addressId?: string
  /** The parcel that comes back. */
  readonly returnParcel?: { readonly tracking: string; readonly carrier?: string }
  /** Where the action's evidence can be fetched. */
  readonly evidence?: readonly HostedEvidence[]
  /** The claim under which it is carried out, for adapters that answer later; absent for a preview. */
  readonly claim?: Claim
}

/**
 * The right to carry out an action. `effect` is the same however often the action is claimed; `token` is a fencing
 * token that grows with every claim. `case` is our id of the case.
 */
export interface Claim {
  readonly effect: string
  readonly token: number
  readonly case: string
}

/**
 * What became of an action.
 *
 * | answer | means |
 * |---|---|
 * | `done` | the marketplace confirmed it |
 * | `already-done` | the case is in that state already; nothing was sent or changed |
 * | `refused` | a clear refusal, nothing was done; `instead`: what would do it |
 * | `stale` | the case has changed, or its status does not allow it: read, judge again |
 * | `try-later` | certainly not carried out; may be sent again after so many ms |
 * | `token-expired`, `reauthorise` | certainly not carried out |
 * | `handed-out` | an adapter carries it out and answers later, within so many ms |
 * | `unknown` | may have been carried out: in doubt, never to be sent again blindly |
 *
 * Codes of our own, given before anything is sent, begin with `ours:`.
 */
export type ActionOutcome =
  | { readonly type: 'done' }
  | { readonly type: 'already-done' }
  | { readonly type: 'refused'; readonly code: string; readonly text: string; readonly instead?: ActionName }
  | { readonly type: 'stale'; readonly code: string }
  | { readonly type: 'try-later'; readonly afterMs: number; readonly why: string }
  | { readonly type: 'token-expired' }
  | { readonly type: 'reauthorise'; readonly code: string; readonly text: string }
  | { readonly type: 'handed-out'; readonly answerMs: number }
  | { readonly type: 'unknown'; readonly why: string }

/** The outcomes that an adapter may report for an action that was handed out to it. */
export type ReportedOutcome = Exclude<ActionOutcome, { type: 'handed-out' | 'token-expired' | 'reauthorise' }>

/** A reason for a rejection, as the marketplace offers it for one case. */
export interface RejectReason {
  readonly code: string
  readonly text: string
  readonly evidenceNeeded: boolean
  /** What the evidence must show, in the marketplace's words. */
  readonly evidenceWanted?: string
}

/** A return address of the store. */
export interface ReturnAddress {
  readonly id: string
  /** As a person recognises it. */
  readonly label: string
  readonly isDefault: boolean
}

/** Instructions for a person who does an action by hand in the back office. */
export interface Assistance {
  readonly link?: string
  readonly path?: Term
  /** What to do, in this order, to be ticked off. */
  readonly steps: readonly Term[]
  /** Texts to paste, each with its title. */
  readonly texts: readonly { readonly title: Term; readonly text: string }[]
}

/** How long to wait before an action is sent again whose connection could not be made, ms. */
const RETRY_UNSENT_MS = 2_000

/** The outcome of an action whose call did not succeed. */
export function outcomeOfFailure(
  failure: CallFailure,
): Exclude<ActionOutcome, { type: 'done' | 'already-done' | 'stale' | 'handed-out' }> {
  if (failure.type !== 'unknown') return failure
  return failure.unsent === true
    ? { type: 'try-later', afterMs: RETRY_UNSENT_MS, why: failure.why }
    : { type: 'unknown', why: failure.why }
}
