import type { AfterSaleCase } from '../../case'
import { fine, no, type Guard } from '../guard'

/**
 * R173: goods that came back unfit for sale may be rejected, but with proof of their state: a carrier's stamped
 * certificate, a video of the unboxing. Which piece proves it the evidence rules say; here only that there is one.
 */
export const proofAfterReturn: Guard = ({ action, afterSale }) =>
  action.name === 'reject' && cameBack(afterSale) && action.evidence.length === 0 ? no('EvidenceMissing', 'R173') : fine

/** Not every marketplace tells the arrival; that it waits for the merchant's receipt says enough. */
function cameBack({ goods, status }: AfterSaleCase): boolean {
  const stage = goods?.stage
  return (
    status?.status === 'awaiting-merchant-receipt' ||
    stage === 'received' ||
    stage === 'inspected-fit' ||
    stage === 'inspected-unfit'
  )
}
