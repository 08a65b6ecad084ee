import type { ActionFacts } from '../../actions/facts'
import type { AfterSaleCase } from '../../case'
import type { Instant } from '../../facets'
import type { StoreTerms } from '../../store-terms/store-terms'

/** What a policy looks at: one case, the store that it belongs to, and the time. All of it as known at `now`. */
export interface Subject {
  readonly afterSale: AfterSaleCase
  readonly terms: StoreTerms
  readonly now: Instant
  /** What is known beside the case: a chat, the goods' category, what the buyer agreed to. Absent: nothing is. */
  readonly facts?: ActionFacts
}
