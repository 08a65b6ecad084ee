import { careful, fine, no, type Guard } from '../guard'

/**
 * R174: depreciation or return freight is not cut off by the merchant; he proposes, and the buyer applies anew. A
 * proposal of all that is asked, or more, is none.
 */
export const proposalIsLess: Guard = ({ action, afterSale }) => {
  if (action.name !== 'propose-amount') return fine
  if (!(action.amount > 0)) return no('AmountMissing', 'R174')
  if (afterSale.amounts === undefined) return careful('CannotBeToldApart', 'R174')
  return action.amount < afterSale.amounts.total ? fine : no('AmountTooHigh', 'R174')
}

/** R174: an agreement pays what the application says, so it waits until the buyer has put the agreed amount there. */
export const agreedAmountIsApplied: Guard = ({ action, afterSale, facts }) => {
  if (action.name !== 'approve-refund' && action.name !== 'turn-into-refund') return fine
  if (facts.agreedRefund === undefined) return fine
  if (afterSale.amounts === undefined) return careful('CannotBeToldApart', 'R174')
  return afterSale.amounts.total > facts.agreedRefund ? no('OnlyTheBuyerChangesTheAmount', 'R174') : fine
}
