import type { AfterSaleCase } from '../../case'
import type { FacetName, Instant } from '../../facets'
import type { Condition, ConditionValue, RuleId } from './condition'
import type { Truth } from '../../truth'

/** Builds a condition. `known`: when its fact was reported, UTC ms; `undefined`: the fact does not come from the case. */
export const conditionOf = (
  rule: RuleId,
  claim: string,
  truth: Truth,
  found: ConditionValue,
  wanted: ConditionValue,
  known: Instant | undefined,
): Condition =>
  known === undefined ? { rule, claim, truth, found, wanted } : { rule, claim, truth, found, wanted, known }

/** When a facet was last reported to us. */
export const reportedAt = (afterSale: AfterSaleCase, facet: FacetName): Instant | undefined =>
  afterSale.stamps[facet]?.observedAt
