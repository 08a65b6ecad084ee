import type { Problem as DocumentProblem } from '#after-sale'
import { PROBLEMS } from '#after-sale'
import type { StrategyAnswer, StrategyRefusal } from '#case-handling'
import type { ProblemCode } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'

const DETAILS: Readonly<Record<Exclude<StrategyRefusal, 'NoSuchStrategy'>, string>> = {
  NoSuchPolicy: 'There is no such policy. /api/policies lists them.',
  NotUsable: 'The document cannot be used as it is.',
  TrialMissing: 'Live needs a trial of this version first.',
  TrialOfAnotherVersion: 'The trial was of another version; what was not tried is not armed.',
  TrialNotDone: 'The trial is not finished, or it failed. One that failed can be run again.',
  TrialWithoutThisStore: 'The trial left out some of these stores.',
  ChangedMeanwhile: 'Somebody else has changed this meanwhile. Look again.',
  NotGrantedHere: 'The main account has not given you the strategies of these stores (R160).',
  CapMissing: 'Live needs a cap: what it may commit at each store a day, in fen.',
}

const CODES: Readonly<Record<Exclude<StrategyRefusal, 'NoSuchStrategy'>, ProblemCode>> = {
  NoSuchPolicy: 'no-such-policy',
  NotUsable: 'document-unusable',
  TrialMissing: 'trial-missing',
  TrialOfAnotherVersion: 'trial-missing',
  TrialNotDone: 'trial-missing',
  TrialWithoutThisStore: 'trial-missing',
  ChangedMeanwhile: 'changed-meanwhile',
  NotGrantedHere: 'not-granted',
  CapMissing: 'cap-missing',
}

/** What the one who asks is told, with every setting that is wrong. */
export function strategyProblem(
  reason: StrategyRefusal,
  problems: readonly DocumentProblem[] = [],
  within = 'settings',
): Problem {
  if (reason === 'NoSuchStrategy') return notFound()
  const errors = problems.map(({ at, problem }) => ({
    code: 'not-usable' as const,
    pointer: at === '' ? `#/${within}` : `#/${within}/${at}`,
    detail: PROBLEMS[problem].en,
  }))
  return problemOf(CODES[reason], { detail: DETAILS[reason], ...(errors.length === 0 ? {} : { errors }) })
}

/** What was done, or the refusal as a problem. */
export function keptOf<T>(outcome: StrategyAnswer<T>): T {
  if (outcome.type === 'kept') return outcome
  throw strategyProblem(outcome.reason, outcome.problems)
}
