import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import type { Action } from './action'

/**
 * What an action costs the merchant at most, in fen: the whole amount for whatever lets the buyer's money go, the payment
 * for a payment. `undefined`: it costs, but the amount is not known.
 */
export function costOf(action: Action, file: AfterSaleCase): Fen | undefined {
  switch (action.name) {
    case 'approve-return':
    case 'approve-refund':
    case 'approve-refusal':
    case 'turn-into-refund':
    case 'cancel-sending':
      return file.amounts?.total
    case 'send-small-payment':
      return action.amount
    default:
      return 0
  }
}
