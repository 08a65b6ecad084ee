import { warn, noObjection, type Guard } from './guard'

/**
 * R017, R018, R029: a rejection lets the buyer escalate to the platform, which affects the store's dispute refund rate.
 */
export const escalationFollows: Guard = ({ action }) =>
  action.name === 'reject' ? warn('BuyerMayEscalate', 'R017') : noObjection
