import type { InboundMessage } from '#connectors'
import type { NewMessage, MicroBatch } from '#event-store'
import { hashMessageKey, failpoint } from '#event-store'
import type { AppRecord, Clock, Sealing, StoreRecord, Stores } from '../ports'

/** Stores every incoming message, pushed, listed or read: sealed, then durable. */
export class Intake {
  constructor(
    private readonly batch: MicroBatch<NewMessage>,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all are durable. `store` where it is known from the request. */
  async take(app: AppRecord, messages: readonly InboundMessage[], store?: { id: number; org: number }): Promise<void> {
    const receivedAt = this.clock()
    const { stores } = await this.stores.current()
    failpoint('intake.arrived')
    await this.batch.add(
      newMessagesOf(app, messages, {
        stores,
        sealing: this.sealing,
        receivedAt,
        ...(store === undefined ? {} : { store }),
      }),
    )
    failpoint('intake.durable')
  }
}

interface NewMessageContext {
  readonly stores: readonly StoreRecord[]
  readonly sealing: Pick<Sealing, 'sealMessage'>
  readonly receivedAt: number
  readonly store?: { readonly id: number; readonly org: number }
}

/** Messages of an app as they are stored: sealed, each with its store where known. */
export const newMessagesOf = (
  app: AppRecord,
  messages: readonly InboundMessage[],
  { stores, sealing, receivedAt, store }: NewMessageContext,
): NewMessage[] =>
  messages.map(({ channel, key, shop, raw }) => {
    const owner = store ?? stores.find((s) => s.app.id === app.id && s.shop === shop)
    const org = owner?.org ?? app.org
    const storedKey = channel === 'push' ? key : `${owner?.id ?? 0}/${key}`
    const digest = hashMessageKey(channel, storedKey)
    return {
      org,
      app: app.id,
      store: owner?.id ?? null,
      channel,
      key: storedKey,
      digest,
      receivedAt,
      raw: sealing.sealMessage({ org, app: app.id, digest }, raw),
    }
  })
