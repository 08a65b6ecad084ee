/** Where a request came from. */
export interface Origin {
  /** The address of the client, as the process trusts it. */
  readonly address: string
  readonly userAgent: string
}
