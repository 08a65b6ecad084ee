import type { AfterSaleCase } from '../case'
import { reasonClassOf } from '../store-terms/reason-class'
import type { ReasonClass } from '../store-terms/store-terms'
import { intervened } from './disputes'
import type { TermsOf } from './reasons'

/** The two causes of complaints to avoid, and the rest (R094). */
export type ComplaintCause = 'logistics' | 'abnormal-reason' | 'something-else'

const CAUSE_OF: Readonly<Record<ReasonClass, ComplaintCause>> = {
  logistics: 'logistics',
  'not-as-described': 'abnormal-reason',
  'wrong-goods': 'abnormal-reason',
  'no-reason': 'something-else',
  quality: 'something-else',
  damaged: 'something-else',
  other: 'something-else',
}

/**
 * R094, R096: cases that the buyer escalated to the platform, by what they are about. No marketplace reports complaints
 * outside the case, so an escalated case counts as one. `unknown`: escalated for an unknown reason, or unknown whether
 * escalated.
 */
export function complaintsByCause(
  cases: readonly AfterSaleCase[],
  termsOf: TermsOf,
): Readonly<Record<ComplaintCause, number>> & { readonly unknown: number } {
  const counts = { logistics: 0, 'abnormal-reason': 0, 'something-else': 0, unknown: 0 }
  for (const afterSale of cases) {
    const escalated = intervened(afterSale)
    if (escalated === 'false') continue
    const reasonClass = escalated === 'true' ? reasonClassOf(afterSale, termsOf(afterSale)) : undefined
    counts[reasonClass === undefined ? 'unknown' : CAUSE_OF[reasonClass]] += 1
  }
  return counts
}
