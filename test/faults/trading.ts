import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../processes/asking'
import type { ProcessDeployment } from '../processes/process-deployment'

/** Trade over the real protocols until it is ended. */
export interface Trading {
  /** How long after `since` the next message was acknowledged, ms. */
  untilAcknowledged(since?: number): Promise<number>
  /** Until so many more messages were acknowledged. */
  acknowledges(more: number): Promise<void>
  end(): Promise<void>
}

/** Trade waits while so many messages are undelivered: what cannot be stored must not pile up at the marketplaces. */
const WAITING_AT_MOST = 300

/** @param perTurn applications, twenty times a second at most */
export function tradeAt(deployment: ProcessDeployment, perTurn = 3): Trading {
  const { douyin, pinduoduo } = deployment.simulator
  let going = true
  const done = (async () => {
    for (; going; await pause(50))
      if (douyin.pushes.backlog + pinduoduo.messages.backlog < WAITING_AT_MOST) deployment.liveOn(perTurn, 5_000)
  })()
  const acknowledged = (): number => deployment.witness.acknowledged.delivered.size
  return {
    async untilAcknowledged(since = performance.now()) {
      const before = acknowledged()
      await until('a delivery is acknowledged', () => acknowledged() > before, 90_000)
      return performance.now() - since
    },
    async acknowledges(more) {
      const before = acknowledged()
      await until(`${more} more deliveries are acknowledged`, () => acknowledged() >= before + more, 90_000)
    },
    end: () => {
      going = false
      return done
    },
  }
}
