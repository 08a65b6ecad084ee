import { careful, fine, no, type Guard } from './guard'

const blank = (text: string): boolean => text.trim() === ''

/** R036, R056: a rejection has a reason, an explanation, and the evidence that its reason requires. */
export const rejectionIsComplete: Guard = ({ action, facts }) => {
  if (action.name !== 'reject') return fine
  const evidence =
    action.evidence.length > 0 || facts.evidenceWanted === false
      ? fine
      : facts.evidenceWanted === true
        ? no('EvidenceMissing', 'R056')
        : careful('CannotBeToldApart', 'R056')
  return [
    ...(blank(action.reason) ? no('ReasonMissing', 'R036') : fine),
    ...(blank(action.explanation) ? no('ExplanationMissing', 'R036') : fine),
    ...evidence,
  ]
}
