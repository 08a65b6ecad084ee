import { careful, fine, no, type Guard } from './guard'

/**
 * R174: the merchant cannot deduct depreciation or return freight; the merchant proposes, and the buyer changes the
 * application. A proposal of the full requested amount, or more, is invalid.
 */
export const proposalIsLess: Guard = ({ action, afterSale }) => {
  if (action.name !== 'propose-amount') return fine
  if (!(action.amount > 0)) return no('AmountMissing', 'R174')
  if (afterSale.amounts === undefined) return careful('CannotBeToldApart', 'R174')
  return action.amount < afterSale.amounts.total ? fine : no('AmountTooHigh', 'R174')
}

/** R174: approval pays what the application says, so it waits until the buyer has entered the agreed amount. */
export const agreedAmountIsApplied: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'approve-refund' && action.name !== 'turn-into-refund') return fine
  if (facts.agreedRefund === undefined) return fine
  if (afterSale.amounts === undefined) return careful('CannotBeToldApart', 'R174')
  return afterSale.amounts.total > facts.agreedRefund ? no('OnlyTheBuyerChangesTheAmount', 'R174') : fine
}
