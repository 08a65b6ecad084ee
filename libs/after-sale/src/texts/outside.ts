import type { RuleId } from '../policies/condition'
import type { Term } from '../vocabulary'

/** Rules that have no place in a gateway, each with the reason. What has a query, a metric or a deadline is not here. */
export const OUTSIDE: Readonly<Partial<Record<RuleId, Term>>> = {}
