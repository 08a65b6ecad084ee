import type { StoreTerms } from '#after-sale'
import type { MarketplaceEndpoints } from './endpoints'
import type { CapabilityManifest } from './manifest'
import type { Inbound } from './inbound'
import type { Onboarding } from './onboarding'
import type { Outbound } from './outbound'
import type { ActionOrder, Assistance } from './actions'

/** The terms that a marketplace gives its stores by default. */
export type DefaultTerms = Pick<StoreTerms, 'negotiation' | 'group'>

/**
 * A marketplace, as a plain, stateless value: what it can do, how to distinguish genuine from forged, how its messages become
 * our reports, how to read from it and act there. It never decides, stores, retries or logs secrets.
 */
export interface Connector {
  /** Stable id, lower case, e.g. the name of its folder. */
  readonly marketplace: string
  readonly name: { readonly zh: string; readonly en: string }
  /** What people call it, in both scripts: at every other marketplace a text to a buyer must not name it (R127). */
  readonly knownAs: readonly string[]
  /** Names of its API, e.g. of ids, that no code outside its folder may use. */
  readonly wireWords: readonly string[]
  readonly manifest: CapabilityManifest
  /** Where its API is reached, by the names of an app's `endpoints`. Absent where it has no API that is called. */
  readonly endpoints?: MarketplaceEndpoints
  /** How a store is connected by a person. Absent: by registration only. */
  readonly onboarding?: Onboarding
  /** Default terms for its stores: rounds of negotiation, group orders. The terms of a store take precedence. */
  readonly defaultTerms?: DefaultTerms
  readonly inbound: Inbound
  readonly outbound: Outbound
  /** What a person needs for an action that the manifest calls ASSISTED; `undefined` for all others. Pure. */
  assist(order: ActionOrder): Assistance | undefined
}
