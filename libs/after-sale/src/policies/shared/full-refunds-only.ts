import type { AfterSaleCase } from '../../case'
import { isFullRefund, paidForLinesOf } from '../../money/full-refund'
import { askedOf, refundedOf } from '../../money/money'
import type { Claim, Condition } from '../framework/condition'
import type { Field } from '../framework/settings-shape'
import { conditionOf, reportedAt } from '../framework/condition-of'

/** A setting of strategies that let money go; absent: refunds in part are agreed to as well. */
export interface FullRefundsOnly {
  readonly fullRefundsOnly?: boolean
}

export const FULL_REFUNDS_ONLY: Field = {
  type: 'yes-no',
  optional: true,
  title: { zh: '仅限全额退款', en: 'Full refunds only' },
}

export const FULL_REFUND_CLAIM: Claim = {
  zh: '退还所涉商品的全部实付',
  en: 'all that was paid for the goods concerned comes back',
  unit: 'fen',
}

/**
 * R122: the condition where the merchant wants it, nothing otherwise. A compensation fails it; where it is unknown
 * whether the refund is a full one the verdict is unsure and a person decides.
 */
export const fullRefundsOnly = (afterSale: AfterSaleCase, settings: FullRefundsOnly): readonly Condition[] =>
  settings.fullRefundsOnly === true ? [isFullRefundOf(afterSale)] : []

const isFullRefundOf = (afterSale: AfterSaleCase): Condition =>
  conditionOf(
    'R122',
    'isFullRefund',
    isFullRefund(afterSale),
    refundedOf(afterSale) ?? askedOf(afterSale) ?? null,
    paidForLinesOf(afterSale)?.paid ?? afterSale.order?.paid ?? null,
    reportedAt(afterSale, refundedOf(afterSale) === undefined ? 'amounts' : 'amountRefunded'),
  )
