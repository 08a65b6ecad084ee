import { ACTION_WARNINGS, REFUSALS } from '#after-sale'
import type { ActionRequestOutcome } from '#case-handling'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'

type RefusedOutcome = Extract<ActionRequestOutcome, { type: 'refused' }>

/** Refusals that are not the model's: what happened, and what to do. */
const REQUEST_REFUSALS = {
  AnotherIntent:
    'Another request already has this id, with another case, action, text, parameter or revision. Nothing was done. Send this request with an id of its own.',
  CouldNotBeWritten: 'The action could not be saved and will not be done.',
  StorePaused: 'The store is paused: nothing is sent to its marketplace. Resume it first.',
  StoreRemoved: 'The store was removed: its cases can be read, and nothing is sent any more.',
  ConfirmationNotForThis:
    'The confirmation was not given for this person, case, revision and action. Read the warnings and confirm with the new token.',
  ConfirmationExpired: 'The confirmation is older than ten minutes. Read the warnings and confirm with the new token.',
  ConfirmationOfOtherWarnings: 'There are warnings that were not confirmed. Read them and confirm with the new token.',
} as const satisfies Partial<Record<RefusedOutcome['reason'], string>>

const isRequestRefusal = (reason: RefusedOutcome['reason']): reason is keyof typeof REQUEST_REFUSALS =>
  Object.hasOwn(REQUEST_REFUSALS, reason)

/** Why an action was not done, as a sentence. */
export const refusalText = (reason: RefusedOutcome['reason']): string =>
  isRequestRefusal(reason) ? REQUEST_REFUSALS[reason] : `Not done: ${REFUSALS[reason].en}.`

/** The refusal with the rule behind it and what must be confirmed first, as extension members (RFC 9457). */
export function actionProblem({ reason, rule, warnings = [], confirmation }: RefusedOutcome): Problem {
  if (reason === 'NoSuchCase' || reason === 'NoSuchIntent') return notFound()
  if (reason === 'StorePaused') return problemOf('store-paused')
  if (reason === 'StoreRemoved') return problemOf('store-removed')
  return problemOf(reason === 'CouldNotBeWritten' ? 'could-not-be-written' : 'action-refused', {
    detail: refusalText(reason),
    more: {
      reason,
      rule: rule ?? null,
      warnings: warnings.map((warning) => ({ warning, ...ACTION_WARNINGS[warning] })),
      confirmation: confirmation ?? null,
    },
  })
}
