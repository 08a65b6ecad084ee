import type { Guard, Objection } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import type { EvidencePlace, EvidenceRequest } from './places'
import { evidenceWantedBy, isClosed } from './requests'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

/** R046, R125: evidence is submitted only where it is asked for, and only until that place closes. */
export const evidenceStillAccepted: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (action.name !== 'submit-evidence' && action.name !== 'answer-work-order') return noObjection
  const place: EvidencePlace = action.name === 'answer-work-order' ? 'work-order' : 'case-detail'
  const request = requestOf(place, facts.evidenceAsked ?? [], evidenceWantedBy(afterSale))
  if (request === undefined) return objectionWithoutRequest(place, afterSale.dispute?.stage !== undefined)
  const hasClosed = isClosed(request, now, terms.evidence ?? DEFAULT_EVIDENCE_TERMS)
  if (hasClosed === undefined) return warn('CannotBeToldApart', 'R125')
  return hasClosed ? refuse('EvidenceClosed', 'R125') : noObjection
}

/** Of several requests by one place, the one that closes last, since it can still be answered. */
function requestOf(
  place: EvidencePlace,
  attestedRequests: readonly EvidenceRequest[],
  caseRequest: EvidenceRequest | undefined,
): EvidenceRequest | undefined {
  const requestsHere = attestedRequests.filter((request) => request.place === place)
  if (caseRequest !== undefined && (place === 'case-detail' || requestsHere.length === 0))
    requestsHere.push(caseRequest)
  return requestsHere.reduce<EvidenceRequest | undefined>(
    (latest, candidate) =>
      latest === undefined || closingOrderOf(candidate) > closingOrderOf(latest) ? candidate : latest,
    undefined,
  )
}

/** Orders requests by when they close. One of unknown time may be open longest, so it counts as last. */
const closingOrderOf = (request: EvidenceRequest): number => request.due ?? request.askedAt ?? Infinity

/**
 * The objection where no request is known. Work orders are not part of the case, so an unattested one may still exist
 * (R126).
 */
const objectionWithoutRequest = (place: EvidencePlace, disputeIsReported: boolean): readonly Objection[] =>
  place === 'case-detail' && disputeIsReported ? refuse('NotInThisStatus', 'R046') : warn('CannotBeToldApart', 'R126')
