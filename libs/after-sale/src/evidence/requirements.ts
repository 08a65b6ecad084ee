import type { AppealKind } from '../actions/action'
import type { AfterSaleCase } from '../case'
import type { RuleId } from '../policies/framework/condition'
import type { EvidenceSubject } from './subjects'

/** A requirement for a pack: it must show one of these subjects. `must`: without it the pack is not complete. */
export interface EvidenceRequirement {
  readonly anyOf: readonly EvidenceSubject[]
  readonly need: 'must' | 'helps'
  readonly rule: RuleId
}

const must = (rule: RuleId, ...anyOf: EvidenceSubject[]): EvidenceRequirement => ({ anyOf, need: 'must', rule })
const helps = (rule: RuleId, ...anyOf: EvidenceSubject[]): EvidenceRequirement => ({ anyOf, need: 'helps', rule })

/** R124: after an intervention the work order asks for a third party's voucher. */
export const WORK_ORDER_REQUIREMENTS: readonly EvidenceRequirement[] = [
  must('R124', 'stamped-proof', 'delivery-slip', 'third-party-voucher'),
  helps('R031', 'chat-record'),
  helps('R143', 'goods-picture', 'unboxing-video'),
]

/** R046: the case itself asks for an account of what happened. */
export const CASE_REQUIREMENTS: readonly EvidenceRequirement[] = [
  must(
    'R046',
    'chat-record',
    'goods-picture',
    'unboxing-video',
    'stamped-proof',
    'delivery-slip',
    'third-party-voucher',
  ),
  helps('R031', 'chat-record'),
  helps('R143', 'goods-picture', 'unboxing-video'),
]

/** R141: tracking number, pictures, videos. */
export const INTERVENTION_REQUIREMENTS: readonly EvidenceRequirement[] = [
  must('R141', 'goods-picture', 'unboxing-video', 'chat-record'),
  helps('R141', 'tracking-number', 'delivery-slip'),
  helps('R141', 'unboxing-video'),
  helps('R144', 'chat-record'),
]

/** R173: refusing returned goods requires proof of the state in which they arrived. */
export const RETURN_REFUSED_REQUIREMENTS: readonly EvidenceRequirement[] = [
  must('R173', 'stamped-proof', 'unboxing-video'),
  helps('R173', 'goods-picture'),
]

const KINDS_SENT_BACK = new Set(['return-and-refund', 'exchange', 'repair'])

/**
 * What an appeal asks for: for goods that were to be returned, proof that the address was given (R063); for money,
 * proof of what was deducted (R078).
 */
export function appealRequirementsOf(
  afterSale: AfterSaleCase,
  kinds: readonly AppealKind[],
): readonly EvidenceRequirement[] {
  const comesBack = afterSale.kind !== undefined && KINDS_SENT_BACK.has(afterSale.kind.kind)
  const aboutMoney = kinds.some((kind) => kind === 'freight' || kind === 'other')
  return [
    ...(comesBack ? [must('R063', 'return-address-notice')] : []),
    ...(aboutMoney ? [must('R078', 'payment-record')] : []),
    must(
      'R066',
      'goods-picture',
      'unboxing-video',
      'stamped-proof',
      'delivery-slip',
      'third-party-voucher',
      'chat-record',
    ),
    helps('R031', 'chat-record'),
  ]
}
