import type { CaseRecord, Order } from './case'
import { UpdatedIndex } from './updated-index'

/** All orders and cases, findable by number and by the time of their last update. It only stores. */
export class Register {
  private readonly cases = new Map<string, CaseRecord>()
  private readonly orders = new Map<string, Order>()
  private readonly byShop = new Map<string, UpdatedIndex<CaseRecord>>()
  private readonly inOrder: string[] = []

  constructor(shopIds: readonly string[]) {
    for (const shopId of shopIds) this.byShop.set(shopId, new UpdatedIndex((number) => this.cases.get(number)))
  }

  get size(): number {
    return this.cases.size
  }

  case(number: string): CaseRecord | undefined {
    return this.cases.get(number)
  }

  order(number: string): Order | undefined {
    return this.orders.get(number)
  }

  putOrder(order: Order): void {
    this.orders.set(order.number, order)
  }

  putCase(record: CaseRecord): void {
    const again = this.cases.has(record.number)
    if (!again) this.inOrder.push(record.number)
    this.cases.set(record.number, record)
    this.byShop.get(record.shopId)?.put(record.number, record, again)
  }

  /** Cases of a shop whose last update lies in fromMs ≤ t < untilMs, oldest first. */
  updatedIn(shopId: string, fromMs: number, untilMs: number): CaseRecord[] {
    return this.byShop.get(shopId)?.window(fromMs, untilMs) ?? []
  }

  /** All cases in the order of their first application. */
  page(offset: number, limit: number): CaseRecord[] {
    return this.inOrder.slice(offset, offset + limit).map((number) => this.cases.get(number) as CaseRecord)
  }

  snapshot(): { orders: Order[]; cases: CaseRecord[] } {
    return { orders: [...this.orders.values()], cases: this.page(0, this.size) }
  }

  restore(snapshot: { readonly orders: readonly Order[]; readonly cases: readonly CaseRecord[] }): void {
    for (const order of snapshot.orders) this.putOrder(order)
    for (const record of snapshot.cases) {
      this.inOrder.push(record.number)
      this.cases.set(record.number, record)
    }
    const byUpdate = [...snapshot.cases].sort((a, b) => a.updatedMs - b.updatedMs)
    for (const record of byUpdate) this.byShop.get(record.shopId)?.put(record.number, record, false)
  }
}
