import type { AfterSaleCase } from '../../case'
import type { Decision } from '../../decision'
import { noChange } from '../../decision'
import { isEqualValue } from '../../reports/stamp'
import type { AttestFacts } from '../commands'
import type { ActionFacts } from './facts'

/**
 * Records facts that a person attests, as far as they are new. The marketplace's own facts are stored separately and take
 * precedence.
 */
export function attestFacts(afterSale: AfterSaleCase | undefined, { facts, by, now }: AttestFacts): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  const knownFacts: Readonly<Record<string, unknown>> = { ...afterSale.facts }
  const newFacts = Object.entries(facts).filter(
    ([name, value]) => value !== undefined && !isEqualValue(knownFacts[name], value),
  )
  if (newFacts.length === 0) return noChange
  return {
    type: 'decided',
    events: [{ type: 'FactsAttested', facts: Object.fromEntries(newFacts) as ActionFacts, by, at: now }],
    effects: [],
  }
}
