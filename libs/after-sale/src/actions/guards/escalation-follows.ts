import { careful, fine, type Guard } from '../guard'

/** R017, R018, R029: a rejection opens the platform's door to the buyer, and that costs the shop's dispute refund rate. */
export const escalationFollows: Guard = ({ action }) =>
  action.name === 'reject' ? careful('BuyerMayEscalate', 'R017') : fine
