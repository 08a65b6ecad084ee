import { setTimeout as pause } from 'node:timers/promises'
import { waitUntil } from '../processes/wait-until'
import type { ProcessDeployment } from '../processes/process-deployment'

/** Buyers apply continually, over the marketplaces' protocols, until `end`. */
export interface ContinuousTrade {
  /** Resolves when the next message is acknowledged, with the time since `since`, ms. */
  untilAcknowledged(since?: number): Promise<number>
  /** Resolves when `count` further messages were acknowledged. */
  untilAcknowledgedMore(count: number): Promise<void>
  end(): Promise<void>
}

/** No new applications above this backlog, so that it does not grow without limit while nothing can be stored. */
const MAX_UNDELIVERED = 300

/** @param perTurn applications in each turn; there are at most twenty turns a second */
export function startTrading(deployment: ProcessDeployment, perTurn = 3): ContinuousTrade {
  const { douyin, pinduoduo } = deployment.simulator
  let isTrading = true
  const done = (async () => {
    for (; isTrading; await pause(50))
      if (douyin.pushes.backlog + pinduoduo.messages.backlog < MAX_UNDELIVERED) deployment.trade(perTurn, 5_000)
  })()
  const acknowledged = (): number => deployment.recordingProxy.acknowledged.delivered.size
  return {
    async untilAcknowledged(since = performance.now()) {
      const before = acknowledged()
      await waitUntil('a delivery is acknowledged', () => acknowledged() > before, 90_000)
      return performance.now() - since
    },
    async untilAcknowledgedMore(count) {
      const before = acknowledged()
      await waitUntil(`${count} more deliveries are acknowledged`, () => acknowledged() >= before + count, 90_000)
    },
    end: () => {
      isTrading = false
      return done
    },
  }
}
