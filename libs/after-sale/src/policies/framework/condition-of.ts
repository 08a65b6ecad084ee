import type { AfterSaleCase } from '../../case'
import type { FacetName, Instant } from '../../facets'
import type { Condition, Found, RuleId } from './condition'
import type { Truth } from '../../truth'

/** A condition, and since when its fact is known; without a time where the fact is not from the case. */
export const conditionOf = (
  rule: RuleId,
  claim: string,
  truth: Truth,
  found: Found,
  wanted: Found,
  known: Instant | undefined,
): Condition =>
  known === undefined ? { rule, claim, truth, found, wanted } : { rule, claim, truth, found, wanted, known }

/** When a facet was last reported to us. */
export const reportedAt = (afterSale: AfterSaleCase, facet: FacetName): Instant | undefined =>
  afterSale.stamps[facet]?.observedAt
