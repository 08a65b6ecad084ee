import type { InboundMessage } from '#connectors'
import type { NewMessage, MicroBatch } from '#event-store'
import { hashMessageKey, failpoint } from '#event-store'
import type { AppRecord, Clock, Sealing, StoreRecord, Stores } from '../ports'
import { StoreIndex } from '../store-index'
import { suspensionOf } from '../suspension'

/** Seals and stores every incoming message, whether it was pushed, listed or read. */
export class Intake {
  constructor(
    private readonly batch: MicroBatch<NewMessage>,
    private readonly stores: Stores,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** Resolves when all are durable. `store`: the store that the messages were requested for; absent for pushes. */
  async storeMessages(
    app: AppRecord,
    messages: readonly InboundMessage[],
    store?: { id: number; org: number },
  ): Promise<void> {
    const receivedAt = this.clock()
    const { stores } = await this.stores.current()
    failpoint('intake.arrived')
    const sealed = sealMessages(app, messages, {
      stores,
      sealing: this.sealing,
      receivedAt,
      ...(store === undefined ? {} : { store }),
    })
    if (sealed.length === 0 && messages.length > 0) return
    await this.batch.add(sealed)
    failpoint('intake.durable')
  }
}

interface NewMessageContext {
  readonly stores: readonly StoreRecord[]
  readonly sealing: Pick<Sealing, 'sealMessage'>
  readonly receivedAt: number
  readonly store?: { readonly id: number; readonly org: number }
}

/**
 * Seals messages of an app for storing; the store is found by its shop number unless it is known. A marketplace may go on
 * pushing for a store that people have removed: such pushes are left out, whichever way they arrive.
 */
export function sealMessages(
  app: AppRecord,
  messages: readonly InboundMessage[],
  { stores, sealing, receivedAt, store }: NewMessageContext,
): NewMessage[] {
  const index = StoreIndex.of(stores)
  const sealed: NewMessage[] = []
  for (const { channel, key, shop, raw } of messages) {
    const named = index.ofShop(app.id, shop)
    if (channel === 'push' && named !== undefined && suspensionOf(named) === 'removed') continue
    const owner = store ?? named
    const org = owner?.org ?? app.org
    // Pulled and read messages have keys that are unique for their store only. Store 0: the message names none of ours.
    const storedKey = channel === 'push' ? key : `${owner?.id ?? 0}/${key}`
    const digest = hashMessageKey(channel, storedKey)
    sealed.push({
      org,
      app: app.id,
      store: owner?.id ?? null,
      channel,
      key: storedKey,
      digest,
      receivedAt,
      raw: sealing.sealMessage({ org, app: app.id, digest }, raw),
    })
  }
  return sealed
}
