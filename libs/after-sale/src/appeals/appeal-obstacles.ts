import type { AppealKind } from '../actions/action'
import type { ActionRefusal } from '../actions/request/refusals'
import { isOpen } from '../actions/intents/intent'
import type { AfterSaleCase } from '../case'
import type { RuleId } from '../policies/framework/condition'
import type { Truth } from '../truth'
import { anyOf, truthOf } from '../truth'
import type { Term } from '../glossary/vocabulary'
import type { AppealSubject } from './appeal-scenes'
import { scenesOf } from './appeal-scenes'

/**
 * Why an appeal is bound to fail. A failure counts against the store's budget (R061), so such an appeal is not sent.
 */
export type ObstacleName =
  'NothingToAppeal' | 'AlreadyAppealed' | 'AddressNotTold' | 'EvidenceJudgedInvalid' | 'EvidenceMissed' | 'FreeShipping'

interface ObstacleTerm extends Term {
  readonly rule: RuleId
  readonly refusal: ActionRefusal
}

export const OBSTACLES: Readonly<Record<ObstacleName, ObstacleTerm>> = {
  NothingToAppeal: {
    zh: '无对应的判责或扣款',
    en: 'nothing was judged or taken that this kind is about',
    rule: 'R071',
    refusal: 'NothingToAppeal',
  },
  AlreadyAppealed: { zh: '该项已申诉', en: 'this was appealed already', rule: 'R080', refusal: 'AppealItemTwice' },
  AddressNotTold: {
    zh: '未告知退货地址',
    en: 'the return address was never given',
    rule: 'R063',
    refusal: 'AppealBoundToFail',
  },
  EvidenceJudgedInvalid: {
    zh: '此前举证无效',
    en: 'earlier evidence was judged invalid',
    rule: 'R065',
    refusal: 'AppealBoundToFail',
  },
  EvidenceMissed: {
    zh: '此前举证逾期',
    en: 'earlier evidence came too late, or never',
    rule: 'R065',
    refusal: 'AppealBoundToFail',
  },
  FreeShipping: {
    zh: '包邮商品不支持运费申诉',
    en: 'free shipping has no freight to claim',
    rule: 'R077',
    refusal: 'FreeShippingHasNoFreight',
  },
}

export interface Obstacle {
  readonly name: ObstacleName
  /** `true`: the appeal is bound to fail. `unknown`: the deciding fact is unknown. */
  readonly truth: Truth
}

/** Every obstacle to an appeal of this kind, always in the same order, including those that are false. */
export function obstaclesOf(subject: AppealSubject, kind: AppealKind): readonly Obstacle[] {
  const { facts } = subject
  const nothingToAppeal = negate(anyOf(scenesOf(subject, kind).map(({ truth }) => truth)))
  const obstacles: Obstacle[] = [
    { name: 'NothingToAppeal', truth: nothingToAppeal },
    { name: 'AlreadyAppealed', truth: alreadyAppealed(subject, kind) },
    { name: 'AddressNotTold', truth: addressNotTold(subject) },
    { name: 'EvidenceJudgedInvalid', truth: truthOf(facts.evidence?.some((piece) => piece.judgedInvalid === true)) },
    { name: 'EvidenceMissed', truth: evidenceMissed(subject) },
  ]
  if (kind === 'freight') obstacles.push({ name: 'FreeShipping', truth: truthOf(facts.freeShipping) })
  return obstacles
}

const negate = (truth: Truth): Truth => (truth === 'unknown' ? truth : truth === 'true' ? 'false' : 'true')

/**
 * R080: known from attested facts or from an appeal of ours. Where the platform shows an appeal but not its kind, it
 * may be this one.
 */
function alreadyAppealed({ afterSale, facts }: AppealSubject, kind: AppealKind): Truth {
  if (facts.appealed?.includes(kind) === true || ownAppealKindsOf(afterSale).includes(kind)) return 'true'
  const isShown = afterSale.dispute?.stage === 'appealed' || afterSale.dispute?.stage === 'decided'
  return isShown && facts.appealed === undefined ? 'unknown' : 'false'
}

/** The kinds of the appeals that were filed through us, or may have been. */
export const ownAppealKindsOf = ({ intents }: AfterSaleCase): readonly AppealKind[] =>
  (intents ?? []).flatMap((intent) => {
    const { action, state } = intent
    return action.name === 'appeal' && (isOpen(intent) || state === 'confirmed')
      ? action.items.map(({ kind }) => kind)
      : []
  })

/** Keys of `reached` by which the goods have arrived back. */
const RETURNED_STAGES = ['goods:received', 'goods:inspected-fit', 'goods:inspected-unfit']

/** R063: the return address matters only where goods were to be returned and have not arrived. */
function addressNotTold({ afterSale, facts }: AppealSubject): Truth {
  const kind = afterSale.kind?.kind
  if (
    kind === 'refund-only' ||
    kind === 'resend' ||
    RETURNED_STAGES.some((stage) => afterSale.reached[stage] !== undefined)
  )
    return 'false'
  if (facts.returnAddressTold !== undefined) return truthOf(!facts.returnAddressTold)
  return 'unknown'
}

/** R065: evidence that came late in the case or in a work order does not count in the appeal. */
function evidenceMissed({ afterSale, facts }: AppealSubject): Truth {
  if (facts.evidence?.some((piece) => piece.judgedLate === true) === true) return 'true'
  const wasGiven = afterSale.reached['dispute:evidence-given'] !== undefined
  if (afterSale.passed.EVIDENCE !== undefined && !wasGiven) return 'true'
  // Without a dispute shown, the platform may have asked for evidence where we do not see it.
  if (wasGiven || afterSale.reached['dispute:evidence-wanted'] === undefined)
    return afterSale.dispute === undefined ? 'unknown' : 'false'
  // Evidence was asked for, no deadline has passed, and it is not known whether it was given.
  return 'unknown'
}
