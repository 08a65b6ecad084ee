import { randomUUID } from 'node:crypto'
import type { HttpAnswer, RawDelivery } from '#connectors'
import { connectorOf } from '#connectors'
import type { LineUp, Stores } from '../ports'

/** What to do with the body of a delivery, decided by its path and headers alone. */
export type AdmissionDecision =
  /** It names a registered app and seems to be signed: the body is read and the signature checked. */
  | 'read'
  /** It names an unknown app: the body is received and discarded, so that the answer takes as long as for a known app. */
  | 'discard'
  /** It is not signed: refused at once, whether the app is registered or not. */
  | { readonly refused: HttpAnswer }

/** Decides whether to read the body of a delivery, so that unsigned and unknown ones use no memory. */
export class DeliveryAdmission {
  constructor(
    private readonly lineUp: LineUp,
    private readonly stores: Pick<Stores, 'app' | 'findAppUncached'>,
  ) {}

  async admit(marketplace: string, appKey: string, headers: RawDelivery['headers']): Promise<AdmissionDecision> {
    const connector = connectorOf(marketplace, this.lineUp)
    if (connector === undefined) return 'discard'
    const refused = connector.inbound.refusalByHeaders?.(headers, appKey)
    if (refused !== undefined) return { refused }
    const app = (await this.stores.app(marketplace, appKey)) ?? (await this.stores.findAppUncached(marketplace, appKey))
    return app === undefined ? 'discard' : 'read'
  }

  /**
   * The answer to a delivery for an unregistered app: the same as for a registered app with a wrong signature, so that
   * the answer does not reveal which apps exist. `undefined`: there is no such marketplace, which is no secret.
   */
  answerForUnknownApp(marketplace: string, appKey: string): HttpAnswer | undefined {
    const connector = connectorOf(marketplace, this.lineUp)
    const unsignedDelivery = { headers: {}, body: Buffer.alloc(0) }
    return connector?.inbound.receive(unsignedDelivery, { appKey, appSecret: randomUUID() }).answer
  }
}
