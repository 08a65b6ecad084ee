import type { AppealKind } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { askedOf, refundedOf } from '../money/money'
import type { ReasonClass, StoreTerms } from '../store-terms/store-terms'
import { reasonClassOf } from '../store-terms/reason-class'
import type { Truth } from '../truth'
import { allOf, truthOf } from '../truth'
import type { AppealScene } from './appeal-kinds'

/** What an appeal is judged by: the case, and facts known in addition to it. */
export interface AppealSubject {
  readonly afterSale: AfterSaleCase
  readonly facts: ActionFacts
  /** The class of the buyer's reason, by the store's table of reasons; absent: unknown. */
  readonly reasonClass?: ReasonClass
}

/** The subject of an appeal, with the reason classified by the store's terms. */
export function appealSubjectOf(afterSale: AfterSaleCase, facts: ActionFacts, terms: StoreTerms): AppealSubject {
  const reasonClass = reasonClassOf(afterSale, terms)
  return { afterSale, facts, ...(reasonClass === undefined ? {} : { reasonClass }) }
}

/** One situation for which an appeal is possible, and whether it applies to the case. */
export interface Scene {
  readonly scene: AppealScene
  readonly truth: Truth
}

/** R072, R074–R076, R079: the scenes of a kind, each true, false or unknown. One that is true is enough to appeal. */
export function scenesOf(subject: AppealSubject, kind: AppealKind): readonly Scene[] {
  switch (kind) {
    case 'liability':
      return [{ scene: 'judged-liable', truth: judgedLiable(subject) }]
    case 'goods-money':
      return [{ scene: 'goods-refunded', truth: goodsRefunded(subject) }]
    case 'freight':
      return freightScenes(subject)
    case 'other':
      return deductionScenes(subject.facts)
  }
}

function judgedLiable({ afterSale, facts }: AppealSubject): Truth {
  if (facts.countedAsDispute !== undefined) return truthOf(facts.countedAsDispute)
  if (afterSale.reached['dispute:ruled-for-buyer'] !== undefined) return 'true'
  // An appeal already under way does not show what was ruled before it.
  const stage = afterSale.dispute?.stage
  return stage === undefined || stage === 'appealed' || stage === 'decided' ? 'unknown' : 'false'
}

function goodsRefunded({ afterSale, facts }: AppealSubject): Truth {
  if (facts.appealableAmount !== undefined) return truthOf(facts.appealableAmount > 0)
  const stage = afterSale.money?.stage
  if (stage === 'refunded' || stage === 'partly-refunded')
    return truthOf(goodsAskedOf(afterSale) === undefined ? undefined : goodsAskedOf(afterSale) !== 0)
  // What the platform advanced may become the merchant's or stay the platform's (R148).
  return stage === undefined || stage === 'advanced' || stage === 'recovered' ? 'unknown' : 'false'
}

const goodsAskedOf = ({ amounts }: AfterSaleCase): Fen | undefined => amounts?.legs.GOODS ?? amounts?.total

/** Goods money that went back to the buyer, fen, at most: never more than was actually refunded, where that is known. */
export function goodsRefundedOf(afterSale: AfterSaleCase): Fen | undefined {
  const refunded = refundedOf(afterSale)
  if (afterSale.money?.stage !== 'refunded') return undefined
  const asked = goodsAskedOf(afterSale)
  return refunded === undefined || asked === undefined ? (refunded ?? asked) : Math.min(refunded, asked)
}

/** Freight that was refunded to the buyer, fen: as reported, or as requested where everything was refunded. */
export function freightRefundedOf({ afterSale, facts }: AppealSubject): Fen | undefined {
  if (facts.freightRefunded !== undefined) return facts.freightRefunded
  const refunded = refundedOf(afterSale)
  const isFullRefund = refunded === undefined || refunded === askedOf(afterSale)
  return afterSale.money?.stage === 'refunded' && isFullRefund ? afterSale.amounts?.legs.FREIGHT : undefined
}

function freightScenes(subject: AppealSubject): readonly Scene[] {
  const { afterSale, facts, reasonClass } = subject
  const refunded = freightRefundedOf(subject)
  const noReason = truthOf(reasonClass === undefined ? undefined : reasonClass === 'no-reason')
  const shippingNotFree = truthOf(facts.freeShipping === undefined ? undefined : !facts.freeShipping)
  const goods = afterSale.goods?.stage
  const isRefused = afterSale.reached['goods:refused'] !== undefined || goods === 'refused'
  const isSentBack =
    isRefused || ['goods:returning', 'goods:received'].some((stage) => afterSale.reached[stage] !== undefined)
  const truthOfStage = (isReported: boolean): Truth =>
    isReported ? 'true' : goods === undefined || goods === 'unknown' ? 'unknown' : 'false'
  return [
    { scene: 'freight-refunded', truth: truthOf(refunded === undefined ? undefined : refunded > 0) },
    { scene: 'sent-back-without-reason', truth: allOf([noReason, shippingNotFree, truthOfStage(isSentBack)]) },
    { scene: 'bulky-goods-refused', truth: allOf([noReason, truthOf(facts.bulkyGoods), truthOfStage(isRefused)]) },
  ]
}

const DEDUCTION_SCENES = {
  compensation: 'compensation-deducted',
  coupon: 'coupon-deducted',
  other: 'something-else-deducted',
} as const

function deductionScenes({ deductions }: ActionFacts): readonly Scene[] {
  return (['compensation', 'coupon', 'other'] as const).map((cause) => ({
    scene: DEDUCTION_SCENES[cause],
    truth: truthOf(deductions?.some((deduction) => deduction.cause === cause)),
  }))
}
