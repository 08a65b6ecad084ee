import { join } from 'node:path'
import { runTask } from '../child'
import type { Figure } from '../figure'
import { median } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ARMED } from './armed-strategies'
import type { JudgingRates, JudgingTask } from './judging-process'

const LIMIT = 200_000
const TASK: JudgingTask = { cases: 512, rounds: 9 }

/** Cases per second on one core, judged by the whole line-up with every strategy armed and every condition traced. */
export async function verdicts(_server: BenchServer, _scale: Scale): Promise<Figure[]> {
  const {
    rates,
    verdicts: count,
    conditions,
    acted,
  } = await runTask<JudgingRates>(join(__dirname, 'judging-process.js'), TASK)
  const value = median([...rates])
  return [
    {
      figure: 'verdicts',
      value,
      unit: 'cases/s',
      against: 'a limit',
      peer: LIMIT,
      ratio: value / LIMIT,
      atLeast: 1,
      remarks: [
        `${TASK.rounds} rounds: ${Math.round(Math.min(...rates))}–${Math.round(Math.max(...rates))} whole line-ups a second of one core`,
        `${ARMED.length} strategies; of a case ${(count / TASK.cases).toFixed(1)} verdicts with ${(conditions / TASK.cases).toFixed(1)} conditions; ${acted} of ${TASK.cases} cases are acted upon`,
      ],
    },
  ]
}
