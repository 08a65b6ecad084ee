import type {
  Action,
  ActionFacts,
  ActionWarning,
  Actor,
  AfterSaleCase,
  IntentState,
  Refusal,
  StoreTerms,
} from '#after-sale'
import type { StreamRow } from '#event-store'
import type { WayOf } from '../way-of'
import type { Done, Work } from '../write-cases'

/** Somebody wants an action on one case. `intent` is his own id for it; `judged` the revision that he looked at, UTC ms. */
export interface AskedAction {
  readonly caseId: string
  readonly intent: string
  readonly action: Action
  readonly judged: number
  readonly confirmed: readonly ActionWarning[]
  /** What he says of it beside what the case tells. */
  readonly facts: ActionFacts
}

/** Why something was not done. `AnotherIntent`: this id stands for another action already. */
export type NotDone = Refusal | 'AnotherIntent' | 'CouldNotBeWritten'

export type ActionOutcome =
  | {
      readonly type: 'decided'
      readonly caseId: string
      readonly intent: string
      readonly state: IntentState
      readonly repeated: boolean
    }
  | {
      readonly type: 'refused'
      readonly caseId: string
      readonly intent: string
      readonly reason: NotDone
      readonly rule?: string
      readonly warnings?: readonly ActionWarning[]
    }

/** The request as the model takes it; `undefined` where the organisation has no such case. */
export function workOf(
  asked: AskedAction,
  by: Actor,
  row: StreamRow<AfterSaleCase> | undefined,
  {
    org,
    terms,
    wayOf,
    now,
  }: {
    readonly org: number
    readonly terms: (store: number) => StoreTerms
    readonly wayOf: WayOf
    readonly now: number
  },
): Work | undefined {
  if (row === undefined || row.org !== org) return undefined
  const { intent, action, judged, confirmed, facts } = asked
  return {
    id: row.id,
    org,
    store: row.store,
    messageId: null,
    command: {
      type: 'RequestAction',
      intent,
      action,
      by,
      way: wayOf(row.state.marketplace, action.name),
      judged,
      terms: terms(row.store),
      facts,
      confirmed,
      now,
    },
  }
}

/** What the asker is told. The same id again is told the same, as long as it means the same action. */
export function outcomeOf({ caseId, intent, action }: AskedAction, done: Done | undefined): ActionOutcome {
  if (done === undefined) return { type: 'refused', caseId, intent, reason: 'NoSuchCase' }
  if (done.refused !== undefined) {
    const { reason, rule, warnings } = done.refused
    return {
      type: 'refused',
      caseId,
      intent,
      reason,
      ...(rule === undefined ? {} : { rule }),
      ...(warnings === undefined ? {} : { warnings }),
    }
  }
  const found = done.after?.intents?.find((one) => one.id === intent)
  if (found === undefined || found.action.name !== action.name)
    return { type: 'refused', caseId, intent, reason: 'AnotherIntent' }
  return { type: 'decided', caseId, intent, state: found.state, repeated: done.events.length === 0 }
}
