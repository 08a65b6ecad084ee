/** Judges in a process of its own, where nothing else has taught the compiler what cases look like; answers once. */
import type { Subject } from '#after-sale'
import { judge } from '#after-sale'
import { ARMED } from './armed'
import { subjectsOf } from './subjects'

const ROUND_MS = 500

export interface JudgingTask {
  readonly cases: number
  readonly rounds: number
}

/** Whole line-ups a second of one core, a round each; of all cases, how much was said of them. */
export interface JudgingRates {
  readonly rates: readonly number[]
  readonly verdicts: number
  readonly conditions: number
  readonly acted: number
}

process.once('message', ({ cases, rounds }: JudgingTask) => {
  const subjects = subjectsOf(cases)
  rateOf(subjects)
  const rates = Array.from({ length: rounds }, () => rateOf(subjects))
  const said = subjects.map((subject) => judge(subject, ARMED))
  const answer: JudgingRates = {
    rates,
    verdicts: said.reduce((sum, one) => sum + one.length, 0),
    conditions: said.reduce((sum, one) => sum + one.reduce((n, verdict) => n + verdict.conditions.length, 0), 0),
    acted: said.filter((one) => one.some(({ outcome, chosen }) => chosen === true && outcome === 'act')).length,
  }
  process.send?.(answer, () => process.exit(0))
})

/** By the time of the processor, not of the clock on the wall: what else the machine does is not measured. */
function rateOf(subjects: readonly Subject[]): number {
  let judged = 0
  let kept = 0
  const from = process.cpuUsage()
  let ms = 0
  while (ms < ROUND_MS) {
    for (let times = 0; times < 8; times++) for (const subject of subjects) kept += judge(subject, ARMED).length
    judged += subjects.length * 8
    const { user, system } = process.cpuUsage(from)
    ms = (user + system) / 1_000
  }
  // What nobody looks at may be left out by whoever compiles it.
  if (kept < 0) throw new Error('less than nothing')
  return (judged * 1_000) / ms
}
