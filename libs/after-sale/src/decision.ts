import type { RequestAction } from './actions/commands'
import type { ActionRefusal, ActionWarning } from './actions/request/refusals'
import { ACTION_REFUSALS } from './actions/request/refusals'
import type { CaseEvent } from './events'
import type { StoreTerms } from './store-terms/store-terms'
import type { Term } from './glossary/vocabulary'

/** Why the case is read from the marketplace again. */
export type ReadReason = 'deadline-passed' | 'recheck' | 'conflict' | 'settle'

/** Asks the marketplace for the current state of the case; changes nothing there. */
export interface ReadCase {
  readonly type: 'ReadCase'
  readonly why: ReadReason
}

/**
 * An action is to be carried out at the marketplace, at most once: by an API call, or by a person following the
 * instructions. Apart from the command, only this effect carries the action's texts; events never do, because texts may
 * name the buyer.
 */
export type Perform = {
  readonly type: 'Perform'
  readonly way: 'API' | 'ASSISTED'
  /** How long the call waits before it is sent, ms. Absent: not at all. */
  readonly holdMs?: number
} & Pick<RequestAction, 'intent' | 'action' | 'judged'> &
  Pick<StoreTerms, 'returnAddressId'>

/** What the shell must do outside the model. */
export type Effect = ReadCase | Perform

/** Why a command was refused; `REFUSALS` has the texts for people. Refusals are values; an exception is a bug. */
export type Refusal = 'NoSuchCase' | ActionRefusal

export const REFUSALS: Readonly<Record<Refusal, Term>> = {
  NoSuchCase: { zh: '没有这个售后单', en: 'there is no such case' },
  ...ACTION_REFUSALS,
}

/** The result of a command: events and effects, or a refusal that changes nothing. */
export type Decision =
  | { readonly type: 'decided'; readonly events: readonly CaseEvent[]; readonly effects: readonly Effect[] }
  | {
      readonly type: 'refused'
      readonly reason: Refusal
      /** The rule behind it, where there is one. */
      readonly rule?: string
      /** With `MustBeConfirmed`: the warnings to be confirmed. */
      readonly warnings?: readonly ActionWarning[]
    }

export const noChange: Decision = { type: 'decided', events: [], effects: [] }
