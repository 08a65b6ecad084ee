import type { Json } from '../contract'

/** The names of the skeleton marketplace's calls. */
export type Method = 'skeleton.case.list' | 'skeleton.case.get' | 'skeleton.case.agree' | 'skeleton.token.refresh'

/** The header of the signature, in our calls and in its pushes. */
export const SIGNATURE_HEADER = 'skeleton-signature'

/** Every answer: `code` 0 is success; the HTTP status has no meaning. */
export type Envelope = Fields<'code' | 'message' | 'data'>

/** A push. `data` is the case. */
export type PushMessage = Fields<'id' | 'event' | 'shop_id' | 'data'>

/**
 * A case; pushes, the list and the detail have the same fields. Ids may have nineteen digits, money is fen, times are
 * seconds.
 */
export type SkeletonCase = Fields<
  | 'skeleton_case_id'
  | 'order_id'
  | 'case_status'
  | 'case_type'
  | 'amount'
  | 'reason'
  | 'applied_at'
  | 'updated_at'
  | 'respond_until'
>

type Fields<Name extends string> = { readonly [P in Name]?: Json }
