import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { Connector, HttpAnswer, RawDelivery, Receipt } from '#connectors'
import type { Intake } from './intake'
import type { AppRecord, LineUp, Stores } from '../ports'
import { sealingTroubleOf } from '../ports'

/** A marketplace's delivery over HTTP to the address of one of our apps. */
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
 * durable; rejects when that failed, and then the marketplace sends it again.
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
    if (connector === undefined) return 'unknown-app'
    const known = await this.stores.app(marketplace, appKey)
    const receipt = known && judged(connector, delivery, known)
    if (known !== undefined && receipt?.type === 'accepted') return this.taken(known, receipt)
    // Unknown apps and wrong signatures are both looked up in the table: both are answered equally fast, and an app or
    // a secret that was just registered counts.
    const app = await this.stores.appAsOfNow(marketplace, appKey)
    if (app === undefined) return receipt?.answer ?? 'unknown-app'
    if (receipt !== undefined && app.appSecret === known?.appSecret) return receipt.answer
    const again = connector.inbound.receive(delivery, app)
    return again.type === 'accepted' ? this.taken(app, again) : again.answer
  }

  private async taken(
    app: AppRecord,
    { messages, answer }: Extract<Receipt, { type: 'accepted' }>,
  ): Promise<HttpAnswer> {
    await this.intake.take(app, messages)
    return answer
  }
}

/** `undefined`: the app's secret cannot be opened, so the delivery cannot be checked. */
export function judged({ inbound }: Connector, delivery: RawDelivery, app: AppRecord): Receipt | undefined {
  try {
    return inbound.receive(delivery, app)
  } catch (error) {
    if (sealingTroubleOf(error) === undefined) throw error
    return undefined
  }
}
