import { Counter, Histogram } from 'prom-client'
import type { Metrics } from './metrics'

/** What became of a delivery over HTTP. Only an accepted one was acknowledged as durable. */
export type DeliveryOutcome = 'accepted' | 'forged' | 'unknown-app' | 'overloaded' | 'not-stored'

/**
 * What the gateway counts. The label `marketplace` is one of our list, or `unknown`: any caller can make up a path, and each new
 * label value would cost memory.
 */
export class DeliveryMetrics {
  private readonly deliveries: Counter
  private readonly messages: Counter
  private readonly acknowledgementSeconds: Histogram

  constructor({ registry }: Metrics) {
    const registers = [registry]
    this.deliveries = new Counter({
      name: 'shouhou_deliveries_total',
      help: 'Deliveries of marketplaces, by what became of them',
      labelNames: ['marketplace', 'outcome'],
      registers,
    })
    this.messages = new Counter({
      name: 'shouhou_messages_total',
      help: 'Messages made durable: new ones, and repetitions that changed nothing',
      labelNames: ['outcome'],
      registers,
    })
    this.acknowledgementSeconds = new Histogram({
      name: 'shouhou_push_acknowledgement_seconds',
      help: 'From a delivery that has arrived to its answer, durable first',
      labelNames: ['marketplace'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    })
    for (const outcome of ['new', 'repeated']) this.messages.inc({ outcome }, 0)
  }

  countDelivery(marketplace: string, outcome: DeliveryOutcome, acknowledgementSeconds: number): void {
    this.deliveries.inc({ marketplace, outcome })
    if (outcome === 'accepted') this.acknowledgementSeconds.observe({ marketplace }, acknowledgementSeconds)
  }

  /** Counts one write of `messages` messages, of which `fresh` were new. */
  countStored(messages: number, fresh: number): void {
    this.messages.inc({ outcome: 'new' }, fresh)
    this.messages.inc({ outcome: 'repeated' }, messages - fresh)
  }
}
