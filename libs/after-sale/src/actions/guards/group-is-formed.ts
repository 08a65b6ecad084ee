import { groupFormedOf } from '../../group/group'
import { careful, fine, no, type Guard } from '../guard'

/** R109: the order of a group that is not formed yet cannot be refunded; R111: the platform does it, if it never forms. */
export const groupIsFormed: Guard = ({ action, file, facts, terms }) => {
  if (action.name !== 'approve-refund' || terms.group === undefined) return fine
  const formed = groupFormedOf(file, facts.groupFormed)
  if (formed === 'unknown') return careful('CannotBeToldApart', 'R109')
  return formed === 'true' ? fine : no('GroupNotFormed', 'R109')
}
