import type { Instant } from '../facets'
import type { Term } from '../glossary/vocabulary'

/** The three places that ask the merchant for evidence (R064). What is missed in one is missing in the next (R065). */
export type EvidencePlace = 'case-detail' | 'work-order' | 'appeal'

export const EVIDENCE_PLACES: Readonly<Record<EvidencePlace, Term>> = {
  'case-detail': { zh: '售后详情', en: 'the case itself' },
  'work-order': { zh: '工单管理', en: 'a work order' },
  appeal: { zh: '申诉页面', en: 'an appeal' },
}

/** One place wants evidence. UTC ms. */
export interface EvidenceRequest {
  readonly place: EvidencePlace
  /** The platform's number of the work order or arbitration, where it gives one. */
  readonly number?: string
  /** When it was asked for; absent: not known. */
  readonly askedAt?: Instant
  /** Until when, in the platform's own words; wins over any rule. */
  readonly due?: Instant
}
