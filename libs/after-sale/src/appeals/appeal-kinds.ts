import type { AppealKind } from '../actions/action'
import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'

interface AppealKindTerm extends Term {
  /** What a won appeal of this kind changes. The two are separate: to get both, appeal for both (R068, R069). */
  readonly moves: 'rate' | 'money'
  readonly rule: RuleId
}

/** The name of each kind of appeal, what it changes, and its rule. */
export const APPEAL_KINDS: Readonly<Record<AppealKind, AppealKindTerm>> = {
  liability: { zh: '判责申诉', en: 'Liability appeal', moves: 'rate', rule: 'R067' },
  'goods-money': { zh: '货款申诉', en: 'Goods money appeal', moves: 'money', rule: 'R070' },
  freight: { zh: '运费申诉', en: 'Freight appeal', moves: 'money', rule: 'R070' },
  other: { zh: '其他申诉', en: 'Other appeal', moves: 'money', rule: 'R079' },
}

/** The kinds in the order in which people see them. */
export const APPEAL_KIND_NAMES: readonly AppealKind[] = ['liability', 'goods-money', 'freight', 'other']

/** The situations for which an appeal is possible; each belongs to one kind of appeal. */
export type AppealScene =
  | 'judged-liable'
  | 'goods-refunded'
  | 'freight-refunded'
  | 'sent-back-without-reason'
  | 'bulky-goods-refused'
  | 'compensation-deducted'
  | 'coupon-deducted'
  | 'something-else-deducted'

interface SceneTerm extends Term {
  readonly kind: AppealKind
  readonly rule: RuleId
}

/** The name of each situation, its kind of appeal, and its rule. */
export const APPEAL_SCENES: Readonly<Record<AppealScene, SceneTerm>> = {
  'judged-liable': {
    zh: '平台判定商家责任',
    en: 'the platform judged the merchant liable',
    kind: 'liability',
    rule: 'R072',
  },
  'goods-refunded': { zh: '货款已退', en: 'goods money was refunded', kind: 'goods-money', rule: 'R074' },
  'freight-refunded': { zh: '运费已退', en: 'freight was refunded', kind: 'freight', rule: 'R076' },
  'sent-back-without-reason': {
    zh: '非包邮商品无理由拒收或退货',
    en: 'goods without free shipping refused or returned without reason',
    kind: 'freight',
    rule: 'R076',
  },
  'bulky-goods-refused': {
    zh: '大件商品无理由拒收的退回运费',
    en: 'way back of bulky goods refused without reason',
    kind: 'freight',
    rule: 'R076',
  },
  'compensation-deducted': {
    zh: '消费者要求赔偿扣款',
    en: 'compensation for the buyer deducted',
    kind: 'other',
    rule: 'R079',
  },
  'coupon-deducted': { zh: '售后补券扣款', en: 'a coupon for the buyer deducted', kind: 'other', rule: 'R079' },
  'something-else-deducted': { zh: '其他扣款', en: 'something else deducted', kind: 'other', rule: 'R079' },
}
