import type { ActionName, EvidenceLimits, Term, Way } from '#after-sale'

/** An input that an action requires in addition to the case. */
export type Need =
  | 'return-address'
  | 'reason'
  | 'reason-code'
  | 'explanation'
  | 'evidence'
  | 'shipment'
  | 'return-parcel'
  | 'order-number'
  | 'text'
  | 'amount'

/** Where a person finds the page in the back office. */
export interface BackOffice {
  /** The path through the menus, in the marketplace's wording. */
  readonly path: Term
  /** The page's URL with the placeholders `{case}` and `{order}`; absent where it is unknown. */
  readonly link?: string
  readonly source: string
}

/** How one action is done at a marketplace, and what that is known from. */
export interface Capability {
  readonly way: Way
  /** The public source, e.g. the platform's own document. */
  readonly source: string
  /** Day from which it counts, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly note?: string
  /** The marketplace checks the revision that was judged, and refuses when the case has changed since. */
  readonly versioned?: true
  /** How many items one call carries, as used here. Absent where there is no call, or one without items. */
  readonly batch?: number
  /** Limits of text and evidence. A limit that is absent is not published, which does not mean unlimited. */
  readonly limits?: EvidenceLimits
  readonly backOffice?: BackOffice
  readonly needs?: readonly Need[]
}

/** What can be done at a marketplace. Every action has an entry, also those that do not exist there. */
export type CapabilityManifest = Readonly<Record<ActionName, Capability>>
