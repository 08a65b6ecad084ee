import { negotiationOf } from '../../negotiation/rounds'
import { careful, fine, no, type Guard } from './guard'

/**
 * R048, R055: where the marketplace has a negotiation, its rounds come before a rejection; R016, R052: no rejection
 * while the buyer may reply.
 */
export const roundsBeforeRejecting: Guard = ({ action, facts, terms, now }) => {
  if (action.name !== 'reject' || terms.negotiation === undefined) return fine
  if (facts.rounds === undefined) return careful('CannotBeToldApart', 'R055')
  const { waiting, mayReject } = negotiationOf(facts.rounds, terms.negotiation, now)
  if (waiting) return no('BuyerMayStillReply', 'R052')
  return mayReject ? fine : no('NotNegotiatedYet', 'R055')
}
