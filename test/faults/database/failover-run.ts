import { Chance } from '../../../apps/simulator/src/random'
import { countAnswerRows, openServerPair } from './server-pair'
import type { ServerPair } from './server-pair'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { startTrading } from '../continuous-trade'
import type { ContinuousTrade } from '../continuous-trade'

/** `killed`: all its processes. `silent`: it hangs, and continues after the standby was promoted. */
export type EndOfPrimary = 'killed' | 'silent'

export interface FailoverReport {
  readonly seed: string
  readonly ends: readonly EndOfPrimary[]
  /** For each end of a primary: time to the next acknowledged delivery, ms, and thereof to the standby's promotion. */
  readonly pausesMs: readonly number[]
  readonly promotedAfterMs: readonly number[]
  readonly acknowledged: number
  /** Answers other than 200, by status; `none`: the connection was cut. */
  readonly refused: Readonly<Record<string, number>>
  readonly restarted: readonly string[]
  readonly wrong: readonly string[]
}

/**
 * F4: gateway and worker are under load when their primary ends and its synchronous standby takes over at the same
 * address. Everything acknowledged is there; what stale connections write to the former primary is not acknowledged.
 */
export async function failoverRun(
  folder: string,
  seed: string,
  ends: readonly EndOfPrimary[],
  log: (line: string) => void = () => undefined,
): Promise<FailoverReport> {
  const pair = await openServerPair(folder)
  const report = { pausesMs: [] as number[], promotedAfterMs: [] as number[] }
  try {
    const deployment = await openProcessDeployment(pair.url, seed, {})
    const trading = startTrading(deployment)
    try {
      for (const [i, end] of ends.entries()) {
        if (i > 0) await pair.addStandby()
        await trading.untilAcknowledgedMore(30)
        const { pauseMs, promotedMs } = await failover(pair, trading, end)
        report.pausesMs.push(pauseMs)
        report.promotedAfterMs.push(promotedMs)
        log(
          `${end}: ${pauseMs} ms until the next delivery was acknowledged, ${deployment.simulator.world.size} cases so far`,
        )
      }
      await trading.end()
      return {
        ...report,
        ...countAnswers(deployment),
        seed,
        ends,
        restarted: deployment.unexpectedEnds(),
        wrong: await deployment.findProblems(),
      }
    } finally {
      await trading.end()
      await deployment.close()
    }
  } finally {
    await pair.close()
  }
}

async function failover(
  pair: ServerPair,
  trading: ContinuousTrade,
  end: EndOfPrimary,
): Promise<{ pauseMs: number; promotedMs: number }> {
  const startedAt = performance.now()
  const resume = end === 'silent' ? pair.suspendPrimary() : await pair.killPrimary()
  const former = await pair.promote()
  const promotedMs = Math.round(performance.now() - startedAt)
  const pauseMs = Math.round(await trading.untilAcknowledged(startedAt))
  if (resume !== undefined) {
    // It continues as a primary, still with connections to it: it does not know that it was replaced.
    resume()
    await countAnswerRows(former.url, 'SELECT 1')
    await trading.untilAcknowledgedMore(30)
    // As a failover manager would, which fences the former primary.
    await former.kill()
  }
  await trading.untilAcknowledgedMore(30)
  return { pauseMs, promotedMs }
}

const countAnswers = ({
  recordingProxy: witness,
}: ProcessDeployment): Pick<FailoverReport, 'acknowledged' | 'refused'> => ({
  acknowledged: witness.acknowledged.delivered.size + witness.acknowledged.messages.size,
  refused: { ...witness.refused.byStatus },
})

/** Draws `count` ends from the seed. */
export function drawEnds(seed: string, count: number): EndOfPrimary[] {
  const draw = new Chance(seed).draw('ends')
  return Array.from({ length: count }, () => (draw.chance(0.5) ? 'killed' : 'silent'))
}
