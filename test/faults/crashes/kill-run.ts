import { Chance } from '../../../apps/simulator/src/random'
import { waitUntil } from '../../processes/wait-until'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import type { Role } from '../../processes/real-process'

export interface KillRunOptions {
  readonly seed: string
  /** Roughly how many messages the marketplaces announce. */
  readonly messages: number
  readonly kills: number
  readonly log?: (line: string) => void
}

export interface KillRunReport {
  readonly seed: string
  readonly cases: number
  readonly announced: number
  readonly acknowledged: number
  readonly refused: Readonly<Record<string, number>>
  readonly killed: readonly string[]
  /** The longest time from the start of a process to its first answer, ms. */
  readonly slowestStartMs: number
  readonly tookMs: number
  /** Empty: every case is in the queue with the marketplace's status, money and deadline, and nothing was lost. */
  readonly wrong: readonly string[]
}

/** Fewer undelivered messages than this mean that every process is up. */
const MAX_UNDELIVERED = 300

/** Waits for a process that is restarting, so that every process is killed while it is working. */
const waitUntilMostAreDelivered = ({ simulator: { douyin, pinduoduo } }: ProcessDeployment): Promise<void> =>
  waitUntil('the messages flow', () => douyin.pushes.backlog + pinduoduo.messages.backlog < MAX_UNDELIVERED, 90_000)

/**
 * Fault F2: buyers apply, pushes are lost, doubled, late and out of order, and gateway or worker are killed at random moments
 * and restarted. The same seed kills the same process after the same message.
 */
export async function killRun(
  url: string,
  { seed, messages, kills, log = () => undefined }: KillRunOptions,
): Promise<KillRunReport> {
  const started = performance.now()
  const deployment = await openProcessDeployment(url, seed)
  const draw = new Chance(seed).draw('kills')
  const killPoints = Array.from({ length: kills }, () => draw.between(0, messages - 1)).sort((a, b) => a - b)
  const victims = killPoints.map((): Role => (draw.chance(0.6) ? 'worker' : 'gateway'))
  const killed: string[] = []
  const starts: Promise<number>[] = []
  try {
    // Small steps, so that a kill comes soon after its message.
    const announcedPerStep = 8
    for (let announced = 0; announced < messages; announced = deployment.simulator.world.announced) {
      deployment.trade(announcedPerStep, 12_000)
      await waitUntilMostAreDelivered(deployment)
      while (killed.length < kills && (killPoints[killed.length] ?? Infinity) <= announced) {
        const role = victims[killed.length] ?? 'worker'
        await deployment.now[role].kill()
        killed.push(`${role}@${announced}`)
        log(`killed the ${role} after ${announced} of ${messages} messages`)
        starts.push(deployment.start(role).startedIn)
      }
    }
    const slowestStartMs = Math.max(0, ...(await Promise.all(starts)))
    log(
      `${deployment.simulator.world.size} cases, ${deployment.simulator.world.announced} messages, ${killed.length} kills; comparing with the marketplaces`,
    )
    const wrong = await deployment.findProblems()
    const { delivered, messages: onSocket } = deployment.recordingProxy.acknowledged
    return {
      seed,
      cases: deployment.simulator.world.size,
      announced: deployment.simulator.world.announced,
      acknowledged: delivered.size + onSocket.size,
      refused: deployment.recordingProxy.refused.byStatus,
      killed,
      slowestStartMs: Math.round(slowestStartMs),
      tookMs: Math.round(performance.now() - started),
      wrong:
        wrong.length === 0
          ? []
          : [...wrong, deployment.now.worker.output().slice(-2_000), deployment.now.gateway.output().slice(-1_000)],
    }
  } finally {
    await deployment.close()
  }
}
