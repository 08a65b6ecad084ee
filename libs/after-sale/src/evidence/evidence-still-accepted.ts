import type { Guard, Objection } from '../actions/guards/guard'
import { warn, noObjection, refuse } from '../actions/guards/guard'
import type { EvidencePlace, EvidenceRequest } from './places'
import { evidenceWantedBy, isClosed } from './requests'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

/** R046, R125: evidence is submitted only where it is asked for, and only until that place closes. */
export const evidenceStillAccepted: Guard = ({ afterSale, action, facts, terms, now }) => {
  if (action.name !== 'submit-evidence' && action.name !== 'answer-work-order') return noObjection
  const place: EvidencePlace = action.name === 'answer-work-order' ? 'work-order' : 'case-detail'
  const wanted = requestOf(place, facts.evidenceAsked ?? [], evidenceWantedBy(afterSale))
  if (wanted === undefined) return withoutRequest(place, afterSale.dispute?.stage !== undefined)
  const closed = isClosed(wanted, now, terms.evidence ?? DEFAULT_EVIDENCE_TERMS)
  if (closed === undefined) return warn('CannotBeToldApart', 'R125')
  return closed ? refuse('EvidenceClosed', 'R125') : noObjection
}

/** Of several requests by one place, the one that closes last, since it can still be answered. */
function requestOf(
  place: EvidencePlace,
  asked: readonly EvidenceRequest[],
  byTheCase: EvidenceRequest | undefined,
): EvidenceRequest | undefined {
  const here = asked.filter((request) => request.place === place)
  if (byTheCase !== undefined && (place === 'case-detail' || here.length === 0)) here.push(byTheCase)
  return here.reduce<EvidenceRequest | undefined>(
    (last, one) => (last === undefined || timeOf(one) > timeOf(last) ? one : last),
    undefined,
  )
}

const timeOf = (request: EvidenceRequest): number => request.due ?? request.askedAt ?? Infinity

/**
 * The objection where no request is known. Work orders are not part of the case, so an unattested one may still exist
 * (R126).
 */
const withoutRequest = (place: EvidencePlace, disputeIsReported: boolean): readonly Objection[] =>
  place === 'case-detail' && disputeIsReported ? refuse('NotInThisStatus', 'R046') : warn('CannotBeToldApart', 'R126')
