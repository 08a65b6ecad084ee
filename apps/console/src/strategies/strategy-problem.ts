import type { SettingProblem as DocumentProblem } from '#after-sale'
import { SETTING_PROBLEMS } from '#after-sale'
import type { StrategyAnswer, StrategyRefusal } from '#case-handling'
import type { ProblemCode } from '../problems/problem-codes'
import type { Problem } from '../problems/problem.filter'
import { notFound, problemOf } from '../problems/problem.filter'

const DETAIL_OF_REFUSAL: Readonly<Record<Exclude<StrategyRefusal, 'NoSuchStrategy'>, string>> = {
  NoSuchPolicy: 'Unknown policy. GET /api/policies lists the policies.',
  NotUsable: 'The document is invalid. `errors` names the settings.',
  TrialMissing: 'Arming live requires a trial of this version first.',
  TrialOfAnotherVersion: 'The trial was of another version; a version must be tried before it is armed.',
  TrialNotDone: 'The trial is not finished, or it failed. A failed trial can be run again.',
  TrialWithoutThisStore: 'The trial did not cover all of these stores.',
  ChangedMeanwhile: 'Another operator has changed this meanwhile. Reload and try again.',
  NotGrantedHere: 'The main account has not granted you the strategies of these stores (R160).',
  CapMissing: 'Arming live requires a daily cap for each store, in fen.',
}

const CODE_OF_REFUSAL: Readonly<Record<Exclude<StrategyRefusal, 'NoSuchStrategy'>, ProblemCode>> = {
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

/** The refusal as a problem, with every setting that is wrong. */
export function strategyProblem(
  reason: StrategyRefusal,
  problems: readonly DocumentProblem[] = [],
  within = 'settings',
): Problem {
  if (reason === 'NoSuchStrategy') return notFound()
  const errors = problems.map(({ at, problem }) => ({
    code: 'not-usable' as const,
    pointer: at === '' ? `#/${within}` : `#/${within}/${at}`,
    detail: SETTING_PROBLEMS[problem].en,
  }))
  return problemOf(CODE_OF_REFUSAL[reason], {
    detail: DETAIL_OF_REFUSAL[reason],
    ...(errors.length === 0 ? {} : { errors }),
  })
}

/** The outcome of a command that was carried out. @throws Problem if it was refused */
export function requireKept<T>(outcome: StrategyAnswer<T>): T {
  if (outcome.type === 'kept') return outcome
  throw strategyProblem(outcome.reason, outcome.problems)
}
