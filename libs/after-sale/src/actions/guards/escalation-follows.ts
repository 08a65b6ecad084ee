import { careful, fine, type Guard } from './guard'

/**
 * R017, R018, R029: a rejection lets the buyer escalate to the platform, which affects the store's dispute refund rate.
 */
export const escalationFollows: Guard = ({ action }) =>
  action.name === 'reject' ? careful('BuyerMayEscalate', 'R017') : fine
