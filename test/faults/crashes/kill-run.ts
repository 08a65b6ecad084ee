import { Chance } from '../../../apps/simulator/src/random'
import { until } from '../../processes/asking'
import { openProcessDeployment, type ProcessDeployment } from '../../processes/process-deployment'
import type { Role } from '../../processes/real-process'

export interface KillRunOptions {
  readonly seed: string
  /** Messages that the marketplaces announce, more or less. */
  readonly messages: number
  readonly kills: number
  readonly say?: (line: string) => void
}

export interface KillRunReport {
  readonly seed: string
  readonly cases: number
  readonly announced: number
  readonly acknowledged: number
  readonly refused: Readonly<Record<string, number>>
  readonly killed: readonly string[]
  /** From the start of the process to its first answer, ms; the longest. */
  readonly slowestStartMs: number
  readonly tookMs: number
  /** Empty: every case is in the queue with the marketplace's status, money and deadline, and nothing was lost. */
  readonly wrong: readonly string[]
}

const WAITING_AT_MOST = 300

/** Who is killed shall have been at work: trade waits for those who are being started anew. */
const untilMostIsTold = ({ simulator: { douyin, pinduoduo } }: ProcessDeployment): Promise<void> =>
  until('the messages flow', () => douyin.pushes.backlog + pinduoduo.messages.backlog < WAITING_AT_MOST, 90_000)

/**
 * F2: trade goes on over the real protocols, pushes are lost, doubled, late and out of order, and gateway or worker are
 * killed at random points of it and started anew. The same seed kills the same process after the same message.
 */
export async function killRun(
  url: string,
  { seed, messages, kills, say = () => undefined }: KillRunOptions,
): Promise<KillRunReport> {
  const started = performance.now()
  const deployment = await openProcessDeployment(url, seed)
  const draw = new Chance(seed).draw('kills')
  const points = Array.from({ length: kills }, () => draw.between(0, messages - 1)).sort((a, b) => a - b)
  const victims = points.map((): Role => (draw.chance(0.6) ? 'worker' : 'gateway'))
  const killed: string[] = []
  const starts: Promise<number>[] = []
  try {
    const step = 8
    for (let told = 0; told < messages; told = deployment.simulator.world.announced) {
      deployment.liveOn(step, 12_000)
      await untilMostIsTold(deployment)
      while (killed.length < kills && (points[killed.length] ?? Infinity) <= told) {
        const role = victims[killed.length] ?? 'worker'
        await deployment.now[role].kill()
        killed.push(`${role}@${told}`)
        say(`killed the ${role} after ${told} of ${messages} messages`)
        starts.push(deployment.start(role).startedIn)
      }
    }
    const slowestStartMs = Math.max(0, ...(await Promise.all(starts)))
    say(
      `${deployment.simulator.world.size} cases, ${deployment.simulator.world.announced} messages, ${killed.length} kills; now they must agree`,
    )
    const wrong = await deployment.whatIsWrong()
    const { delivered, told } = deployment.witness.acknowledged
    return {
      seed,
      cases: deployment.simulator.world.size,
      announced: deployment.simulator.world.announced,
      acknowledged: delivered.size + told.size,
      refused: deployment.witness.refused.byStatus,
      killed,
      slowestStartMs: Math.round(slowestStartMs),
      tookMs: Math.round(performance.now() - started),
      wrong:
        wrong.length === 0
          ? []
          : [...wrong, deployment.now.worker.said().slice(-2_000), deployment.now.gateway.said().slice(-1_000)],
    }
  } finally {
    await deployment.close()
  }
}
