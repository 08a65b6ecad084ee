import type { AfterSaleCase } from '../../case'
import { isFullRefund, paidForLinesOf } from '../../money/full-refund'
import { askedOf, refundedOf } from '../../money/money'
import type { Claim, Condition } from '../framework/condition'
import type { SettingField } from '../framework/settings-shape'
import { conditionOf, reportedAt } from '../framework/condition-of'

/** A setting of strategies that lead to a refund. Absent or false: partial refunds are agreed to as well. */
export interface FullRefundsOnlySetting {
  readonly fullRefundsOnly?: boolean
}

export const FULL_REFUNDS_ONLY_FIELD: SettingField = {
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
 * R122: the condition that the refund is a full one, where the merchant has set it; otherwise no condition. A
 * compensation fails it. Where it is unknown whether the refund is full, the verdict is unsure and a person decides.
 */
export const fullRefundCondition = (
  afterSale: AfterSaleCase,
  settings: FullRefundsOnlySetting,
): readonly Condition[] => (settings.fullRefundsOnly === true ? [isFullRefundOf(afterSale)] : [])

const isFullRefundOf = (afterSale: AfterSaleCase): Condition =>
  conditionOf(
    'R122',
    'isFullRefund',
    isFullRefund(afterSale),
    refundedOf(afterSale) ?? askedOf(afterSale) ?? null,
    paidForLinesOf(afterSale)?.paid ?? afterSale.order?.paid ?? null,
    reportedAt(afterSale, refundedOf(afterSale) === undefined ? 'amounts' : 'amountRefunded'),
  )
