/** A simulated shop. */
export interface Shop {
  readonly marketplace: string
  readonly id: string
  readonly name: string
  /** Whether the after-sale assistant refunds on warehouse reports: on, off, or on without a match. */
  readonly assistant: 'on' | 'off' | 'no-match'
  readonly returnAddressId: string
}

/** The credentials of the one app of a marketplace. */
export interface App {
  readonly key: string
  readonly secret: string
  /** Its number in the service market, where the authorisation page has another than the key. */
  readonly service?: string
}
