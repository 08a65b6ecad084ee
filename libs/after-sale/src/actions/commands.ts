import type { Fen, Instant } from '../facets'
import type { StoreTerms } from '../store-terms/store-terms'
import type { Verdict } from '../policies/framework/verdict'
import type { Action, AppealKind } from './action'
import type { ActionFacts } from './facts'
import type { Actor } from './intent'
import type { ActionWarning } from './refusals'
import type { Way } from './vocabulary'

/**
 * Somebody wants an action. `intent` is the asker's own id for it: asked again with the same id it is the same action, and
 * nothing happens twice. `judged` is the platform's revision that was looked at, UTC ms.
 */
export interface RequestAction {
  readonly type: 'RequestAction'
  readonly intent: string
  readonly action: Action
  readonly by: Actor
  /** How the marketplace takes it, by its manifest. */
  readonly way: Way
  readonly judged: Instant
  readonly terms: StoreTerms
  readonly facts: ActionFacts
  /** Warnings that the asker has read and confirmed. A strategy confirms none. */
  readonly confirmed: readonly ActionWarning[]
  /** What the strategy may still spend today, fen; people have no cap. */
  readonly budgetLeft?: Fen
  readonly verdict?: Verdict
  readonly now: Instant
}

/** What the marketplace said to a call of ours. */
export type MarketplaceAnswer =
  | { readonly type: 'done' }
  | { readonly type: 'refused'; readonly code: string }
  /** The case had changed, or its status does not allow it: to be read and judged again. */
  | { readonly type: 'stale'; readonly code: string }
  /** Sent, and nobody knows. */
  | { readonly type: 'in-doubt' }

export interface RecordAnswer {
  readonly type: 'RecordAnswer'
  readonly intent: string
  readonly answer: MarketplaceAnswer
  /** When the call was made, UTC ms. */
  readonly sentAt: Instant
  readonly now: Instant
}

/** A person says that he has done it in the back office. Only what the marketplace tells later confirms it. */
export interface AttestAction {
  readonly type: 'AttestAction'
  readonly intent: string
  readonly by: Actor
  readonly now: Instant
}

/** A person takes back what was not sent yet, or settles by looking himself what nobody could settle. */
export interface CloseAction {
  readonly type: 'CloseAction'
  readonly intent: string
  readonly as: 'withdrawn' | 'confirmed' | 'lapsed'
  readonly by: Actor
  readonly now: Instant
}

/** A person says what he knows of a case that no marketplace tells: a chat, the goods' category, what the buyer agreed to. */
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
  readonly result: 'won' | 'partly' | 'lost'
  /** What came back, fen; absent with `won`: all that was claimed. */
  readonly recovered?: Fen
  /** When the platform decided, UTC ms: the month and the year in which a failure counts (R061, R062). */
  readonly decidedAt: Instant
  readonly by: Actor
  readonly now: Instant
}

export type ActionCommand = RequestAction | RecordAnswer | AttestAction | CloseAction | AttestFacts | RecordAppealResult
