import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { HttpAnswer, RawDelivery } from '#connectors'
import type { Intake } from './intake'
import type { LineUp, Stores } from './ports'

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
    const app = connector && (await this.stores.appAsOfNow(marketplace, appKey))
    if (connector === undefined || app === undefined) return 'unknown-app'
    const receipt = connector.inbound.receive(delivery, app)
    if (receipt.type === 'accepted') await this.intake.take(app, receipt.messages)
    return receipt.answer
  }
}
