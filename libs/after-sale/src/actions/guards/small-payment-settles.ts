import { askedOf, isRefundKind } from '../../money/money'
import { signedForOf } from '../../goods/whereabouts'
import { warn, noObjection, refuse, type Guard } from './guard'
import { smallPaymentsOf } from './money-out'

/**
 * R011: a small payment is possible only once the goods have been signed for; before that the buyer cannot judge them.
 */
export const onlyOnceDelivered: Guard = ({ action, afterSale }) => {
  if (action.name !== 'send-small-payment') return noObjection
  const signedFor = signedForOf(afterSale)
  if (signedFor === 'unknown') return warn('CannotBeToldApart', 'R011')
  return signedFor === 'true' ? noObjection : refuse('OnlyWhenDelivered', 'R011')
}

/**
 * R011: all small payments of a case together stay below the refund that they replace. A case that asks for no money
 * (an exchange, whose return freight is paid this way, R086) is bounded by `amountIsBounded` alone.
 */
export const smallPaymentIsSmall: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'send-small-payment') return noObjection
  if (!(action.amount > 0)) return refuse('AmountMissing', 'R011')
  const requestedAmount =
    afterSale.kind !== undefined && isRefundKind(afterSale.kind.kind) ? askedOf(afterSale) : undefined
  return requestedAmount !== undefined && smallPaymentsOf(afterSale, facts) + action.amount > requestedAmount
    ? refuse('AmountTooHigh', 'R011')
    : noObjection
}
