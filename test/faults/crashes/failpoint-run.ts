import { Chance } from '../../../apps/simulator/src/random'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import type { Role } from '../../processes/real-process'

/**
 * Every failpoint with the process that has it. The process is killed on a random pass, at most `latestPass`: chosen so
 * that few cases are enough to get there.
 */
export const FAILPOINTS: readonly (readonly [name: string, role: Role, latestPass: number])[] = [
  ['intake.arrived', 'gateway', 20],
  ['intake.durable', 'gateway', 20],
  ['intake.arrived', 'worker', 20],
  ['intake.durable', 'worker', 20],
  ['receive.claimed', 'worker', 5],
  ['receive.understood', 'worker', 5],
  ['receive.written', 'worker', 5],
  ['receive.committed', 'worker', 5],
  ['read.answered', 'worker', 10],
  ['read.durable', 'worker', 10],
  ['fire.claimed', 'worker', 2],
  ['fire.written', 'worker', 2],
  ['pull.listed', 'worker', 3],
  ['pull.durable', 'worker', 3],
  ['pull.entered', 'worker', 3],
]

export interface FailpointReport {
  readonly seed: string
  /** Role, failpoint and signal of each process that ended, in order. */
  readonly exits: readonly string[]
  readonly cases: number
  readonly wrong: readonly string[]
}

const PASSES_WITHIN_MS = 240_000

/**
 * F1: starts one process after the other, each with the next failpoint, and lets it work until it is killed there. Its
 * successor must find every step either complete or not begun.
 */
export async function failpointRun(
  url: string,
  { seed, points = FAILPOINTS }: { readonly seed: string; readonly points?: typeof FAILPOINTS },
): Promise<FailpointReport> {
  const deployment = await openProcessDeployment(url, seed)
  const draw = new Chance(seed).draw('failpoints')
  const exits: string[] = []
  try {
    for (const [name, role, latestPass] of points) {
      const pass = draw.between(1, latestPass)
      restartEndedProcesses(deployment, role)
      await deployment.now[role].kill()
      const victim = deployment.start(role, { FAILPOINT: `${name}:${pass}` })
      await victim.startedIn
      await tradeUntilEnded(`${name}:${pass}`, victim.ended, () => {
        tradeUnlessBehind(deployment)
        // Time passes without an answer of the merchants, so that deadlines pass.
        if (name.startsWith('fire')) deployment.simulator.clock.advance(3 * 3_600_000)
      })
      exits.push(`${role} ${name} ${await victim.untilEnded(1_000)}`)
    }
    restartEndedProcesses(deployment)
    const wrong = await deployment.findProblems()
    const output = wrong.length === 0 ? [] : [deployment.now.worker.output().slice(-2_000)]
    return { seed, exits, cases: deployment.simulator.world.size, wrong: [...wrong, ...output] }
  } finally {
    await deployment.close()
  }
}

function restartEndedProcesses(deployment: ProcessDeployment, except?: Role): void {
  for (const role of ['gateway', 'worker'] as const)
    if (role !== except && deployment.now[role].ended()) deployment.start(role)
}

/** No new applications while more messages wait for their acknowledgement. */
const MAX_UNACKNOWLEDGED = 60

/** Time passes; buyers apply unless many messages wait already, so that a slow machine does not get more cases than a fast one. */
function tradeUnlessBehind(deployment: ProcessDeployment): void {
  const { douyin, pinduoduo, clock } = deployment.simulator
  if (douyin.pushes.backlog + pinduoduo.messages.backlog < MAX_UNACKNOWLEDGED) deployment.trade(3, 20_000)
  else clock.advance(20_000)
}

/** Trades until the process has reached its failpoint and ended. */
async function tradeUntilEnded(point: string, ended: () => boolean, trade: () => void): Promise<void> {
  const end = performance.now() + PASSES_WITHIN_MS
  while (!ended()) {
    if (performance.now() > end) throw new Error(`no process reached ${point}`)
    trade()
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
