import type { ActionWarning, Actor, AfterSaleCase, IntentState, Refusal, RequestAction, StoreTerms } from '#after-sale'
import type { StreamRow } from '#event-store'
import type { WayOf } from '../marketplace-requirements'
import type { CommandResult, CaseCommand } from '../writing/case-command'
import type { ConfirmationResult, InvalidConfirmation } from './confirmations'

/**
 * A request for an action on one case, as a client sends it. `judged` is the revision of the case that the client has
 * seen (UTC ms); `facts` are what the client states in addition to what the case shows.
 */
export interface ActionRequest extends Pick<RequestAction, 'intent' | 'action' | 'judged' | 'facts'> {
  readonly caseId: string
  /** Confirms warnings: the token that came with the refusal listing them. */
  readonly confirmation?: string
}

/**
 * Why an action was refused. `AnotherIntent`: the id is already used by another request. `InvalidConfirmation` and
 * `ConfirmationOfOtherWarnings`: the given token does not confirm the current warnings.
 */
export type ActionRefusal =
  | Refusal
  | 'AnotherIntent'
  | 'CouldNotBeWritten'
  | 'StorePaused'
  | 'StoreRemoved'
  | InvalidConfirmation
  | 'ConfirmationOfOtherWarnings'

export type ActionRequestOutcome =
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

/** The command for the model. `row`: the case, already checked to be the organisation's own. */
export function buildCaseCommand(
  request: ActionRequest,
  by: Actor,
  row: StreamRow<AfterSaleCase>,
  {
    terms,
    wayOf,
    now,
    confirmed,
    undoMs,
  }: {
    readonly terms: (store: number) => StoreTerms
    readonly wayOf: WayOf
    readonly now: number
    readonly confirmed: readonly ActionWarning[]
    readonly undoMs: number
  },
): CaseCommand {
  const { intent, action, judged, facts } = request
  return {
    id: row.id,
    org: row.org,
    store: row.store,
    messageId: null,
    command: {
      type: 'RequestAction',
      ...{ intent, action, judged, facts },
      by,
      way: wayOf(row.state.marketplace, action.name),
      terms: terms(row.store),
      confirmed,
      undoMs,
      now,
    },
  }
}

/** Refused because the id is already used by another request. */
export const refusedForTakenId = ({ caseId, intent }: ActionRequest): ActionRequestOutcome => ({
  type: 'refused',
  caseId,
  intent,
  reason: 'AnotherIntent',
})

/**
 * The outcome for the client. A repeated id gets the outcome of its first request; with another action or revision it is
 * refused. `issueToken` makes the token that confirms the warnings of a refusal.
 */
export function outcomeOf(
  request: ActionRequest,
  result: CommandResult | undefined,
  { reason: notConfirmed, warnings: confirmed }: ConfirmationResult,
  issueToken: (warnings: readonly ActionWarning[]) => string,
): ActionRequestOutcome {
  const { caseId, intent, action, judged } = request
  if (result === undefined) return { type: 'refused', caseId, intent, reason: 'NoSuchCase' }
  if (result.refused !== undefined) {
    const { reason, rule, warnings } = result.refused
    const refused = { type: 'refused', caseId, intent, ...(rule === undefined ? {} : { rule }) } as const
    if (reason !== 'MustBeConfirmed' || warnings === undefined) return { ...refused, reason }
    const invalidReason = notConfirmed ?? (confirmed.length > 0 ? 'ConfirmationOfOtherWarnings' : reason)
    return { ...refused, reason: invalidReason, warnings, confirmation: issueToken(warnings) }
  }
  const recordedIntent = result.after?.intents?.find((one) => one.id === intent)
  if (recordedIntent === undefined || recordedIntent.action.name !== action.name || recordedIntent.judged !== judged)
    return refusedForTakenId(request)
  return { type: 'decided', caseId, intent, state: recordedIntent.state, repeated: result.events.length === 0 }
}
