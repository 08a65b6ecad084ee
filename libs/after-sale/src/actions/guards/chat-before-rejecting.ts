import { warn, noObjection, refuse, type Guard } from './guard'

/**
 * R014, R015: no rejection without having talked to the buyer. A marketplace with its own negotiation requires a chat;
 * elsewhere a person may reject without one, at a risk (R090). R020: a chat without any offer is not enough, so the
 * buyer should be offered a solution first.
 */
export const chatBeforeRejecting: Guard = ({ action, facts, terms }) => {
  if (action.name !== 'reject') return noObjection
  if (facts.chatExists === undefined) return warn('CannotBeToldApart', 'R014')
  if (!facts.chatExists) return terms.negotiation ? refuse('NotNegotiatedYet', 'R014') : warn('NoChatYet', 'R090')
  return facts.rounds?.length === 0 ? warn('ContactBuyerFirst', 'R020') : noObjection
}
