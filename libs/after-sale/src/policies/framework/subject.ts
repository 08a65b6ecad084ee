import type { ActionFacts } from '../../actions/facts/facts'
import type { AfterSaleCase } from '../../case'
import type { Instant } from '../../facets'
import type { StoreTerms } from '../../store-terms/store-terms'

/** What a policy judges: one case, the terms of its store, and the time. Everything as known at `now`. */
export interface Subject {
  readonly afterSale: AfterSaleCase
  readonly terms: StoreTerms
  readonly now: Instant
  /** Facts known in addition to the case: a chat, the goods' category, what the buyer agreed to. Absent: none. */
  readonly facts?: ActionFacts
}
