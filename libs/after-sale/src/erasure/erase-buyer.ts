import type { AfterSaleCase } from '../case'
import type { RecordObservation } from '../commands'
import type { Decision } from '../decision'
import { noChange } from '../decision'
import type { Line, OrderFacet } from '../facets'
import type { EraseBuyer } from './erasure'

/** Idempotent: who is erased already stays erased as it was. */
export function eraseBuyer(afterSale: AfterSaleCase | undefined, { why, by, now }: EraseBuyer): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  if (afterSale.erased !== undefined) return noChange
  const erased = { type: 'BuyerErased', at: now, why, ...(by === undefined ? {} : { by }) } as const
  return { type: 'decided', events: [erased], effects: [] }
}

/**
 * The report without what may name the buyer: a marketplace goes on to send it after it was erased here. The words of a reason
 * are the buyer's own; its code is kept. A line of the order keeps the title that is known of it, and no other: what is made to
 * order bears names.
 */
export function withoutBuyer(report: RecordObservation, known: OrderFacet | undefined): RecordObservation {
  const { buyer: _buyer, reason: _words, order, ...facets } = report.facets
  if (order === undefined) return { ...report, facets }
  return { ...report, facets: { ...facets, order: { ...order, lines: order.lines.map(withKnownTitle(known)) } } }
}

const withKnownTitle =
  (known: OrderFacet | undefined) =>
  ({ title: _reported, ...line }: Line): Line => {
    const title = known?.lines.find(({ lineId }) => lineId === line.lineId)?.title
    return title === undefined ? line : { ...line, title }
  }
