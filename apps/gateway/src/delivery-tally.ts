import { Inject, Injectable } from '@nestjs/common'
import type { LineUp } from '#case-handling'
import { connectorOf } from '#connectors'
import type { DeliveryOutcome, Metrics } from '#runtime'
import { DeliveryMetrics, METRICS } from '#runtime'
import { LINE_UP } from './tokens'

/** Counts deliveries, if the process has metrics. A marketplace outside the line-up counts as `unknown`. */
@Injectable()
export class DeliveryTally {
  private readonly metrics: DeliveryMetrics | undefined

  constructor(
    @Inject(LINE_UP) private readonly lineUp: LineUp,
    @Inject(METRICS) metrics: Metrics | undefined,
  ) {
    this.metrics = metrics && new DeliveryMetrics(metrics)
  }

  delivered(marketplace: string, outcome: DeliveryOutcome, seconds: number): void {
    const known = connectorOf(marketplace, this.lineUp) !== undefined
    this.metrics?.countDelivery(known ? marketplace : 'unknown', outcome, seconds)
  }

  /** Counts one write of `messages`, of which `fresh` were not repetitions. */
  stored(messages: number, fresh: number): void {
    this.metrics?.countStored(messages, fresh)
  }
}
