import type { AfterSaleCase } from '../../case'
import type { Fen } from '../../facets'
import { askedOf, refundedOf } from '../../money/money'
import type { Action } from '../action'

/**
 * What an action costs the merchant at most, in fen: for a refund the requested amount minus what was already refunded;
 * for a payment the payment. `undefined`: it costs money, but the amount is unknown. Budgets count it: a cap limits
 * what is committed, so the difference to the actual refund is not given back later.
 */
export function costOf(action: Action, afterSale: AfterSaleCase): Fen | undefined {
  switch (action.name) {
    case 'approve-return':
    case 'approve-refund':
    case 'approve-refusal':
    case 'turn-into-refund':
    case 'cancel-sending':
      return remainingRefundOf(afterSale)
    case 'send-small-payment':
      return action.amount
    default:
      return 0
  }
}

function remainingRefundOf(afterSale: AfterSaleCase): Fen | undefined {
  const requestedAmount = askedOf(afterSale)
  return requestedAmount === undefined ? undefined : Math.max(0, requestedAmount - (refundedOf(afterSale) ?? 0))
}
