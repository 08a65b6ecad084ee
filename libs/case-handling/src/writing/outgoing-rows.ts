import type { AfterSaleCase, CaseEvent } from '#after-sale'
import { publicEventOf } from '#after-sale'
import type { Change, Outgoing, StreamEvent } from '#event-store'

/** The rows to publish of a batch: each event, with the case as it is after the batch. They contain no personal data. */
export function buildOutgoingRows(
  changes: readonly Change<AfterSaleCase>[],
  events: readonly StreamEvent[],
): Outgoing[] {
  const casesAfter = new Map(changes.map((change) => [change.id, change.after]))
  const rows: Outgoing[] = []
  for (const { stream, version, org, type, body, recorded_at } of events) {
    const afterSale = casesAfter.get(stream)
    const published = afterSale && publicEventOf({ type, ...(body as object) } as CaseEvent, afterSale)
    if (published !== undefined)
      rows.push({ org, stream, version, type: published.type, body: published.data, recorded_at })
  }
  return rows
}
