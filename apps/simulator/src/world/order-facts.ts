import { DAY, HOUR } from '../platform-rules'
import type { CaseRecord, Order } from './case'

/** What the buyer has paid for the order, freight included. */
export const paidFen = ({ lines, freightFen, discountFen }: Order): number =>
  lines.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0) + freightFen - discountFen

/** When the order's parcel was signed for: two days on the road, and always before the application. Epoch ms. */
export const deliveredMs = (order: Order, c: CaseRecord): number | null =>
  order.parcel === null || !c.gotGoods ? null : Math.min(order.parcel.sentMs + 2 * DAY, c.createdMs - HOUR)

/** One return in twenty-five is not believed (R153); the same ones in every run of a seed. */
export const isSuspicious = ({ sequence }: CaseRecord): boolean => sequence % 25 === 24
