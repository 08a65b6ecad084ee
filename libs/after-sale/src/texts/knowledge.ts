import type { RuleId } from '../policies/condition'
import type { Term } from '../vocabulary'

/** What people should know, in words to show beside a case: nothing that the gateway could check or do. */
export interface Knowledge {
  readonly title: Term
  readonly text: Term
}

export const KNOWLEDGE: Readonly<Partial<Record<RuleId, Knowledge>>> = {}
