import { negotiationOf } from '../../negotiation/rounds'
import { careful, fine, no, type Guard } from './guard'

/**
 * R052, R054: a round can start when the buyer has replied or the time to reply is over; the second needs evidence
 * where the platform asks for it. The number of rounds is limited by the marketplace itself.
 */
export const negotiationContinues: Guard = ({ action, facts, terms, now }) => {
  if (action.name !== 'negotiate' || terms.negotiation === undefined || facts.rounds === undefined) return fine
  const { waiting, rounds } = negotiationOf(facts.rounds, terms.negotiation, now)
  if (waiting) return no('BuyerMayStillReply', 'R052')
  if (rounds.length === 0 || action.evidence.length > 0 || facts.evidenceWanted === false) return fine
  return facts.evidenceWanted === true ? no('EvidenceMissing', 'R054') : careful('CannotBeToldApart', 'R054')
}
