import type { AppealItemDecided } from '../appeals/life'
import type { Fen, Instant } from '../facets'
import type { Verdict } from '../policies/framework/verdict'
import type { Action } from './action'
import type { MarketplaceAnswer } from './commands'
import type { ActionFacts } from './facts'
import type { Actor } from './intent'

/** Somebody decided on an action; from here on it can be sent, once. `action` goes without its texts. */
export interface ActionIntended {
  readonly type: 'ActionIntended'
  readonly intent: string
  readonly action: Action
  readonly by: Actor
  readonly way: 'API' | 'ASSISTED'
  readonly judged: Instant
  readonly amount: Fen
  /** Of a strategy: all that the decision rests on. */
  readonly verdict?: Verdict
  readonly at: Instant
}

interface OfIntent {
  readonly intent: string
  readonly at: Instant
}

export type ActionEvent =
  | ActionIntended
  | ({ readonly type: 'ActionAnswered'; readonly answer: MarketplaceAnswer; readonly sentAt: Instant } & OfIntent)
  | ({ readonly type: 'ActionAttested'; readonly by: Actor } & OfIntent)
  /** The marketplace shows it (`by` absent), or a person looked. */
  | ({ readonly type: 'ActionConfirmed'; readonly by?: Actor } & OfIntent)
  | ({ readonly type: 'ActionOvertaken' } & OfIntent)
  /** It did not happen and cannot happen any more. */
  | ({ readonly type: 'ActionLapsed'; readonly by?: Actor } & OfIntent)
  | ({ readonly type: 'ActionWithdrawn'; readonly by: Actor } & OfIntent)

/** What a person told of a case; each fact stands until he tells another. */
export interface FactsAttested {
  readonly type: 'FactsAttested'
  readonly facts: ActionFacts
  readonly by: Actor
  readonly at: Instant
}

/** A person reported how one item of an appeal ended; `at` is when the platform decided. */
export type AppealResultReported = AppealItemDecided & { readonly by: Actor }
