import { DAY, HOUR } from './platform-rules'
import type { CaseRecord, Order, OrderLine } from './case'

/** What the buyer has paid for the order, freight included. */
export const paidFen = ({ lines, freightFen, discountFen }: Order): number =>
  lines.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0) + freightFen - discountFen

/** What the buyer has paid for one line, without freight. Only orders of one line have a discount. */
export const linePaidFen = (line: OrderLine, order: Order): number =>
  line.priceFen * line.quantity - (order.lines.length === 1 ? order.discountFen : 0)

/** What was paid for so many pieces of a line: the discount counts in proportion, rounded in the buyer's favour. */
export const piecesPaidFen = (line: OrderLine, order: Order, pieces: number): number =>
  line.priceFen * pieces - (order.lines.length === 1 ? Math.floor((order.discountFen * pieces) / line.quantity) : 0)

/** Whether less than the whole line is claimed: in pieces or, where money is asked for, in money. */
export const isPartial = (record: CaseRecord, order: Order): boolean =>
  record.quantity < record.line.quantity ||
  (refundsMoney(record) && record.refundFen < linePaidFen(record.line, order) + record.freightFen)

/** Exchange, resend and repair move goods only, whatever number their last status has. */
export const refundsMoney = ({ kind, specialType }: Pick<CaseRecord, 'kind' | 'specialType'>): boolean =>
  specialType !== null || !['exchange', 'resend', 'repair'].includes(kind)

/** When the order's parcel was signed for: two days on the road, and always before the application. Epoch ms. */
export const deliveredMs = (order: Order, record: CaseRecord): number | null =>
  order.parcel === null || !record.gotGoods ? null : Math.min(order.parcel.sentMs + 2 * DAY, record.createdMs - HOUR)
