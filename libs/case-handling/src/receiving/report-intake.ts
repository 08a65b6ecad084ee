import type { EntityManager } from 'typeorm'
import type { RawDelivery } from '#connectors'
import { connectorOf } from '#connectors'
import { acceptMessages } from '#event-store'
import type { NewMessage } from '#event-store'
import { authenticate } from './accept-delivery'
import { sealMessages } from './intake'
import type { Clock, LineUp, Sealing, Stores } from '../ports'

/** A report as received from an adapter: a program of the merchant that talks to a marketplace for us. */
export interface AdapterReport {
  readonly marketplace: string
  readonly appKey: string
  readonly delivery: RawDelivery
}

/** Why a report is refused. The reason quotes nothing of the report. */
export class ReportRefused extends Error {
  constructor(readonly reason: 'unknown-adapter' | 'forged' | 'not-its-store' | 'secret-unreadable') {
    super(reason)
  }
}

/**
 * Handles reports as deliveries: authenticated, sealed, stored as received, interpreted later. All or none are stored,
 * in the caller's transaction. @throws ReportRefused for the first that is refused
 */
export class ReportIntake {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  async storeReports(manager: EntityManager, reports: readonly AdapterReport[]): Promise<void> {
    const sealedMessages: NewMessage[] = []
    for (const report of reports) sealedMessages.push(...(await this.sealedMessages(report)))
    await acceptMessages(manager, sealedMessages)
  }

  private async sealedMessages({ marketplace, appKey, delivery }: AdapterReport): Promise<readonly NewMessage[]> {
    const connector = connectorOf(marketplace, this.lineUp)
    const app = connector && (await this.stores.app(marketplace, appKey))
    if (connector === undefined || app === undefined) throw new ReportRefused('unknown-adapter')
    const receipt = authenticate(connector, delivery, app)
    if (receipt === undefined) throw new ReportRefused('secret-unreadable')
    if (receipt.type === 'forged') throw new ReportRefused('forged')
    const { stores } = await this.stores.current()
    const sealedMessages = sealMessages(app, receipt.messages, {
      stores,
      sealing: this.sealing,
      receivedAt: this.clock(),
    })
    // An adapter may report for its own stores only.
    if (sealedMessages.some(({ store }) => store === null)) throw new ReportRefused('not-its-store')
    return sealedMessages
  }
}
