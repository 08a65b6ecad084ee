import type { AfterSaleCase } from '../../case'
import type { Instant } from '../../facets'
import type { StoreTerms } from '../../store-terms/store-terms'
import type { Action } from '../action'
import type { ActionFacts } from '../facts/facts'
import type { ActionRefusal, ActionWarning } from '../request/refusals'

/** A requested action, as a guard sees it. */
export interface GuardInput {
  readonly afterSale: AfterSaleCase
  readonly action: Action
  readonly facts: ActionFacts
  readonly terms: StoreTerms
  readonly now: Instant
}

/** A guard's objection: a clear no, or something that a person must confirm first. */
export type Objection =
  | { readonly type: 'refused'; readonly reason: ActionRefusal; readonly rule: string }
  | { readonly type: 'warned'; readonly warning: ActionWarning; readonly rule: string }

/**
 * A rule that is checked before an action. Pure; one file per rule; returns an empty list where it has no objection.
 */
export type Guard = (input: GuardInput) => readonly Objection[]

/** The answer of a guard that refuses the action, by `rule`. */
export const refuse = (reason: ActionRefusal, rule: string): readonly Objection[] => [{ type: 'refused', reason, rule }]
/** The answer of a guard that wants a confirmation by a person, by `rule`. */
export const warn = (warning: ActionWarning, rule: string): readonly Objection[] => [{ type: 'warned', warning, rule }]
export const noObjection: readonly Objection[] = []
