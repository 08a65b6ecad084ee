import type { AppealItem } from '../actions/action'
import type { Objection } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import type { Fen } from '../facets'
import type { AppealSubject } from './appeal-scenes'
import { freightRefundedOf, goodsRefundedOf } from './appeal-scenes'

/**
 * The most that an item of this kind can claim, fen; `undefined`: unknown. A liability appeal claims nothing (R068).
 */
export function maxClaimOf(subject: AppealSubject, kind: AppealItem['kind']): Fen | undefined {
  const { afterSale, facts } = subject
  switch (kind) {
    case 'liability':
      return 0
    case 'goods-money':
      return facts.appealableAmount ?? goodsRefundedOf(afterSale)
    case 'freight':
      return freightRefundedOf(subject)
    case 'other':
      return facts.deductions?.reduce<Fen | undefined>(
        (sum, { amount }) => (sum === undefined || amount === undefined ? undefined : sum + amount),
        0,
      )
  }
}

/**
 * R068, R074, R078: what an item may claim. Goods money may be claimed in part, never more than can be appealed; freight to
 * the fen; a liability appeal claims no money.
 */
export function amountObjections(item: AppealItem, subject: AppealSubject): readonly Objection[] {
  const { kind, amount } = item
  if (kind === 'liability') return amount === undefined || amount === 0 ? noObjection : refuse('AmountTooHigh', 'R068')
  const rule = kind === 'freight' ? 'R078' : kind === 'other' ? 'R079' : 'R074'
  if (amount === undefined || !Number.isSafeInteger(amount) || amount <= 0) return refuse('AmountMissing', rule)
  const maxClaim = maxClaimOf(subject, kind)
  // If no freight was refunded to the buyer, the merchant paid it, and the amount is not reported.
  if (maxClaim === undefined || (kind === 'freight' && maxClaim === 0)) return warn('CannotBeToldApart', rule)
  if (kind === 'freight') return amount === maxClaim ? noObjection : refuse('AmountNotExact', rule)
  return amount > maxClaim ? refuse('AmountTooHigh', rule) : noObjection
}
