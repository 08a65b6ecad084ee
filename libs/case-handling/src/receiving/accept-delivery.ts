import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { Connector, HttpAnswer, RawDelivery, Receipt } from '#connectors'
import { connectorOf } from '#connectors'
import type { Intake } from './intake'
import type { AppRecord, LineUp, Stores } from '../ports'
import { sealingTroubleOf } from '../ports'

/** What became of a delivery, and the answer for the marketplace. */
export type DeliveryVerdict =
  { readonly type: 'accepted' | 'forged'; readonly answer: HttpAnswer } | { readonly type: 'unknown-app' }

const UNKNOWN_APP: DeliveryVerdict = { type: 'unknown-app' }

/** A marketplace's delivery over HTTP to the address of one of our apps. */
export class AcceptDelivery extends Command<DeliveryVerdict> {
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

  async execute({ marketplace, appKey, delivery }: AcceptDelivery): Promise<DeliveryVerdict> {
    const connector = connectorOf(marketplace, this.lineUp)
    if (connector === undefined) return UNKNOWN_APP
    const known = await this.stores.app(marketplace, appKey)
    const receipt = known && authenticate(connector, delivery, known)
    if (known !== undefined && receipt?.type === 'accepted') return this.storeAccepted(known, receipt)
    // Unknown apps and wrong signatures are both looked up in the table: both are answered equally fast, and an app or
    // a secret that was just registered counts.
    const app = await this.stores.findAppUncached(marketplace, appKey)
    if (app === undefined) return receipt ?? UNKNOWN_APP
    if (receipt !== undefined && app.appSecret === known?.appSecret) return receipt
    return this.storeAccepted(app, connector.inbound.receive(delivery, app))
  }

  private async storeAccepted(app: AppRecord, receipt: Receipt): Promise<DeliveryVerdict> {
    if (receipt.type === 'accepted') await this.intake.take(app, receipt.messages)
    return receipt
  }
}

/** `undefined`: the app's secret cannot be opened, so the delivery cannot be checked. */
export function authenticate({ inbound }: Connector, delivery: RawDelivery, app: AppRecord): Receipt | undefined {
  try {
    return inbound.receive(delivery, app)
  } catch (error) {
    if (sealingTroubleOf(error) === undefined) throw error
    return undefined
  }
}
