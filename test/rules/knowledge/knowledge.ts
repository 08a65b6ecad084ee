import type { RuleId } from '#after-sale'
import type { Knowledge } from './knowledge-entry'
import { KNOWLEDGE_OF_CARE } from './customer-care'
import { KNOWLEDGE_OF_DISPUTES } from './disputes'
import { KNOWLEDGE_OF_STRATEGIES } from './strategies'
import { KNOWLEDGE_OF_TOOLS } from './back-office-tools'

export const KNOWLEDGE: Readonly<Partial<Record<RuleId, Knowledge>>> = {
  ...KNOWLEDGE_OF_TOOLS,
  ...KNOWLEDGE_OF_CARE,
  ...KNOWLEDGE_OF_STRATEGIES,
  ...KNOWLEDGE_OF_DISPUTES,
}
