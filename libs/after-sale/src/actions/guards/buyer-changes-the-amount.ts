import { warn, noObjection, refuse, type Guard } from './guard'

/**
 * R174: the merchant cannot deduct depreciation or return freight; the merchant proposes, and the buyer changes the
 * application. A proposal of the full requested amount, or more, is invalid.
 */
export const proposalIsLess: Guard = ({ action, afterSale }) => {
  if (action.name !== 'propose-amount') return noObjection
  if (!(action.amount > 0)) return refuse('AmountMissing', 'R174')
  if (afterSale.amounts === undefined) return warn('CannotBeToldApart', 'R174')
  return action.amount < afterSale.amounts.total ? noObjection : refuse('AmountTooHigh', 'R174')
}

/** R174: approval pays what the application says, so it waits until the buyer has entered the agreed amount. */
export const agreedAmountIsApplied: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'approve-refund' && action.name !== 'turn-into-refund') return noObjection
  if (facts.agreedRefund === undefined) return noObjection
  if (afterSale.amounts === undefined) return warn('CannotBeToldApart', 'R174')
  return afterSale.amounts.total > facts.agreedRefund ? refuse('OnlyTheBuyerChangesTheAmount', 'R174') : noObjection
}
