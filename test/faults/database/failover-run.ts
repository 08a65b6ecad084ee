import { Chance } from '../../../apps/simulator/src/random'
import { ask, openServerPair } from './server-pair'
import type { ServerPair } from './server-pair'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { tradeAt } from '../trading'
import type { Trading } from '../trading'

/** `killed`: with all that belongs to it. `silent`: as a machine that hangs, and is back when another serves already. */
export type EndOfPrimary = 'killed' | 'silent'

export interface FailoverReport {
  readonly seed: string
  readonly ends: readonly EndOfPrimary[]
  /** For each: from the end of the primary to the next acknowledged delivery, ms, and of this until the standby served. */
  readonly pausesMs: readonly number[]
  readonly promotedAfterMs: readonly number[]
  readonly acknowledged: number
  /** Answers other than 200, by status; `none`: the connection was cut. */
  readonly refused: Readonly<Record<string, number>>
  readonly restarted: readonly string[]
  readonly wrong: readonly string[]
}

/**
 * F4: gateway and worker under load, their database's primary goes, its synchronous standby takes over behind the same
 * address. What was acknowledged is there; what stale connections wrote to the former primary was never acknowledged.
 */
export async function failoverRun(
  folder: string,
  seed: string,
  ends: readonly EndOfPrimary[],
  say: (line: string) => void = () => undefined,
): Promise<FailoverReport> {
  const pair = await openServerPair(folder)
  const report = { pausesMs: [] as number[], promotedAfterMs: [] as number[] }
  try {
    const deployment = await openProcessDeployment(pair.url, seed, {})
    const trading = tradeAt(deployment)
    try {
      for (const [i, how] of ends.entries()) {
        if (i > 0) await pair.addStandby()
        await trading.acknowledges(30)
        const { pauseMs, promotedMs } = await failover(pair, trading, how)
        report.pausesMs.push(pauseMs)
        report.promotedAfterMs.push(promotedMs)
        say(
          `${how}: ${pauseMs} ms until the next delivery was acknowledged, ${deployment.simulator.world.size} cases so far`,
        )
      }
      await trading.end()
      return {
        ...report,
        ...outcomeOf(deployment),
        seed,
        ends,
        restarted: endedOf(deployment),
        wrong: await deployment.whatIsWrong(),
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
  trading: Trading,
  how: EndOfPrimary,
): Promise<{ pauseMs: number; promotedMs: number }> {
  const began = performance.now()
  const wake = how === 'silent' ? pair.halt() : await pair.killPrimary()
  const former = await pair.promote()
  const promotedMs = Math.round(performance.now() - began)
  const pauseMs = Math.round(await trading.untilAcknowledged(began))
  if (wake !== undefined) {
    // It comes back as it was, with connections that still lead to it, and it does not know that it has been replaced.
    wake()
    await ask(former.url, 'SELECT 1')
    await trading.acknowledges(30)
    // The failover manager has found it.
    await former.kill()
  }
  await trading.acknowledges(30)
  return { pauseMs, promotedMs }
}

const outcomeOf = ({ witness }: ProcessDeployment): Pick<FailoverReport, 'acknowledged' | 'refused'> => ({
  acknowledged: witness.acknowledged.delivered.size + witness.acknowledged.told.size,
  refused: { ...witness.refused.byStatus },
})

const endedOf = ({ now }: ProcessDeployment): string[] =>
  Object.values(now).flatMap((process) => (process.ended() ? [`${process.role}: ${process.said().slice(-500)}`] : []))

/** So many ends, in the order of the seed. */
export function endsOf(seed: string, count: number): EndOfPrimary[] {
  const draw = new Chance(seed).draw('ends')
  return Array.from({ length: count }, () => (draw.chance(0.5) ? 'killed' : 'silent'))
}
