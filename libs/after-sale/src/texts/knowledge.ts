import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'
import { KNOWLEDGE_OF_CARE } from './knowledge-of-care'
import { KNOWLEDGE_OF_DISPUTES } from './knowledge-of-disputes'
import { KNOWLEDGE_OF_STRATEGIES } from './knowledge-of-strategies'
import { KNOWLEDGE_OF_TOOLS } from './knowledge-of-tools'

/** What people should know, in words to show beside a case: nothing that the gateway could check or do. */
export interface Knowledge {
  readonly title: Term
  readonly text: Term
}

export const KNOWLEDGE: Readonly<Partial<Record<RuleId, Knowledge>>> = {
  ...KNOWLEDGE_OF_TOOLS,
  ...KNOWLEDGE_OF_CARE,
  ...KNOWLEDGE_OF_STRATEGIES,
  ...KNOWLEDGE_OF_DISPUTES,
}
