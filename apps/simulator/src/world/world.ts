import type { SimulatedClock } from '../clock'
import type { Chance } from '../random'
import { dueAfter } from './platform-rules'
import type { Act, Notice, Outcome } from './acts'
import type { Announcement } from './announcement'
import type { Automation } from './automation'
import { Automations } from './automation'
import type { LateCall, Task } from './task'
import { drawKind, newCase, newOrder } from './applications'
import type { CaseKind, CaseRecord, Order, OrderLine, Parcel } from './case'
import { Numbers } from './numbers'
import type { PeopleSettings } from './people'
import { nextStep } from './people'
import type { Shop } from './shops'
import { datedParcel } from './parcels'
import { Register } from './register'
import type { NumbersSnapshot, Trade, Trades } from './trade'

export interface WorldSnapshot {
  readonly sequence: number
  readonly announcements: number
  readonly numbers: Readonly<Record<string, NumbersSnapshot>>
  readonly orders: readonly Order[]
  readonly cases: readonly CaseRecord[]
  readonly automations?: readonly (readonly [string, Automation])[]
}

export interface ApplicationRequest {
  readonly shopId?: string
  readonly kind?: CaseKind
  /** Only the platform and the API move it; no simulated person does. */
  readonly quiet?: boolean
  readonly refundFen?: number
}

/** How many recent orders may still get a second case. */
const RECENT_ORDERS = 64

/** Shops, orders and cases of all marketplaces, and the one place where a case changes. */
export class World {
  readonly people: { -readonly [K in keyof PeopleSettings]: PeopleSettings[K] } = { backOfficeShare: 0.45, hurry: 0.25 }
  onAnnouncement: (announcement: Announcement) => void = () => undefined
  onLateCall: (call: LateCall) => void = () => undefined
  readonly automations: Automations
  private readonly register: Register
  private readonly recent = new Map<string, { order: Order; line: OrderLine }[]>()
  private readonly shopById: ReadonlyMap<string, Shop>
  private numbers: Numbers
  private sequence = 0
  private announcements = 0

  constructor(
    readonly shops: readonly Shop[],
    readonly clock: SimulatedClock<Task>,
    private readonly chance: Chance,
    private readonly trades: Trades,
  ) {
    this.numbers = new Numbers(trades)
    this.shopById = new Map(shops.map((shop) => [shop.id, shop]))
    this.automations = new Automations(shops)
    this.register = new Register(shops.map((shop) => shop.id))
  }

  get size(): number {
    return this.register.size
  }

  get announced(): number {
    return this.announcements
  }

  shop(id: string): Shop | undefined {
    return this.shopById.get(id)
  }

  /** How the marketplace of a shop or case trades. */
  tradeOf({ marketplace }: { readonly marketplace: string }): Trade {
    const trade = this.trades[marketplace]
    if (trade === undefined) throw new Error(`no marketplace ${marketplace}`)
    return trade
  }

  find(number: string): CaseRecord | undefined {
    return this.register.case(number)
  }

  findOrder(number: string): Order | undefined {
    return this.register.order(number)
  }

  /** Cases of a shop whose last update lies in fromMs ≤ t < untilMs, oldest first. */
  updatedIn(shopId: string, fromMs: number, untilMs: number): CaseRecord[] {
    return this.register.updatedIn(shopId, fromMs, untilMs)
  }

  /** All cases in the order of their first application. */
  page(offset: number, limit: number): CaseRecord[] {
    return this.register.page(offset, limit)
  }

  /** A buyer applies for after-sale now. */
  apply(request: ApplicationRequest = {}): CaseRecord {
    this.clock.settle()
    const now = this.clock.now()
    const sequence = this.sequence++
    const draw = this.chance.draw('application', sequence)
    const shop = request.shopId === undefined ? draw.pick(this.shops) : this.shop(request.shopId)
    if (shop === undefined) throw new Error(`no shop ${request.shopId}`)
    const kind = request.kind ?? drawKind(draw)
    const shipped = kind !== 'refund-only-unshipped'
    const free = this.recent.get(shop.id) ?? []
    const second = shipped && draw.chance(0.5) ? free.pop() : undefined
    const order =
      (second && this.register.order(second.order.number)) ?? newOrder(shop, draw, now, this.numbers.of(shop), shipped)
    const line = second?.line ?? (order.lines[0] as OrderLine)
    if (second === undefined && shipped)
      this.recent.set(
        shop.id,
        [...free, ...order.lines.slice(1).map((other) => ({ order, line: other }))].slice(-RECENT_ORDERS),
      )
    const ask = {
      sequence,
      shop,
      quiet: request.quiet ?? false,
      ...(request.kind && { kind: request.kind }),
      ...(request.refundFen !== undefined && { refundFen: request.refundFen }),
    }
    const record = newCase(this.chance, this.tradeOf(shop), ask, order, line, kind, now, this.numbers.of(shop))
    this.open(shop, order, record)
    const speed = record.speedRefund && !record.quiet && record.finalMs === null
    if (speed) this.act(record.number, { what: 'agree-refund', by: 'system', way: 1 })
    return this.register.case(record.number) as CaseRecord
  }

  /** A group order that waits for its group; after 24 hours the system refunds it (R111). */
  openGroupOrder(shopId: string, quiet = false): Order {
    this.clock.settle()
    const shop = this.shop(shopId)
    if (shop === undefined || this.tradeOf(shop).groupFailure === undefined)
      throw new Error(`shop ${shopId} has no group orders`)
    const sequence = this.sequence++
    const now = this.clock.now()
    const order = newOrder(shop, this.chance.draw('group', sequence), now, this.numbers.of(shop), false, false)
    this.register.putOrder(order)
    this.clock.schedule(dueAfter(now, 'groupFormation'), { kind: 'group', order: order.number, sequence, quiet })
    return order
  }

  /** The one way to act on a case: for the buyer, the merchant (by API or back office) and the platform. */
  act(number: string, act: Act): Outcome {
    this.clock.settle()
    const before = this.register.case(number)
    if (before === undefined) return { changed: false, why: '售后单不存在' }
    const now = this.clock.now()
    const outcome = this.tradeOf(before).step(before, act, now)
    if (!outcome.changed) return outcome
    const next = this.put(outcome.next)
    if (act.what === 'ship-order') this.shipOrder(before.orderNumber, act.parcel)
    for (const notice of outcome.notices) this.announce(next, notice)
    this.scheduleNext(next)
    return { ...outcome, next }
  }

  /** Carries out a task of the clock. */
  run(task: Task): void {
    if (task.kind === 'group') return this.groupFailed(task)
    if (task.kind === 'late') return this.onLateCall(task)
    const record = this.register.case(task.number)
    if (record === undefined || record.revision !== task.revision) return
    if (task.kind === 'person')
      this.act(task.number, datedParcel(record, task.act, this.clock.now(), this.register, this.tradeOf(record)))
    else
      this.act(task.number, {
        what: 'overdue',
        by: 'system',
        luck: this.chance.draw('luck', record.sequence, record.revision).next(),
      })
  }

  snapshot(): WorldSnapshot {
    return {
      sequence: this.sequence,
      announcements: this.announcements,
      numbers: this.numbers.snapshot(),
      ...this.register.snapshot(),
      automations: this.automations.snapshot(),
    }
  }

  restore(snapshot: WorldSnapshot): void {
    this.sequence = snapshot.sequence
    this.announcements = snapshot.announcements
    this.numbers = new Numbers(this.trades, snapshot.numbers)
    this.register.restore(snapshot)
    this.automations.restore(snapshot.automations ?? [])
  }

  private open(shop: Shop, order: Order, record: CaseRecord): void {
    this.register.putOrder({
      ...(this.register.order(order.number) ?? order),
      caseNumbers: [...order.caseNumbers, record.number],
    })
    const stored = this.put(record)
    this.announce(stored, this.tradeOf(shop).openingNotice(stored))
    this.scheduleNext(stored)
  }

  private put(record: CaseRecord): CaseRecord {
    const round = this.tradeOf(record).roundDeadline
    // A deadline expires at exactly the instant that the marketplace shows.
    const stored = record.dueMs === null || round === undefined ? record : { ...record, dueMs: round(record.dueMs) }
    this.register.putCase(stored)
    return stored
  }

  private announce(record: CaseRecord, notice: Notice): void {
    const shop = this.shop(record.shopId)
    if (shop !== undefined)
      this.onAnnouncement({ sequence: this.announcements++, shop, record, notice, atMs: record.updatedMs })
  }

  private scheduleNext(record: CaseRecord): void {
    if (record.finalMs !== null) return
    const { number, revision } = record
    if (record.dueMs !== null) this.clock.schedule(record.dueMs, { kind: 'overdue', number, revision })
    const trade = this.tradeOf(record)
    const switches = this.automations.of(record.shopId)
    const step =
      (switches && trade.automaticStep?.(record, this.findOrder(record.orderNumber), switches, this.clock.now())) ??
      nextStep(record, trade, this.chance.draw('person', record.sequence, revision), this.people)
    if (step !== undefined)
      this.clock.schedule(this.clock.now() + step.afterMs, { kind: 'person', number, revision, act: step.act })
  }

  private shipOrder(number: string, parcel: Parcel): void {
    const order = this.register.order(number)
    if (order !== undefined) this.register.putOrder({ ...order, parcel })
  }

  private groupFailed(task: Extract<Task, { kind: 'group' }>): void {
    const order = this.register.order(task.order)
    const shop = order && this.shop(order.shopId)
    if (order === undefined || shop === undefined) return
    const [line] = order.lines as [OrderLine]
    const ask = { sequence: task.sequence, shop, quiet: task.quiet }
    const [trade, now] = [this.tradeOf(shop), this.clock.now()]
    const record = newCase(this.chance, trade, ask, order, line, 'refund-only-unshipped', now, this.numbers.of(shop))
    this.open(shop, order, trade.groupFailure?.(record, now) ?? record)
  }
}
