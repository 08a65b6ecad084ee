import { warn, noObjection, refuse, type Guard } from './guard'

const isBlank = (text: string): boolean => text.trim() === ''

/** R036, R056: a rejection needs a reason, an explanation, and the evidence that its reason requires. */
export const rejectionIsComplete: Guard = ({ action, facts }) => {
  if (action.name !== 'reject') return noObjection
  const evidence =
    action.evidence.length > 0 || facts.evidenceWanted === false
      ? noObjection
      : facts.evidenceWanted === true
        ? refuse('EvidenceMissing', 'R056')
        : warn('CannotBeToldApart', 'R056')
  return [
    ...(isBlank(action.reason) ? refuse('ReasonMissing', 'R036') : noObjection),
    ...(isBlank(action.explanation) ? refuse('ExplanationMissing', 'R036') : noObjection),
    ...evidence,
  ]
}
