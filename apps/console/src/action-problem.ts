import { ACTION_WARNINGS, REFUSALS } from '#after-sale'
import type { ActionOutcome } from '#case-handling'
import { Problem, nothingThere } from './problem.filter'

type Refused = Extract<ActionOutcome, { type: 'refused' }>

/** Why it was not done, with the rule behind it and what has to be confirmed first, as members of the problem (RFC 9457). */
export function actionProblem({ reason, rule, warnings = [] }: Refused): Problem {
  if (reason === 'NoSuchCase' || reason === 'NoSuchIntent') return nothingThere()
  const status = reason === 'CouldNotBeWritten' ? 500 : 409
  const detail =
    reason === 'AnotherIntent'
      ? 'This id stands for another action already. Give each action an id of its own.'
      : reason === 'CouldNotBeWritten'
        ? 'The action could not be written down, so it will not be done.'
        : `Not done: ${REFUSALS[reason].en}.`
  return new Problem(status, detail, undefined, {
    reason,
    rule: rule ?? null,
    warnings: warnings.map((warning) => ({ warning, ...ACTION_WARNINGS[warning] })),
  })
}
