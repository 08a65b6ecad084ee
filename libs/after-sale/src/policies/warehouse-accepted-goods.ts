import type { AfterSaleCase } from '../case'
import type { GoodsStage, MoneyStage } from '../glossary/rails'
import type { Condition } from './framework/condition'
import {
  FULL_REFUND_CLAIM,
  FULL_REFUNDS_ONLY_FIELD,
  fullRefundCondition,
  type FullRefundsOnlySetting,
} from './shared/full-refunds-only'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { conditionOf, reportedAt } from './framework/condition-of'
import type { Truth } from '../truth'
import { truthOf } from '../truth'

/** `receivedIsEnough`: returned goods count as accepted although no inspection of them is known. */
export interface AcceptanceSettings extends FullRefundsOnlySetting {
  readonly receivedIsEnough: boolean
}

/** R164: once the warehouse has accepted the returned goods, agree to the refund. */
export const warehouseAcceptedGoods: Policy<AcceptanceSettings> = {
  name: 'warehouseAcceptedGoods',
  title: { zh: '退货入仓自动同意退款', en: 'Refund when the warehouse has accepted the goods' },
  rules: ['R161', 'R164', 'R148', 'R122'],
  claims: {
    returnWasAgreed: { zh: '已同意退货', en: 'the return was agreed to' },
    goodsWereAccepted: { zh: '仓库已验收', en: 'the warehouse has accepted the goods' },
    moneyIsStillHere: { zh: '尚未退款', en: 'not refunded yet' },
    isFullRefund: FULL_REFUND_CLAIM,
  },
  shape: {
    fields: {
      receivedIsEnough: {
        type: 'yes-no',
        title: { zh: '收到退货即视为验收合格', en: 'Goods received count as accepted' },
      },
      fullRefundsOnly: FULL_REFUNDS_ONLY_FIELD,
    },
    defaults: { receivedIsEnough: false },
  },
  judge(subject, settings) {
    const { afterSale } = subject
    if (afterSale.kind?.kind !== 'return-and-refund' || !isRefundDecisionDue(afterSale)) return undefined
    const conditions = [
      returnWasAgreed(afterSale),
      goodsWereAccepted(afterSale, settings.receivedIsEnough),
      moneyIsStillHere(afterSale),
      ...fullRefundCondition(afterSale, settings),
    ]
    return verdictOf(subject, {
      policy: 'warehouseAcceptedGoods',
      rules: warehouseAcceptedGoods.rules,
      conditions,
      then: APPROVE_REFUND,
    })
  },
}

const APPROVE_REFUND = { outcome: 'act', action: { name: 'approve-refund' } } as const

const RETURNED_STAGES: ReadonlySet<GoodsStage> = new Set(['received', 'inspected-fit', 'inspected-unfit'])

/** The merchant must confirm the receipt of the goods, or they came back without an agreed return. */
const isRefundDecisionDue = ({ status, goods }: AfterSaleCase): boolean =>
  status?.status === 'awaiting-merchant-receipt' ||
  (status?.status === 'awaiting-merchant-decision' && goods !== undefined && RETURNED_STAGES.has(goods.stage))

function returnWasAgreed(afterSale: AfterSaleCase): Condition {
  const status = afterSale.status?.status ?? null
  return conditionOf(
    'R164',
    'returnWasAgreed',
    truthOf(status === 'awaiting-merchant-receipt'),
    status,
    'awaiting-merchant-receipt',
    reportedAt(afterSale, 'status'),
  )
}

/** Our own record of the warehouse's inspection takes precedence over the goods rail that the marketplace reports. */
function goodsWereAccepted(afterSale: AfterSaleCase, receivedIsEnough: boolean): Condition {
  const ownReceipt = lastConfirmedReceipt(afterSale)
  if (ownReceipt !== undefined)
    return conditionOf(
      'R164',
      'goodsWereAccepted',
      truthOf(ownReceipt.fit),
      ownReceipt.fit ? 'inspected-fit' : 'inspected-unfit',
      'inspected-fit',
      ownReceipt.at,
    )
  const stage = afterSale.goods?.stage
  const truth: Truth =
    stage === 'inspected-fit' || (stage === 'received' && receivedIsEnough)
      ? 'true'
      : stage === undefined || stage === 'unknown' || stage === 'received'
        ? 'unknown'
        : 'false'
  return conditionOf(
    'R164',
    'goodsWereAccepted',
    truth,
    stage ?? null,
    receivedIsEnough ? 'received' : 'inspected-fit',
    reportedAt(afterSale, 'goods'),
  )
}

/** The last receipt that the warehouse confirmed through us and that was not withdrawn. */
function lastConfirmedReceipt({ intents }: AfterSaleCase): { readonly fit: boolean; readonly at: number } | undefined {
  if (intents === undefined) return undefined
  for (let i = intents.length - 1; i >= 0; i--) {
    const intent = intents[i]
    if (intent?.action.name === 'confirm-receipt' && intent.state !== 'withdrawn')
      return { fit: intent.action.fit, at: intent.at }
  }
  return undefined
}

const UNPAID_STAGES: ReadonlySet<MoneyStage> = new Set(['none', 'asked', 'failed'])

/** What the platform advanced, or what was refunded in part, is not paid again by a policy (R148). */
function moneyIsStillHere(afterSale: AfterSaleCase): Condition {
  const stage = afterSale.money?.stage
  const truth: Truth = stage === undefined ? 'unknown' : truthOf(UNPAID_STAGES.has(stage))
  return conditionOf('R148', 'moneyIsStillHere', truth, stage ?? null, 'asked', reportedAt(afterSale, 'money'))
}
