/** The stage of a case, common to all marketplaces: what people do next depends on it, not on the platform's code. */
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
