import type { Fen, Instant } from '../facets'
import type { StoreTerms } from '../store-terms/store-terms'
import type { Verdict } from '../policies/framework/verdict'
import type { DecidedResult } from '../appeals/appeal-lifecycle'
import type { Action, AppealKind } from './action'
import type { ActionFacts } from './facts/facts'
import type { Actor } from './intents/intent'
import type { ActionWarning } from './request/refusals'
import type { Way } from './action-names'

/**
 * A person or a strategy requests an action. `intent` is the requester's own id for it: a request with the same id is
 * the same action, and nothing happens twice. `judged` is the platform's revision that was judged, UTC ms.
 */
export interface RequestAction {
  readonly type: 'RequestAction'
  readonly intent: string
  readonly action: Action
  readonly by: Actor
  /** How the action is done at the marketplace, by its manifest. */
  readonly way: Way
  readonly judged: Instant
  readonly terms: StoreTerms
  readonly facts: ActionFacts
  /** Warnings that the requester has read and confirmed. A strategy confirms none. */
  readonly confirmed: readonly ActionWarning[]
  /** What the strategy may still spend today, fen; people have no limit. */
  readonly budgetLeft?: Fen
  readonly verdict?: Verdict
  /** How long a call that costs money is held back, so that a person can withdraw it, ms. Absent: it is sent at once. */
  readonly undoMs?: number
  readonly now: Instant
}

/** The marketplace's answer to a call of ours. */
export type MarketplaceAnswer =
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: string }
  /** The case had changed, or its status does not allow it: it is read and judged again. */
  | { readonly type: 'stale'; readonly code: string }
  /** Sent, result unknown. */
  | { readonly type: 'in-doubt' }

/** Records the marketplace's answer to the call that carried out an action. */
export interface RecordAnswer {
  readonly type: 'RecordAnswer'
  readonly intent: string
  readonly answer: MarketplaceAnswer
  /** When the call was made, UTC ms. */
  readonly sentAt: Instant
  readonly now: Instant
}

/** A person attests having done it in the back office. Only a later report of the marketplace confirms it. */
export interface AttestAction {
  readonly type: 'AttestAction'
  readonly intent: string
  readonly by: Actor
  readonly now: Instant
}

/** A person withdraws an action that was not sent yet, or settles one in doubt after checking the marketplace. */
export interface CloseAction {
  readonly type: 'CloseAction'
  readonly intent: string
  readonly as: 'withdrawn' | 'confirmed' | 'lapsed'
  readonly by: Actor
  readonly now: Instant
}

/**
 * A person attests facts of a case that no marketplace reports: a chat, the goods' category, what the buyer agreed to.
 */
export interface AttestFacts {
  readonly type: 'AttestFacts'
  readonly facts: ActionFacts
  readonly by: Actor
  readonly now: Instant
}

/** A person reports how one item of an appeal ended (R084). `appeal` is the id of the action that filed it. */
export interface RecordAppealResult {
  readonly type: 'RecordAppealResult'
  readonly appeal: string
  readonly kind: AppealKind
  readonly result: DecidedResult
  /** The recovered amount, fen; absent with `won`: the full claim. */
  readonly recovered?: Fen
  /** When the platform decided, UTC ms: it determines the month and the year in which a failure counts (R061, R062). */
  readonly decidedAt: Instant
  readonly by: Actor
  readonly now: Instant
}

/** All commands about the actions, facts and appeals of a case. */
export type ActionCommand = RequestAction | RecordAnswer | AttestAction | CloseAction | AttestFacts | RecordAppealResult
