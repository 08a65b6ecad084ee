/** Where a case stands, in words that all marketplaces share: what people do next depends on this and not on the platform's code. */
export type Stage =
  | 'merchant-answers'
  | 'merchant-receives'
  | 'merchant-ships'
  | 'buyer-sends'
  | 'buyer-refuses-parcel'
  | 'merchant-recalls'
  | 'refused'
  | 'platform-decides'
  | 'buyer-receives'
  | 'refunding'
  | 'ended'
