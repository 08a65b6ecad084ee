import type { ActionFacts } from '../actions/facts/facts'
import { isOpen } from '../actions/intents/intent'
import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { TEMPLATES } from '../texts/templates'
import { signedForOf } from '../goods/whereabouts'
import type { Condition } from './framework/condition'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { conditionOf, reportedAt } from './framework/condition-of'
import type { Truth } from '../truth'
import { truthOf } from '../truth'

/** `upTo`: the highest payment, in fen, that is sent without a person. */
export interface SmallPaymentSettings {
  readonly upTo: Fen
}

/**
 * R011: once the goods are signed for, a small payment may end the case instead of a refund. Its amount is the one that
 * the buyer agreed to; we never propose one.
 */
export const smallPaymentMaySettle: Policy<SmallPaymentSettings> = {
  name: 'smallPaymentMaySettle',
  title: { zh: '可小额打款', en: 'A small payment may settle it' },
  rules: ['R011', 'R021'],
  claims: {
    goodsAreSignedFor: { zh: '商品已签收', en: 'the goods are signed for' },
    buyerAgreed: {
      zh: '买家已同意金额，且低于退款金额',
      en: 'the buyer agreed to it, and it is less than the refund',
      unit: 'fen',
    },
    withinLimit: { zh: '打款金额不超过上限', en: 'the payment is not above the limit', unit: 'fen' },
    nothingPaidYet: { zh: '尚未打款', en: 'nothing was paid yet', unit: 'fen' },
  },
  shape: {
    fields: {
      upTo: {
        type: 'number',
        least: 1,
        most: 10_000_000,
        title: { zh: '打款金额上限(分)', en: 'Payment at most (fen)' },
      },
    },
    defaults: {},
  },
  judge(subject, { upTo }) {
    const { afterSale, facts } = subject
    if (!asksForMoney(afterSale) || afterSale.status?.status !== 'awaiting-merchant-decision') return undefined
    const amount = facts?.agreedPayment
    const conditions = [
      goodsAreSignedFor(afterSale),
      buyerAgreed(afterSale, amount),
      conditionOf(
        'R011',
        'withinLimit',
        truthOf(amount === undefined ? undefined : amount <= upTo),
        amount ?? null,
        upTo,
        undefined,
      ),
      nothingPaidYet(afterSale, facts),
    ]
    return verdictOf(subject, {
      policy: 'smallPaymentMaySettle',
      rules: smallPaymentMaySettle.rules,
      conditions,
      then: {
        outcome: 'act',
        action: { name: 'send-small-payment', amount: amount ?? 0, text: TEMPLATES.smallPayment.body },
      },
    })
  },
}

const asksForMoney = ({ kind }: AfterSaleCase): boolean =>
  kind?.kind === 'refund-only' || kind?.kind === 'return-and-refund'

export const goodsAreSignedFor = (afterSale: AfterSaleCase): Condition =>
  conditionOf(
    'R011',
    'goodsAreSignedFor',
    signedForOf(afterSale),
    afterSale.goods?.stage ?? null,
    'delivered',
    reportedAt(afterSale, 'goods'),
  )

function buyerAgreed(afterSale: AfterSaleCase, amount: Fen | undefined): Condition {
  const total = afterSale.amounts?.total
  const less = amount === undefined || total === undefined ? undefined : amount > 0 && amount < total
  return conditionOf(
    'R011',
    'buyerAgreed',
    truthOf(less),
    amount ?? null,
    total ?? null,
    reportedAt(afterSale, 'amounts'),
  )
}

/**
 * Money is sent once: what the back office shows counts, and so does a payment that we started, even if the marketplace
 * has not shown it yet.
 */
export function nothingPaidYet({ intents }: AfterSaleCase, facts: ActionFacts | undefined): Condition {
  const begun = intents?.some(
    (intent) => intent.action.name === 'send-small-payment' && (isOpen(intent) || intent.state === 'confirmed'),
  )
  const paid = facts?.smallPaid
  const truth: Truth = begun === true ? 'false' : truthOf(paid === undefined ? undefined : paid === 0)
  return conditionOf('R011', 'nothingPaidYet', truth, paid ?? null, 0, undefined)
}
