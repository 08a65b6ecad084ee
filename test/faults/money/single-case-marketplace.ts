import type { RecordObservation } from '#after-sale'
import { connectorOf } from '#connectors'
import { SimulatedClock } from '../../../apps/simulator/src/clock'
import { douyin } from '../../../apps/simulator/src/douyin'
import { detailOf } from '../../../apps/simulator/src/douyin/case-detail'
import type { Draw } from '../../../apps/simulator/src/random'
import { Chance } from '../../../apps/simulator/src/random'
import { shopsOf } from '../../../apps/simulator/src/simulator'
import { writeJson } from '../../../apps/simulator/src/http/wire-json'
import type { CaseRecord, Order } from '../../../apps/simulator/src/world/case'
import { paidFen } from '../../../apps/simulator/src/world/order-facts'
import type { Shop } from '../../../apps/simulator/src/world/shops'
import type { Task } from '../../../apps/simulator/src/world/task'
import { tradesOf } from '../../../apps/simulator/src/world/trade'
import { World } from '../../../apps/simulator/src/world/world'

/** How a marketplace itself prevents a refund that is ordered twice. The last one pays on every request. */
export const REFUND_CHECKS = ['checks-version', 'checks-status', 'checks-nothing'] as const
export type RefundCheck = (typeof REFUND_CHECKS)[number]

export interface Payment {
  readonly intent: string
  readonly fen: number
  readonly at: number
}

const NOON = Date.UTC(2026, 10, 11, 4)
const connector = connectorOf('douyin')

/** The simulator's own world with one case in it, without HTTP, and a record of all payments. */
export class SingleCaseMarketplace {
  readonly payments: Payment[] = []
  private readonly clock: SimulatedClock<Task>
  private readonly world: World
  private readonly shop: Shop
  private readonly number: string
  private delayedCalls: { readonly at: number; readonly intent: string; readonly revision: number }[] = []

  constructor(
    seed: string,
    readonly refundCheck: RefundCheck,
  ) {
    const chance = new Chance(seed)
    this.clock = new SimulatedClock<Task>({ run: (task) => this.world.run(task), startAt: NOON, standing: true })
    const [shop] = shopsOf(douyin, chance, 1)
    if (shop === undefined) throw new Error('no shop')
    this.shop = shop
    this.world = new World([shop], this.clock, chance, tradesOf([douyin.trade]))
    this.number = this.world.apply({ shopId: shop.id, kind: 'refund-only-shipped', quiet: true }).number
  }

  get now(): number {
    return this.clock.now()
  }

  get record(): CaseRecord {
    return this.world.find(this.number) as CaseRecord
  }

  /** What the buyer paid for the order, fen. */
  get orderPaid(): number {
    return paidFen(this.order)
  }

  /** Advances the clock; late calls arrive meanwhile, each at its own time. */
  advance(ms: number): void {
    const end = this.now + ms
    for (;;) {
      const next = this.delayedCalls.reduce<(typeof this.delayedCalls)[number] | undefined>(
        (a, b) => (a === undefined || b.at < a.at ? b : a),
        undefined,
      )
      if (next === undefined || next.at > end) break
      this.delayedCalls = this.delayedCalls.filter((call) => call !== next)
      this.clock.advance(Math.max(0, next.at - this.now))
      this.agreeToRefund(next.intent, next.revision)
    }
    this.clock.advance(Math.max(0, end - this.now))
  }

  /** A call to agree to the refund, for the revision that was judged. Returns whether the marketplace carried it out. */
  agreeToRefund(intent: string, revision: number): boolean {
    const before = this.record
    if (this.refundCheck === 'checks-version' && wholeSeconds(before.updatedMs) !== wholeSeconds(revision)) return false
    const { changed } = this.world.act(this.number, { what: 'agree-refund', by: 'merchant' })
    const paysAgain = this.refundCheck === 'checks-nothing' && before.effects.refundsOrdered > 0
    if (!changed && !paysAgain) return false
    this.payments.push({ intent, fen: before.refundFen, at: this.now })
    return true
  }

  agreeLater(intent: string, revision: number, ms: number): void {
    this.delayedCalls.push({ at: this.now + ms, intent, revision })
  }

  /** The buyer changes the application, or withdraws it. */
  changeByBuyer(draw: Draw): void {
    if (draw.chance(0.3)) this.world.act(this.number, { what: 'withdraw', by: 'buyer' })
    else this.world.act(this.number, { what: 'modify', by: 'buyer', refundFen: draw.between(1, this.record.refundFen) })
  }

  /** The present state of the case, through the connector, as a report to the model. */
  observe(): RecordObservation {
    const record = this.record
    const shown = { record, order: this.order, shop: this.shop, status: record.status }
    const raw = writeJson({ code: 10_000, msg: 'success', sub_code: '', sub_msg: '', data: detailOf(shown, false) })
    const translation = connector?.inbound.translate({ channel: 'detail', raw, receivedAt: this.now })
    if (translation?.type !== 'observed') throw new Error(`the case is not understood: ${translation?.type}`)
    const identity = { organisation: '1', store: '1', marketplace: 'douyin', caseNumber: this.number }
    return { type: 'RecordObservation', identity, ...translation.report }
  }

  private get order(): Order {
    return this.world.findOrder(this.record.orderNumber) as Order
  }
}

const wholeSeconds = (ms: number): number => Math.floor(ms / 1000)
