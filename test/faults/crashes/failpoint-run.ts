import { Chance } from '../../../apps/simulator/src/random'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import type { Role } from '../../processes/real-process'

/** Every step at which the power can be cut, and whose; on which pass at most, so that a small trade still comes by. */
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
  /** Where each process ended, in order; all by SIGKILL at the named point. */
  readonly cuts: readonly string[]
  readonly cases: number
  readonly wrong: readonly string[]
}

const PASSES_WITHIN_MS = 240_000

/**
 * F1: one process after the other is started with a failpoint, works until it dies of it, and is followed by the next
 * one with the next. What one left half done, the next must find whole or not begun.
 */
export async function failpointRun(
  url: string,
  { seed, points = FAILPOINTS }: { readonly seed: string; readonly points?: typeof FAILPOINTS },
): Promise<FailpointReport> {
  const deployment = await openProcessDeployment(url, seed)
  const draw = new Chance(seed).draw('failpoints')
  const cuts: string[] = []
  try {
    for (const [name, role, latestPass] of points) {
      const pass = draw.between(1, latestPass)
      startWhoIsGone(deployment, role)
      await deployment.now[role].kill()
      const victim = deployment.start(role, { FAILPOINT: `${name}:${pass}` })
      await victim.startedIn
      await untilItEnds(`${name}:${pass}`, victim.ended, () => {
        tradeOn(deployment)
        // Silent merchants, so that deadlines pass.
        if (name.startsWith('fire')) deployment.simulator.clock.advance(3 * 3_600_000)
      })
      cuts.push(`${role} ${name} ${await victim.untilEnded(1_000)}`)
    }
    startWhoIsGone(deployment)
    const wrong = await deployment.whatIsWrong()
    const said = wrong.length === 0 ? [] : [deployment.now.worker.said().slice(-2_000)]
    return { seed, cuts, cases: deployment.simulator.world.size, wrong: [...wrong, ...said] }
  } finally {
    await deployment.close()
  }
}

function startWhoIsGone(deployment: ProcessDeployment, except?: Role): void {
  for (const role of ['gateway', 'worker'] as const)
    if (role !== except && deployment.now[role].ended()) deployment.start(role)
}

/** Messages that wait for their acknowledgement at most. */
const WAITING_AT_MOST = 60

/** Time passes; buyers apply unless many messages wait already. So a slow machine does not get more cases than a fast one. */
function tradeOn(deployment: ProcessDeployment): void {
  const { douyin, pinduoduo, clock } = deployment.simulator
  if (douyin.pushes.backlog + pinduoduo.messages.backlog < WAITING_AT_MOST) deployment.liveOn(3, 20_000)
  else clock.advance(20_000)
}

/** Trade goes on, so that the process comes by its point, until it has. */
async function untilItEnds(point: string, ended: () => boolean, trade: () => void): Promise<void> {
  const end = performance.now() + PASSES_WITHIN_MS
  while (!ended()) {
    if (performance.now() > end) throw new Error(`no process came by ${point}`)
    trade()
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}
