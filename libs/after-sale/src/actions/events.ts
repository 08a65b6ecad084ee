import type { AppealItemDecided } from '../appeals/appeal-lifecycle'
import type { Fen, Instant } from '../facets'
import type { Verdict } from '../policies/framework/verdict'
import type { Action } from './action'
import type { MarketplaceAnswer } from './commands'
import type { ActionFacts } from './facts/facts'
import type { Actor } from './intents/intent'

/** An action was decided on; from here on it can be sent, once. `action` is without its texts. */
export interface ActionIntended {
  readonly type: 'ActionIntended'
  readonly intent: string
  readonly action: Action
  readonly by: Actor
  readonly way: 'API' | 'ASSISTED'
  readonly judged: Instant
  readonly amount: Fen
  /** For a strategy: everything that the decision is based on. */
  readonly verdict?: Verdict
  /** Not sent before; until then it can be withdrawn. Absent: sent at once. UTC ms. */
  readonly heldUntil?: Instant
  readonly at: Instant
}

/** `intent`: the action that the event is about. */
interface IntentEventFields {
  readonly intent: string
  readonly at: Instant
}

/** All events of an action, from the decision to its end. */
export type ActionEvent =
  | ActionIntended
  | ({
      readonly type: 'ActionAnswered'
      readonly answer: MarketplaceAnswer
      readonly sentAt: Instant
    } & IntentEventFields)
  | ({ readonly type: 'ActionAttested'; readonly by: Actor } & IntentEventFields)
  /** The marketplace shows it (`by` absent), or a person checked. */
  | ({ readonly type: 'ActionConfirmed'; readonly by?: Actor } & IntentEventFields)
  /** The case ended, or the application was decided, in another way. */
  | ({ readonly type: 'ActionOvertaken' } & IntentEventFields)
  /** It did not happen and can no longer happen. */
  | ({ readonly type: 'ActionLapsed'; readonly by?: Actor } & IntentEventFields)
  | ({ readonly type: 'ActionWithdrawn'; readonly by: Actor } & IntentEventFields)

/** Facts that a person attested; each is valid until another value is attested. */
export interface FactsAttested {
  readonly type: 'FactsAttested'
  readonly facts: ActionFacts
  readonly by: Actor
  readonly at: Instant
}

/** A person reported how one item of an appeal ended; `at` is when the platform decided. */
export type AppealResultReported = AppealItemDecided & { readonly by: Actor }
