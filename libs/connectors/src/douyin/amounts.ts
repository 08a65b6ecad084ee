import type { AmountsFacet } from '#after-sale'
import type { Json } from '../contract'
import { fenOf } from '../contract'

/** Douyin's total includes the freight that is given back (facts B6); both are fen. */
export function amountsOf(total: Json | undefined, freight: Json | undefined): AmountsFacet | undefined {
  const all = fenOf(total)
  if (all === undefined) return undefined
  const post = fenOf(freight)
  const legs = post === undefined || post > all ? {} : { GOODS: all - post, FREIGHT: post }
  return { total: all, legs }
}
