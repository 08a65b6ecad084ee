import type { Chance, Draw } from '../random'
import { DAY, HOUR, dueAfter } from './platform-rules'
import type { Buyer, CaseKind, CaseRecord, Order, OrderLine } from './case'
import { noEffects } from './case'
import { piecesPaidFen } from './order-facts'
import { parcelOf } from './people'
import type { Shop } from './shops'
import type { Trade, TradeNumbers } from './trade'
import { carriers, familyNames, givenNames, goods, places, reasons, remarks } from './vocabulary'

/** What a new case is made from. */
export interface Application {
  readonly sequence: number
  readonly shop: Shop
  readonly kind?: CaseKind
  readonly quiet: boolean
  /** What the buyer asks for; the price of the goods if left out. */
  readonly refundFen?: number
}

/** Invented shares that add up to 1, with enough of each kind to be seen in a short run. */
const KIND_SHARES: readonly (readonly [CaseKind, number])[] = [
  ['refund-only-unshipped', 0.22],
  ['refund-only-shipped', 0.22],
  ['return-and-refund', 0.34],
  ['exchange', 0.1],
  ['resend', 0.07],
  ['repair', 0.05],
]

/** A kind of case, by `KIND_SHARES`. */
export function drawKind(draw: Draw): CaseKind {
  let roll = draw.next()
  for (const [kind, share] of KIND_SHARES) {
    if (roll < share) return kind
    roll -= share
  }
  return 'return-and-refund'
}

export function newOrder(
  shop: Shop,
  draw: Draw,
  now: number,
  numbers: TradeNumbers,
  shipped: boolean,
  formed = true,
): Order {
  const number = numbers.order(now, draw)
  const paidMs = now - (shipped ? draw.between(2 * DAY, 12 * DAY) : draw.between(10 * 60_000, 30 * HOUR))
  const lineCount = draw.chance(0.25) ? draw.between(2, 3) : 1
  const lines: OrderLine[] = []
  for (let i = 0; i < lineCount; i++) {
    const item = draw.pick(goods)
    lines.push({
      number: numbers.line(number, i),
      goodsId: numbers.goods(draw),
      skuId: `${draw.between(1, 9)}${draw.digits(11)}`,
      goodsName: item.name,
      spec: draw.pick(item.specs),
      image: `https://img.example.cn/goods/${goods.indexOf(item) + 1}.jpg`,
      priceFen: item.priceFen,
      quantity: draw.chance(0.15) ? 2 + (Number(number.at(-2)) % 8) : 1,
    })
  }
  return {
    marketplace: shop.marketplace,
    number,
    shopId: shop.id,
    buyer: newBuyer(draw),
    lines,
    freightFen: draw.chance(0.15) ? draw.pick([600, 800, 1200]) : 0,
    discountFen: draw.chance(0.2) ? draw.pick([100, 300, 500]) * (lineCount === 1 ? 1 : 0) : 0,
    paidMs: formed ? paidMs : now,
    groupFormedMs: formed ? paidMs + 20 * 60_000 : null,
    parcel: shipped ? parcelOf(draw, paidMs + DAY) : null,
    caseNumbers: [],
  }
}

function newBuyer(draw: Draw): Buyer {
  const place = draw.pick(places)
  return {
    ...place,
    name: draw.pick(familyNames) + draw.pick(givenNames),
    phone: `13800${draw.digits(6)}`,
    address: `${draw.pick(['春晓', '梧桐', '望江', '和平', '文昌'])}路${draw.between(1, 399)}号${draw.between(1, 30)}栋${draw.between(101, 2902)}室`,
  }
}

export function newCase(
  chance: Chance,
  trade: Trade,
  ask: Application,
  order: Order,
  line: OrderLine,
  kind: CaseKind,
  now: number,
  numbers: TradeNumbers,
): CaseRecord {
  const draw = chance.draw('case', ask.sequence)
  const quantity = claimedPieces(chance, ask.sequence, line, kind)
  const moneyKind = kind !== 'exchange' && kind !== 'resend' && kind !== 'repair'
  const wholeOrder = order.lines.length === 1 && kind === 'refund-only-unshipped'
  const freightFen = moneyKind && wholeOrder ? order.freightFen : 0
  const refundFen = ask.refundFen ?? (moneyKind ? Math.max(1, piecesPaidFen(line, order, quantity)) + freightFen : 0)
  const reason = draw.pick(reasons[kind])
  const images = draw.chance(0.4) ? [`https://img.example.cn/evidence/${ask.sequence}-1.jpg`] : []
  const record: CaseRecord = {
    marketplace: ask.shop.marketplace,
    number: numbers.case(now, draw),
    sequence: ask.sequence,
    shopId: ask.shop.id,
    orderNumber: order.number,
    line,
    kind,
    specialType: null,
    status: trade.firstStatus(kind),
    reason,
    reasonCode: reasons[kind].indexOf(reason) + 1 + 10 * Object.keys(reasons).indexOf(kind),
    remark: draw.pick(remarks),
    images,
    quantity,
    refundFen,
    freightFen,
    createdMs: now,
    appliedMs: now,
    updatedMs: now,
    dueMs: dueAfter(now, 'sellerResponse'),
    finalMs: null,
    refundStatus: moneyKind ? 1 : 0,
    refundWay: 0,
    speedRefund: kind === 'refund-only-unshipped' && draw.chance(0.1),
    specialRight: trade.isSpecialRight?.(draw) ?? false,
    gotGoods:
      ['return-and-refund', 'exchange', 'repair'].includes(kind) ||
      (kind === 'refund-only-shipped' && draw.chance(0.5)),
    returnParcel: null,
    sentParcel: null,
    parcelRefusalAgreed: false,
    recall: false,
    dispute: null,
    lastActor: 'buyer',
    shopRemarks: [],
    log: [{ atMs: now, by: 'buyer', text: '买家申请售后' }],
    revision: 1,
    quiet: ask.quiet,
    effects: noEffects,
  }
  const mayBeSpecial = trade.specialCase !== undefined && !ask.quiet && ask.kind === undefined
  return mayBeSpecial ? (trade.specialCase?.(record, order, draw, now) ?? record) : record
}

/** Half of the buyers of several shipped pieces claim only some. It has a draw of its own, so that other draws stay the same. */
function claimedPieces(chance: Chance, sequence: number, { quantity }: OrderLine, kind: CaseKind): number {
  if (quantity === 1 || kind === 'refund-only-unshipped') return quantity
  const draw = chance.draw('claimed', sequence)
  return draw.chance(0.5) ? draw.between(1, quantity) : quantity
}

/** The carrier with this code; an unknown code is kept, with id 0. */
export function carrierByCode(code: string): { id: number; code: string; name: string } {
  return carriers.find((carrier) => carrier.code === code) ?? { id: 0, code, name: code }
}

/** The carrier with this id; an unknown one is kept under the name given. */
export function carrierById(id: number, name: string): { id: number; code: string; name: string } {
  return carriers.find((carrier) => carrier.id === id) ?? { id, code: String(id), name }
}
