import type { ActionName, EvidenceLimits, Term, Way } from '#after-sale'

/** What the action cannot be done without, beside the case itself. */
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
  /** The way through the menus, as the marketplace writes it. */
  readonly path: Term
  /** An address with `{case}` and `{order}`, only where one is known. */
  readonly link?: string
  readonly source: string
}

export interface Capability {
  readonly way: Way
  /** The public source, e.g. the platform's own document. */
  readonly source: string
  /** Day from which it counts, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly note?: string
  /** The marketplace checks the revision that was judged, and refuses when the case has changed since. */
  readonly versioned?: true
  /** Items that one call carries, as it is used here. Absent: no call, or one without items. */
  readonly batch?: number
  /** How much text and evidence goes along; what is absent in it is not published: not unlimited. */
  readonly limits?: EvidenceLimits
  readonly backOffice?: BackOffice
  readonly needs?: readonly Need[]
}

/** One table a marketplace; total: what does not exist there is listed as such. */
export type CapabilityManifest = Readonly<Record<ActionName, Capability>>
