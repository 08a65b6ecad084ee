import { setTimeout as pause } from 'node:timers/promises'
import { waitUntil } from '../processes/wait-until'
import type { ProcessDeployment } from '../processes/process-deployment'

/** Buyers apply continually, over the marketplaces' protocols, until `end`. */
export interface Trading {
  /** Resolves when the next message is acknowledged, with the time since `since`, ms. */
  untilAcknowledged(since?: number): Promise<number>
  /** Resolves when `more` further messages were acknowledged. */
  untilAcknowledgedMore(more: number): Promise<void>
  end(): Promise<void>
}

/** No new applications above this backlog, so that it does not grow without limit while nothing can be stored. */
const MAX_UNDELIVERED = 300

/** @param perTurn applications in each turn; there are at most twenty turns a second */
export function tradeAt(deployment: ProcessDeployment, perTurn = 3): Trading {
  const { douyin, pinduoduo } = deployment.simulator
  let going = true
  const done = (async () => {
    for (; going; await pause(50))
      if (douyin.pushes.backlog + pinduoduo.messages.backlog < MAX_UNDELIVERED) deployment.trade(perTurn, 5_000)
  })()
  const acknowledged = (): number => deployment.witness.acknowledged.delivered.size
  return {
    async untilAcknowledged(since = performance.now()) {
      const before = acknowledged()
      await waitUntil('a delivery is acknowledged', () => acknowledged() > before, 90_000)
      return performance.now() - since
    },
    async untilAcknowledgedMore(more) {
      const before = acknowledged()
      await waitUntil(`${more} more deliveries are acknowledged`, () => acknowledged() >= before + more, 90_000)
    },
    end: () => {
      going = false
      return done
    },
  }
}
