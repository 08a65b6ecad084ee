import { groupFormedOf } from '../../group/group'
import { noObjection, refuse, type Guard } from './guard'

/**
 * R109: the order of a group that is not formed yet cannot be refunded; R111: if the group never forms, the platform
 * refunds. Where it is unknown whether the group is formed, nothing is blocked: the marketplace itself refuses a refund
 * that is too early.
 */
export const groupIsFormed: Guard = ({ action, afterSale, facts, terms }) => {
  if (action.name !== 'approve-refund' || terms.group === undefined) return noObjection
  return groupFormedOf(afterSale, facts.groupFormed) === 'false' ? refuse('GroupNotFormed', 'R109') : noObjection
}
