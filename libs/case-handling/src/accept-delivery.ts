import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { HttpAnswer, InboundMessage, RawDelivery } from '#connectors'
import type { Arrival } from '#event-store'
import { MicroBatch } from '#event-store'
import type { AppRecord, Clock, LineUp, Sealing, Stores } from './ports'

/** A marketplace's delivery over HTTP, as it arrived at the address of one of our apps. */
export class AcceptDelivery extends Command<HttpAnswer | 'unknown-app'> {
  constructor(
    readonly marketplace: string,
    readonly appKey: string,
    readonly delivery: RawDelivery,
  ) {
    super()
  }
}

/**
 * Authenticate → save → acknowledge, and nothing else: no case is known here. Resolves only after every message is
 * durable; rejects when it could not be made so, and then the marketplace sends it again.
 */
@CommandHandler(AcceptDelivery)
export class AcceptDeliveryHandler implements ICommandHandler<AcceptDelivery> {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Stores,
    private readonly intake: Intake,
  ) {}

  async execute({ marketplace, appKey, delivery }: AcceptDelivery): Promise<HttpAnswer | 'unknown-app'> {
    const connector = this.lineUp.find((c) => c.marketplace === marketplace)
    const app = connector && (await this.stores.app(marketplace, appKey))
    if (connector === undefined || app === undefined) return 'unknown-app'
    const receipt = connector.inbound.receive(delivery, app)
    if (receipt.type === 'accepted') await this.intake.take(app, receipt.messages)
    return receipt.answer
  }
}

/** The door through which every message comes in, pushed, listed or read: sealed, then durable. */
export class Intake {
  constructor(
    private readonly batch: MicroBatch<Arrival>,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all are durable. `store` where it is known from the question that was asked. */
  async take(app: AppRecord, messages: readonly InboundMessage[], store?: { id: number; org: number }): Promise<void> {
    const receivedAt = this.clock()
    const { stores } = await this.stores.current()
    await this.batch.add(
      messages.map(({ channel, key, shop, raw }) => {
        const owner = store ?? stores.find((s) => s.app.id === app.id && s.shop === shop)
        const org = owner?.org ?? app.org
        return {
          org,
          app: app.id,
          store: owner?.id ?? null,
          channel,
          key: channel === 'push' ? key : `${owner?.id ?? 0}/${key}`,
          receivedAt,
          raw: this.sealing.sealMessage(org, raw),
        }
      }),
    )
  }
}
