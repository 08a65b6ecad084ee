import type { AfterSaleCase } from '../../case'
import { noObjection, refuse, type Guard } from './guard'

/**
 * R173: goods that came back unfit for sale may be rejected, but only with proof of their state, e.g. a carrier's
 * stamped certificate or a video of the unboxing. The evidence rules define which pieces prove it; this guard only
 * requires that there is one.
 */
export const proofAfterReturn: Guard = ({ action, afterSale }) =>
  action.name === 'reject' && isReturned(afterSale) && action.evidence.length === 0
    ? refuse('EvidenceMissing', 'R173')
    : noObjection

/** Not every marketplace reports the arrival, so a case that waits for the merchant's receipt counts as returned. */
function isReturned({ goods, status }: AfterSaleCase): boolean {
  const stage = goods?.stage
  return (
    status?.status === 'awaiting-merchant-receipt' ||
    stage === 'received' ||
    stage === 'inspected-fit' ||
    stage === 'inspected-unfit'
  )
}
