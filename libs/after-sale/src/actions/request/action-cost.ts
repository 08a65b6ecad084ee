import type { AfterSaleCase } from '../../case'
import type { Fen } from '../../facets'
import { askedOf, refundedOf } from '../../money/money'
import type { Action } from '../action'
import type { ActionName } from '../action-names'

/** Actions after which the buyer gets what was asked for. */
const REFUNDING: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-return',
  'approve-refund',
  'approve-refusal',
  'turn-into-refund',
  'cancel-sending',
])

/**
 * What an action costs the merchant at most, in fen: for a refund the requested amount minus what was already refunded;
 * for a payment the payment. `undefined`: it costs money, but the amount is unknown. Budgets count it: a cap limits
 * what is committed, so the difference to the actual refund is not given back later.
 */
export const costOf = (action: Action, afterSale: AfterSaleCase): Fen | undefined =>
  action.name === 'send-small-payment' ? action.amount : costByName(action.name, afterSale)

/** The same before the parameters are known: `undefined` also where the amount is one of them. */
export function costByName(name: ActionName, afterSale: AfterSaleCase): Fen | undefined {
  if (name === 'send-small-payment') return undefined
  return REFUNDING.has(name) ? remainingRefundOf(afterSale) : 0
}

function remainingRefundOf(afterSale: AfterSaleCase): Fen | undefined {
  const requestedAmount = askedOf(afterSale)
  return requestedAmount === undefined ? undefined : Math.max(0, requestedAmount - (refundedOf(afterSale) ?? 0))
}
