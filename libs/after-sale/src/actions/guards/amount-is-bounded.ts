import type { Fen } from '../../facets'
import { maxPaidOf } from '../../money/full-refund'
import type { AppealItem } from '../action'
import type { AmountUse } from './amount-limits'
import { AMOUNT_USE, DEFAULT_AMOUNT_LIMITS } from './amount-limits'
import type { GuardInput, Guard } from './guard'
import { warn, noObjection, refuse } from './guard'
import { claimedAmountOf, smallPaymentsOf, refundPaidOrPendingOf } from './money-out'

const RULE_BY_USE: Readonly<Record<AmountUse, string>> = { payment: 'R011', proposal: 'R174', claim: 'R074' }

/** The sums of an entered amount and earlier ones of the case; fen. */
interface AmountSums {
  readonly use: AmountUse
  /** Compared with the store's limit, whatever the buyer paid. */
  readonly limited: Fen
  /** Compared with what the buyer paid; where that is unknown, with the store's limit. */
  readonly ofPaid: Fen
}

/**
 * Every entered amount has an upper bound, whatever else is known. All payments of a case stay within the store's
 * limit. An amount, together with our own payments and the refund of the case (done, in progress or in doubt), does not
 * exceed what the buyer paid. Where that is unknown, the limit decides and a person must confirm.
 */
export const amountIsBounded: Guard = (input) => {
  const sums = amountSumsOf(input)
  if (sums === undefined) return noObjection
  const { use, limited, ofPaid } = sums
  const limit = (input.terms.amountLimits ?? DEFAULT_AMOUNT_LIMITS)[use].value
  if (limited > limit) return refuse('AmountTooHigh', RULE_BY_USE[use])
  if (ofPaid === 0) return noObjection
  const paid = maxPaidOf(input.afterSale)
  if (ofPaid > (paid ?? limit)) return refuse('AmountTooHigh', RULE_BY_USE[use])
  return paid === undefined ? warn('PaidUnknown', RULE_BY_USE[use]) : noObjection
}

/** `undefined` where no amount is entered; a missing one is checked by another guard. */
function amountSumsOf({ afterSale, action, facts }: GuardInput): AmountSums | undefined {
  switch (action.name) {
    case 'send-small-payment': {
      if (!(action.amount > 0)) return undefined
      const payments = smallPaymentsOf(afterSale, facts) + action.amount
      return { use: AMOUNT_USE[action.name], limited: payments, ofPaid: payments + refundPaidOrPendingOf(afterSale) }
    }
    case 'propose-amount':
      if (!(action.amount > 0)) return undefined
      return { use: AMOUNT_USE[action.name], limited: 0, ofPaid: smallPaymentsOf(afterSale, facts) + action.amount }
    case 'appeal': {
      const ofPaid = totalOf(action.items.filter(isOfPaid))
      const limited = totalOf(action.items.filter((item) => !isOfPaid(item)))
      return { use: AMOUNT_USE[action.name], limited, ofPaid: ofPaid === 0 ? 0 : ofPaid + claimedAmountOf(afterSale) }
    }
    default:
      return undefined
  }
}

/** Deductions (R079) are not money that the buyer paid. */
const isOfPaid = ({ kind }: AppealItem): boolean => kind === 'goods-money' || kind === 'freight'

const totalOf = (items: readonly AppealItem[]): Fen => items.reduce((sum, { amount }) => sum + (amount ?? 0), 0)
