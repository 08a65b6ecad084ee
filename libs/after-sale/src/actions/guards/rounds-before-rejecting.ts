import { negotiationOf } from '../../negotiation/rounds'
import { warn, noObjection, refuse, type Guard } from './guard'

/**
 * R048, R055: where the marketplace has a negotiation, its rounds come before a rejection; R016, R052: no rejection
 * while the buyer may reply.
 */
export const roundsBeforeRejecting: Guard = ({ action, facts, terms, now }) => {
  if (action.name !== 'reject' || terms.negotiation === undefined) return noObjection
  if (facts.rounds === undefined) return warn('CannotBeToldApart', 'R055')
  const { waiting, mayReject } = negotiationOf(facts.rounds, terms.negotiation, now)
  if (waiting) return refuse('BuyerMayStillReply', 'R052')
  return mayReject ? noObjection : refuse('NotNegotiatedYet', 'R055')
}
