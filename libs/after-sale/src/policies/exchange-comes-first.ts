import type { Fen } from '../facets'
import { TEMPLATES } from '../texts/templates'
import type { Condition } from './framework/condition'
import { freightIsPaidBack } from './shared/exchange-comes-first-freight'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import { REASON_CLASSES, reasonClassOf } from '../store-terms/reason-class'
import { goodsAreSignedFor } from './small-payment-may-settle'
import type { ReasonClass } from '../store-terms/store-terms'
import type { Subject } from './framework/subject'
import { conditionOf, reportedAt } from './framework/condition-of'
import { truthOf, type Truth } from '../truth'

/** For which reasons an exchange is offered first, and how much return freight, in fen, is paid back without a person. */
export interface ExchangeFirstSettings {
  readonly reasons: readonly ReasonClass[]
  readonly freightUpTo: Fen
}

/**
 * R085: where a replacement is in stock, a buyer who asks for a refund is first offered an exchange; only the buyer can
 * change the application. R086: the return freight of an exchange is reimbursed as a small payment.
 */
export const exchangeComesFirst: Policy<ExchangeFirstSettings> = {
  name: 'exchangeComesFirst',
  title: { zh: '换货优先', en: 'An exchange comes first' },
  rules: ['R085', 'R086', 'R011'],
  claims: {
    goodsAreSignedFor: { zh: '商品已签收', en: 'the goods are signed for' },
    exchangeHelps: { zh: '该原因适合换货', en: 'an exchange helps with this reason' },
    replacementAtHand: { zh: '有货可换', en: 'there is something to send instead' },
    notOfferedYet: { zh: '尚未提出过方案', en: 'nothing was offered yet' },
    returnBegan: { zh: '买家已寄回', en: 'the buyer has sent it back' },
    freightWithinLimit: { zh: '退回运费不超过上限', en: 'the return freight is not above the limit', unit: 'fen' },
    nothingPaidYet: { zh: '尚未打款', en: 'nothing was paid yet', unit: 'fen' },
  },
  shape: {
    fields: {
      reasons: {
        type: 'some-of',
        words: Object.keys(REASON_CLASSES),
        title: { zh: '优先换货的原因', en: 'Reasons for an exchange' },
      },
      freightUpTo: {
        type: 'number',
        least: 0,
        most: 1_000_000,
        title: { zh: '补退回运费上限(分)', en: 'Return freight at most (fen)' },
      },
    },
    defaults: { reasons: ['wrong-goods', 'damaged', 'quality'], freightUpTo: 0 },
  },
  judge(subject, settings) {
    const { afterSale, facts } = subject
    if (afterSale.kind?.kind === 'exchange') return freightIsPaidBack(subject, settings.freightUpTo)
    const asksForMoney = afterSale.kind?.kind === 'refund-only' || afterSale.kind?.kind === 'return-and-refund'
    if (!asksForMoney || afterSale.status?.status !== 'awaiting-merchant-decision') return undefined
    const conditions = [
      goodsAreSignedFor(afterSale),
      exchangeHelps(subject, settings.reasons),
      conditionOf(
        'R085',
        'replacementAtHand',
        truthOf(facts?.replacementAtHand),
        facts?.replacementAtHand ?? null,
        true,
        undefined,
      ),
      notOfferedYet(subject),
    ]
    return verdictOf(subject, {
      policy: 'exchangeComesFirst',
      rules: exchangeComesFirst.rules,
      conditions,
      then: OFFER_EXCHANGE,
    })
  },
}

const OFFER_EXCHANGE = {
  outcome: 'act',
  action: { name: 'negotiate', plan: 'exchange', text: TEMPLATES.exchangeOffer.body, evidence: [] },
} as const

function exchangeHelps({ afterSale, terms }: Subject, reasons: readonly ReasonClass[]): Condition {
  const reason = reasonClassOf(afterSale, terms)
  const truth = truthOf(reason === undefined ? undefined : reasons.includes(reason))
  return conditionOf('R085', 'exchangeHelps', truth, reason ?? null, reasons.join(' '), reportedAt(afterSale, 'reason'))
}

/**
 * A buyer who was asked once is not asked again; an offer that we started counts even if the marketplace has not shown
 * it yet.
 */
function notOfferedYet({ afterSale, facts }: Subject): Condition {
  const begun =
    afterSale.intents?.some((intent) => intent.action.name === 'negotiate' && intent.state !== 'withdrawn') === true
  const rounds = facts?.rounds?.length
  const truth: Truth = begun ? 'false' : truthOf(rounds === undefined ? undefined : rounds === 0)
  return conditionOf('R085', 'notOfferedYet', truth, rounds ?? null, 0, undefined)
}
