/**
 * Entry point of a child process that measures judge(). A fresh process, so the JIT has not been shaped by other
 * benchmarks.
 */
import type { Subject } from '#after-sale'
import { judge } from '#after-sale'
import { ARMED } from './armed-strategies'
import { generateSubjects } from './subjects'

const ROUND_MS = 500

export interface JudgingTask {
  readonly cases: number
  readonly rounds: number
}

export interface JudgingRates {
  /** Cases judged by the whole line-up per CPU second, one value per round. */
  readonly rates: readonly number[]
  /** Totals over all cases. */
  readonly verdicts: number
  readonly conditions: number
  /** Cases for which an action was chosen. */
  readonly acted: number
}

process.once('message', ({ cases, rounds }: JudgingTask) => {
  const subjects = generateSubjects(cases)
  measureRate(subjects) // Warm-up; the result is discarded.
  const rates = Array.from({ length: rounds }, () => measureRate(subjects))
  const verdicts = subjects.map((subject) => judge(subject, ARMED))
  const answer: JudgingRates = {
    rates,
    verdicts: verdicts.reduce((sum, caseVerdicts) => sum + caseVerdicts.length, 0),
    conditions: verdicts.reduce(
      (sum, caseVerdicts) => sum + caseVerdicts.reduce((n, verdict) => n + verdict.conditions.length, 0),
      0,
    ),
    acted: verdicts.filter((caseVerdicts) =>
      caseVerdicts.some(({ outcome, chosen }) => chosen === true && outcome === 'act'),
    ).length,
  }
  process.send?.(answer, () => process.exit(0))
})

/** Uses CPU time, not wall-clock time, so other load on the machine does not count. */
function measureRate(subjects: readonly Subject[]): number {
  let judged = 0
  let verdictCount = 0
  const from = process.cpuUsage()
  let ms = 0
  while (ms < ROUND_MS) {
    for (let times = 0; times < 8; times++) for (const subject of subjects) verdictCount += judge(subject, ARMED).length
    judged += subjects.length * 8
    const { user, system } = process.cpuUsage(from)
    ms = (user + system) / 1_000
  }
  // Use the result, so the JIT cannot drop the calls.
  if (verdictCount < 0) throw new Error('negative count of verdicts')
  return (judged * 1_000) / ms
}
