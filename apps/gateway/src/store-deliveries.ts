import type { DataSource } from 'typeorm'
import type { NewMessage } from '#event-store'
import { MicroBatch, acceptMessages, digestOfNewMessage } from '#event-store'
import type { Tracing } from '#runtime'
import type { DeliveryTally } from './delivery-tally'

/** How deliveries are batched into writes. Beyond `waiting` rows the sender gets a 503 and retries later. */
const INTAKE_LIMITS = { writers: 2, rows: 500, waiting: 20_000 }

/** Writes deliveries in batches, counts them, and begins their traces. */
export const storeDeliveries = (
  database: DataSource,
  tally: DeliveryTally,
  tracing: Tracing | undefined,
): MicroBatch<NewMessage> =>
  new MicroBatch(async (items: readonly NewMessage[]) => {
    const from = Date.now()
    const fresh = await acceptMessages(database, items)
    tally.stored(items.length, fresh)
    tracing?.recordAccepted('gateway.accept', items.map(digestOfNewMessage), { from, to: Date.now() })
  }, INTAKE_LIMITS)
