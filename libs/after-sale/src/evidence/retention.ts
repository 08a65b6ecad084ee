import type { AfterSaleCase } from '../case'
import { deadlinesOf } from '../deadlines/deadlines'
import type { Instant } from '../facets'
import { isFinal } from '../turn'
import type { EvidenceRequest } from './places'
import { closingOf, evidenceWantedBy } from './requests'
import type { EvidenceTerms } from './terms'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

/**
 * Until when the evidence of a case is kept, UTC ms: the last time at which it may still be asked for, plus a margin.
 * An open case ends no earlier than `now`, so the result grows with `now` until the case has ended. It never shrinks
 * while the facts stay the same.
 */
export function keepUntilOf(
  afterSale: AfterSaleCase,
  now: Instant,
  attestedRequests: readonly EvidenceRequest[] = [],
  terms: EvidenceTerms = DEFAULT_EVIDENCE_TERMS,
): Instant {
  const caseRequest = evidenceWantedBy(afterSale)
  const closings = [...(caseRequest === undefined ? [] : [caseRequest]), ...attestedRequests].map(
    (request) => closingOf(request, terms)?.due ?? now,
  )
  const dues = deadlinesOf(afterSale).map(({ due }) => due)
  const end = isFinal(afterSale) ? endedAtOf(afterSale, now) : Math.max(now, ...dues)
  return Math.max(end + terms.afterEnd.value, ...closings) + terms.margin.value
}

/** When the final status was first reported; where that is unknown, the latest possible time. */
const endedAtOf = (afterSale: AfterSaleCase, now: Instant): Instant =>
  (afterSale.status === undefined ? undefined : afterSale.reached[`status:${afterSale.status.raw}`]) ??
  afterSale.lastSeen?.revision ??
  now
