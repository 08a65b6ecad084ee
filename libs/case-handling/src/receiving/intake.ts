import type { InboundMessage } from '#connectors'
import type { NewMessage, MicroBatch } from '#event-store'
import { hashMessageKey, failpoint } from '#event-store'
import type { AppRecord, Clock, Sealing, StoreRecord, Stores } from '../ports'
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

/** A marketplace may go on pushing for a store that people have removed: that is acknowledged, and not kept. */
const isOfRemovedStore = (app: AppRecord, { channel, shop }: InboundMessage, stores: readonly StoreRecord[]): boolean =>
  channel === 'push' && stores.some((s) => s.app.id === app.id && s.shop === shop && suspensionOf(s) === 'removed')

interface NewMessageContext {
  readonly stores: readonly StoreRecord[]
  readonly sealing: Pick<Sealing, 'sealMessage'>
  readonly receivedAt: number
  readonly store?: { readonly id: number; readonly org: number }
}

/**
 * Seals messages of an app for storing; the store is found by its shop number unless it is known. Pushes for removed
 * stores are left out, whichever way they arrive.
 */
export const sealMessages = (
  app: AppRecord,
  messages: readonly InboundMessage[],
  { stores, sealing, receivedAt, store }: NewMessageContext,
): NewMessage[] =>
  messages.flatMap((message) => {
    if (isOfRemovedStore(app, message, stores)) return []
    const { channel, key, shop, raw } = message
    const owner = store ?? stores.find((s) => s.app.id === app.id && s.shop === shop)
    const org = owner?.org ?? app.org
    // Pulled and read messages have keys that are unique for their store only. Store 0: the message names none of ours.
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
