import { randomUUID } from 'node:crypto'
import type { HttpAnswer, RawDelivery } from '#connectors'
import type { LineUp, Stores } from '../ports'

/** What is done with the body of a delivery, decided by its address and headers alone. */
export type Admission =
  /** For a registered app, with what looks like a signature: the body is read and the signature checked. */
  | 'read'
  /** For no app of ours: the body is received and thrown away, so that the answer comes no sooner than to a known app. */
  | 'discard'
  /** Not signed at all: answered at once, alike for every app, registered or not. */
  | { readonly refused: HttpAnswer }

/** Decides before the body whether it is worth keeping in memory. */
export class DeliveryDoor {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Pick<Stores, 'app' | 'appAsOfNow'>,
  ) {}

  async admit(marketplace: string, appKey: string, headers: RawDelivery['headers']): Promise<Admission> {
    const connector = this.lineUp.find((c) => c.marketplace === marketplace)
    if (connector === undefined) return 'discard'
    const refused = connector.inbound.refusalByHeaders?.(headers, appKey)
    if (refused !== undefined) return { refused }
    const app = (await this.stores.app(marketplace, appKey)) ?? (await this.stores.appAsOfNow(marketplace, appKey))
    return app === undefined ? 'discard' : 'read'
  }

  /**
   * How a delivery to an app that nobody registered is answered: as one to a registered app whose signature is wrong, so
   * that the answer does not tell which apps there are. `undefined`: there is no such marketplace, which is no secret.
   */
  answerToUnknown(marketplace: string, appKey: string): HttpAnswer | undefined {
    const connector = this.lineUp.find((c) => c.marketplace === marketplace)
    const nothing = { headers: {}, body: Buffer.alloc(0) }
    return connector?.inbound.receive(nothing, { appKey, appSecret: randomUUID() }).answer
  }
}
