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
import type { Done, Work } from '../writing/work'
import type { Confirmed, NotConfirmed } from './confirmations'

/** Somebody wants an action on one case. `intent` is his own id for it; `judged` the revision that he looked at, UTC ms. */
export interface AskedAction {
  readonly caseId: string
  readonly intent: string
  readonly action: Action
  readonly judged: number
  /** The token of the refusal that listed the warnings: he has read and confirmed them. */
  readonly confirmation?: string
  /** What he says of it beside what the case tells. */
  readonly facts: ActionFacts
}

/**
 * Why something was not done. `AnotherIntent`: this id stands for another request already. The last three: the warnings
 * that stand were not confirmed by the token that was given.
 */
export type NotDone = Refusal | 'AnotherIntent' | 'CouldNotBeWritten' | NotConfirmed | 'ConfirmationOfOtherWarnings'

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
      /** With `warnings`: the token that confirms them. */
      readonly confirmation?: string
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
    confirmed,
  }: {
    readonly org: number
    readonly terms: (store: number) => StoreTerms
    readonly wayOf: WayOf
    readonly now: number
    readonly confirmed: readonly ActionWarning[]
  },
): Work | undefined {
  if (row === undefined || row.org !== org) return undefined
  const { intent, action, judged, facts } = asked
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

/** The id stands for another request already, so nothing is done under it. */
export const idTaken = ({ caseId, intent }: AskedAction): ActionOutcome => ({
  type: 'refused',
  caseId,
  intent,
  reason: 'AnotherIntent',
})

/** What the asker is told. The same id again is told the same, as long as it means the same action. */
export function outcomeOf(
  asked: AskedAction,
  done: Done | undefined,
  { reason: notConfirmed, warnings: confirmed }: Confirmed,
  tokenFor: (warnings: readonly ActionWarning[]) => string,
): ActionOutcome {
  const { caseId, intent, action, judged } = asked
  if (done === undefined) return { type: 'refused', caseId, intent, reason: 'NoSuchCase' }
  if (done.refused !== undefined) {
    const { reason, rule, warnings } = done.refused
    const refused = { type: 'refused', caseId, intent, ...(rule === undefined ? {} : { rule }) } as const
    if (reason !== 'MustBeConfirmed' || warnings === undefined) return { ...refused, reason }
    const why = notConfirmed ?? (confirmed.length > 0 ? 'ConfirmationOfOtherWarnings' : reason)
    return { ...refused, reason: why, warnings, confirmation: tokenFor(warnings) }
  }
  const found = done.after?.intents?.find((one) => one.id === intent)
  if (found === undefined || found.action.name !== action.name || found.judged !== judged) return idTaken(asked)
  return { type: 'decided', caseId, intent, state: found.state, repeated: done.events.length === 0 }
}
