import { negotiationOf } from '../../negotiation/rounds'
import { warn, noObjection, refuse, type Guard } from './guard'

/**
 * R052, R054: a round can start when the buyer has replied or the time to reply is over; the second needs evidence
 * where the platform asks for it. The number of rounds is limited by the marketplace itself.
 */
export const negotiationContinues: Guard = ({ action, facts, terms, now }) => {
  if (action.name !== 'negotiate' || terms.negotiation === undefined || facts.rounds === undefined) return noObjection
  const { waiting, rounds } = negotiationOf(facts.rounds, terms.negotiation, now)
  if (waiting) return refuse('BuyerMayStillReply', 'R052')
  if (rounds.length === 0 || action.evidence.length > 0 || facts.evidenceWanted === false) return noObjection
  return facts.evidenceWanted === true ? refuse('EvidenceMissing', 'R054') : warn('CannotBeToldApart', 'R054')
}
