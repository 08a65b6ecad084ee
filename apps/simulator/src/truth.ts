import type { Faults } from './faults'
import type { CaseRecord, Effects, Order } from './world/case'
import { aftersaleType } from './douyin/trade/codes'
import { paidFen } from './world/order-facts'
import { leavesAmountEmpty, timeSpelling } from './world/variety'
import { detailType, isMerchantTurn } from './pinduoduo/trade/codes'
import type { World } from './world/world'

/** A case as whoever reads everything right must know it. Deadline and update are as exact as the marketplace shows them. */
export interface Truth {
  readonly marketplace: 'pinduoduo' | 'douyin'
  readonly shopId: string
  readonly caseNumber: string
  readonly orderNumber: string
  /** The code on the wire; 99 while the fault "unknown codes" covers the case. */
  readonly status: number
  readonly actualStatus: number
  /** Detail numbering. */
  readonly type: number
  /** null where the marketplace leaves it empty. */
  readonly refundFen: number | null
  /** Pieces that are claimed, as far as the marketplace tells them. */
  readonly claimed: number
  /** Pinduoduo shows one only while the merchant must act. */
  readonly deadlineMs: number | null
  readonly appliedMs: number
  readonly updatedMs: number
  readonly final: boolean
  /** What the buyer paid for the whole order: its cases together are never refunded more. */
  readonly orderPaidFen: number | null
  readonly effects: Effects
}

export function truthOf(c: CaseRecord, faults: Faults, order?: Order): Truth {
  const pinduoduo = c.marketplace === 'pinduoduo'
  const shown = pinduoduo ? isMerchantTurn(c) : c.status !== 12
  return {
    marketplace: c.marketplace,
    shopId: c.shopId,
    caseNumber: c.number,
    orderNumber: c.orderNumber,
    status: faults.shownStatus(c.sequence, c.status),
    actualStatus: c.status,
    type: pinduoduo ? detailType[c.kind] : aftersaleType(c),
    refundFen: pinduoduo && leavesAmountEmpty(c) ? null : c.refundFen,
    claimed: c.quantity,
    deadlineMs: shown ? shownDeadline(c) : null,
    appliedMs: pinduoduo ? c.appliedMs : wholeSeconds(c.appliedMs),
    updatedMs: pinduoduo ? c.updatedMs : wholeSeconds(c.updatedMs),
    final: c.finalMs !== null,
    orderPaidFen: order === undefined ? null : paidFen(order),
    effects: c.effects,
  }
}

export function pageOfTruth(
  world: World,
  faults: Faults,
  offset: number,
  limit: number,
): { total: number; next: number | null; cases: Truth[] } {
  const cases = world.page(offset, limit).map((record) => truthOf(record, faults, world.findOrder(record.orderNumber)))
  const next = offset + cases.length
  return { total: world.size, next: next < world.size ? next : null, cases }
}

function shownDeadline(c: CaseRecord): number | null {
  const exact = c.dueMs === null || c.marketplace === 'douyin' || timeSpelling(c) === 'milliseconds'
  return exact ? c.dueMs : wholeSeconds(c.dueMs)
}

function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000
}
