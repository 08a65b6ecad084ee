import type { AfterSaleCase } from '../case'
import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { EvidenceRequest } from './places'
import type { EvidenceTerms } from './terms'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

/** When a place stops accepting evidence, and how that is known. */
export interface EvidenceClosing {
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
}

/**
 * When a place stops accepting evidence: 48 hours after its request (R125), unless the platform gives another time.
 * `undefined` where the time of the request is unknown.
 */
export function closingOf(
  request: EvidenceRequest,
  terms: EvidenceTerms = DEFAULT_EVIDENCE_TERMS,
): EvidenceClosing | undefined {
  if (request.due !== undefined) return { due: request.due, source: 'OBSERVED', rule: 'R125' }
  if (request.askedAt === undefined) return undefined
  return { due: request.askedAt + terms.window.value, source: 'ASSUMED', rule: 'R125' }
}

/** R125: from the due time on, no evidence is accepted; `undefined` where that time is unknown. */
export function isClosed(request: EvidenceRequest, now: Instant, terms?: EvidenceTerms): boolean | undefined {
  const closing = closingOf(request, terms)
  return closing === undefined ? undefined : now >= closing.due
}

/** The request for evidence by the case itself (R046). Requests by work orders and appeals are attested separately. */
export function evidenceWantedBy(afterSale: AfterSaleCase): EvidenceRequest | undefined {
  if (afterSale.dispute?.stage !== 'evidence-wanted') return undefined
  const { id, evidenceDue } = afterSale.dispute
  const askedAt = requestTimeOf(afterSale)
  return {
    place: 'case-detail',
    ...(id === undefined ? {} : { number: id }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...(evidenceDue === undefined ? {} : { due: evidenceDue }),
  }
}

/**
 * When the current request was made. `reached` keeps only the first time of a stage: where evidence was given since,
 * the current request is a second one, and its time is unknown.
 */
function requestTimeOf({ reached }: AfterSaleCase): Instant | undefined {
  const firstAskedAt = reached['dispute:evidence-wanted']
  if (firstAskedAt === undefined) return undefined
  const givenAt = reached['dispute:evidence-given']
  return givenAt !== undefined && givenAt > firstAskedAt ? undefined : firstAskedAt
}
