import { Command, CommandHandler } from '@nestjs/cqrs'
import type { ICommandHandler } from '@nestjs/cqrs'
import type { Connector, HttpAnswer, RawDelivery, Receipt } from '#connectors'
import { connectorOf } from '#connectors'
import type { Intake } from './intake'
import type { AppRecord, LineUp, Stores } from '../ports'
import { sealingTroubleOf } from '../ports'

/** Whether a delivery was accepted, and the answer for the marketplace. */
export type DeliveryVerdict =
  { readonly type: 'accepted' | 'forged'; readonly answer: HttpAnswer } | { readonly type: 'unknown-app' }

const UNKNOWN_APP: DeliveryVerdict = { type: 'unknown-app' }

/** A marketplace delivers messages over HTTP to the address of one of our apps. */
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
 * Authenticate → save → acknowledge; no case is known here. Resolves only after every message is durable. Rejects if that
 * failed: without an acknowledgement the marketplace sends the delivery again.
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
    const cachedApp = await this.stores.app(marketplace, appKey)
    const receipt = cachedApp && authenticate(connector, delivery, cachedApp)
    if (cachedApp !== undefined && receipt?.type === 'accepted') return this.storeAccepted(cachedApp, receipt)
    // Both an unknown app and a wrong signature cause a look-up in the database: the answer takes equally long, and an app
    // or a secret that was just registered is found.
    const app = await this.stores.findAppUncached(marketplace, appKey)
    if (app === undefined) return receipt ?? UNKNOWN_APP
    if (receipt !== undefined && app.appSecret === cachedApp?.appSecret) return receipt
    return this.storeAccepted(app, connector.inbound.receive(delivery, app))
  }

  private async storeAccepted(app: AppRecord, receipt: Receipt): Promise<DeliveryVerdict> {
    if (receipt.type === 'accepted') await this.intake.storeMessages(app, receipt.messages)
    return receipt
  }
}

/** Checks the signature. `undefined`: the app's secret cannot be opened, so the delivery cannot be checked. */
export function authenticate({ inbound }: Connector, delivery: RawDelivery, app: AppRecord): Receipt | undefined {
  try {
    return inbound.receive(delivery, app)
  } catch (error) {
    if (sealingTroubleOf(error) === undefined) throw error
    return undefined
  }
}
