export interface Shop {
  readonly marketplace: string
  readonly id: string
  readonly name: string
  /** The after-sale assistant with the warehouse strategy: on, off, or on without a match. */
  readonly assistant: 'on' | 'off' | 'no-match'
  readonly returnAddressId: string
}

export interface App {
  readonly key: string
  readonly secret: string
}
