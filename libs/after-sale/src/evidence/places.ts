import type { Instant } from '../facets'
import type { Term } from '../glossary/vocabulary'

/**
 * The three places that ask the merchant for evidence (R064). Evidence that was missed in one does not count in the
 * next (R065).
 */
export type EvidencePlace = 'case-detail' | 'work-order' | 'appeal'

export const EVIDENCE_PLACES: Readonly<Record<EvidencePlace, Term>> = {
  'case-detail': { zh: '售后详情', en: 'the case itself' },
  'work-order': { zh: '工单管理', en: 'a work order' },
  appeal: { zh: '申诉页面', en: 'an appeal' },
}

/** One request for evidence. UTC ms. */
export interface EvidenceRequest {
  readonly place: EvidencePlace
  /** The platform's number of the work order or arbitration, where it gives one. */
  readonly number?: string
  /** When it was asked for; absent: not known. */
  readonly askedAt?: Instant
  /** The platform's own deadline; takes precedence over any rule. */
  readonly due?: Instant
}
