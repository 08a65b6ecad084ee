import type { Producer } from 'kafkajs'
import type { Brokers } from '../brokers'
import { sourceOf, toRecord } from '../language/cloud-event'
import { validateOutgoing } from '../language/validation'
import { topicOf } from '../topics'

/** A message for an external adapter (`act.v1`, `show.v1`), signed with the adapter's secret. */
export interface AdapterMessage {
  readonly org: number
  readonly id: string
  readonly type: string
  /** The case's id: the key of the message. */
  readonly case: string
  readonly body: string
  readonly signature: string
  /** When it is sent, UTC ms. */
  readonly at: number
}

/** `handed-out`: the broker has it. `unreached`: certainly not sent. `unknown`: perhaps sent. `unsendable`: invalid by its schema, and not sent. */
export type DispatchOutcome = 'handed-out' | 'unreached' | 'unknown' | 'unsendable'

/**
 * Sends each action to its adapter immediately, not through the outgoing feed: the claim of the action is running and expires
 * soon. After a failure that may have reached the broker the outcome is `unknown`.
 */
export class AdapterDispatcher {
  private producer: Promise<Producer> | undefined

  constructor(private readonly brokers: Brokers) {}

  async dispatch({ org, id, type, case: subject, body, signature, at }: AdapterMessage): Promise<DispatchOutcome> {
    if (validateOutgoing(type, JSON.parse(body)) !== undefined) return 'unsendable'
    const producer = await this.connectedProducer()
    if (producer === undefined) return 'unreached'
    const event = {
      id,
      type,
      source: sourceOf(org),
      subject,
      time: at,
      data: undefined,
      signed: { bytes: Buffer.from(body), signature },
    }
    try {
      await producer.send({ topic: topicOf('actions', this.brokers.prefix), acks: -1, messages: [toRecord(event)] })
      return 'handed-out'
    } catch {
      // The request may have arrived. The next action uses a new connection.
      await this.close()
      return 'unknown'
    }
  }

  async close(): Promise<void> {
    const producer = this.producer
    this.producer = undefined
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined)
  }

  private async connectedProducer(): Promise<Producer | undefined> {
    const connecting = (this.producer ??= this.brokers.createTopics().then(() => this.brokers.producer()))
    try {
      return await connecting
    } catch {
      if (this.producer === connecting) this.producer = undefined
      return undefined
    }
  }
}
