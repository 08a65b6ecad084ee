import type { EntityManager } from 'typeorm'
import type { RawDelivery } from '#connectors'
import { connectorOf } from '#connectors'
import { accept } from '#event-store'
import type { NewMessage } from '#event-store'
import { authenticate } from './accept-delivery'
import { newMessagesOf } from './intake'
import type { Clock, LineUp, Sealing, Stores } from '../ports'

/** One report of an adapter, which speaks to a marketplace for us, as received. */
export interface Report {
  readonly marketplace: string
  readonly appKey: string
  readonly delivery: RawDelivery
}

/** A report is refused; the reason quotes nothing of it. */
export class ReportRefused extends Error {
  constructor(readonly reason: 'unknown-adapter' | 'forged' | 'not-its-store' | 'secret-unreadable') {
    super(reason)
  }
}

/**
 * Reports are handled as deliveries are: authenticated, sealed, stored as received, understood later. They are stored
 * in the caller's transaction, all or none. @throws ReportRefused at the first that is refused
 */
export class ReportIntake {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  async take(manager: EntityManager, reports: readonly Report[]): Promise<void> {
    const newMessages: NewMessage[] = []
    for (const report of reports) newMessages.push(...(await this.newMessages(report)))
    await accept(manager, newMessages)
  }

  private async newMessages({ marketplace, appKey, delivery }: Report): Promise<readonly NewMessage[]> {
    const connector = connectorOf(marketplace, this.lineUp)
    const app = connector && (await this.stores.app(marketplace, appKey))
    if (connector === undefined || app === undefined) throw new ReportRefused('unknown-adapter')
    const receipt = authenticate(connector, delivery, app)
    if (receipt === undefined) throw new ReportRefused('secret-unreadable')
    if (receipt.type === 'forged') throw new ReportRefused('forged')
    const { stores } = await this.stores.current()
    const newMessages = newMessagesOf(app, receipt.messages, {
      stores,
      sealing: this.sealing,
      receivedAt: this.clock(),
    })
    // An adapter may report for its own stores only.
    if (newMessages.some(({ store }) => store === null)) throw new ReportRefused('not-its-store')
    return newMessages
  }
}
