import type { ActionWarning, Actor, AfterSaleCase, IntentState, Refusal, RequestAction, StoreTerms } from '#after-sale'
import type { StreamRow } from '#event-store'
import type { WayOf } from '../marketplace-requirements'
import type { CommandResult, CaseCommand } from '../writing/case-command'
import type { ConfirmationResult, InvalidConfirmation } from './confirmations'

/**
 * A request for an action on one case, as a client sends it: what the command needs of it, and the case. `judged` is the
 * revision that the client has seen, `facts` are stated in addition to those of the case.
 */
export interface ActionRequest extends Pick<RequestAction, 'intent' | 'action' | 'judged' | 'facts'> {
  readonly caseId: string
  /** The token of the refusal that listed the warnings, which confirms them. */
  readonly confirmation?: string
}

/**
 * Why an action was refused. `AnotherIntent`: this id is already used by another request. The last three: the given
 * token does not confirm the current warnings.
 */
export type ActionRefusal =
  Refusal | 'AnotherIntent' | 'CouldNotBeWritten' | InvalidConfirmation | 'ConfirmationOfOtherWarnings'

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
      readonly reason: ActionRefusal
      readonly rule?: string
      readonly warnings?: readonly ActionWarning[]
      /** With `warnings`: the token that confirms them. */
      readonly confirmation?: string
    }

/** The request as the model takes it; `undefined` where the organisation has no such case. */
export function commandOf(
  request: ActionRequest,
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
): CaseCommand | undefined {
  if (row === undefined || row.org !== org) return undefined
  const { intent, action, judged, facts } = request
  return {
    id: row.id,
    org,
    store: row.store,
    messageId: null,
    command: {
      type: 'RequestAction',
      ...{ intent, action, judged, facts },
      by,
      way: wayOf(row.state.marketplace, action.name),
      terms: terms(row.store),
      confirmed,
      now,
    },
  }
}

/** The id is already used by another request, so nothing is done. */
export const refusedForTakenId = ({ caseId, intent }: ActionRequest): ActionOutcome => ({
  type: 'refused',
  caseId,
  intent,
  reason: 'AnotherIntent',
})

/** The outcome for the client. The same id gets the same outcome, as long as it is the same action. */
export function outcomeOf(
  request: ActionRequest,
  result: CommandResult | undefined,
  { reason: notConfirmed, warnings: confirmed }: ConfirmationResult,
  tokenFor: (warnings: readonly ActionWarning[]) => string,
): ActionOutcome {
  const { caseId, intent, action, judged } = request
  if (result === undefined) return { type: 'refused', caseId, intent, reason: 'NoSuchCase' }
  if (result.refused !== undefined) {
    const { reason, rule, warnings } = result.refused
    const refused = { type: 'refused', caseId, intent, ...(rule === undefined ? {} : { rule }) } as const
    if (reason !== 'MustBeConfirmed' || warnings === undefined) return { ...refused, reason }
    const why = notConfirmed ?? (confirmed.length > 0 ? 'ConfirmationOfOtherWarnings' : reason)
    return { ...refused, reason: why, warnings, confirmation: tokenFor(warnings) }
  }
  const found = result.after?.intents?.find((one) => one.id === intent)
  if (found === undefined || found.action.name !== action.name || found.judged !== judged)
    return refusedForTakenId(request)
  return { type: 'decided', caseId, intent, state: found.state, repeated: result.events.length === 0 }
}
