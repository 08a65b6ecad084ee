import type { Faults } from '../faults/faults'
import type { CaseRecord, Effects } from './case'
import { paidFen } from './order-facts'
import type { ShownFacts } from './trade'
import type { World } from './world'

/** A case as a reader without any mistake must know it. Deadline and update are as exact as the marketplace shows them. */
export interface Truth extends ShownFacts {
  readonly marketplace: string
  readonly shopId: string
  readonly caseNumber: string
  readonly orderNumber: string
  /** The code on the wire; 99 while the fault "unknown codes" covers the case. */
  readonly status: number
  readonly actualStatus: number
  /** Pieces that are claimed, as far as the marketplace shows them. */
  readonly claimed: number
  readonly final: boolean
  /** What the buyer paid for the whole order: its cases together are never refunded more. */
  readonly orderPaidFen: number | null
  readonly effects: Effects
}

interface Simulated {
  readonly world: World
  readonly faults: Faults
}

export function truthOf(record: CaseRecord, { world, faults }: Simulated): Truth {
  const { type, refundFen, deadlineMs, appliedMs, updatedMs } = world.tradeOf(record).shownFacts(record)
  const order = world.findOrder(record.orderNumber)
  return {
    marketplace: record.marketplace,
    shopId: record.shopId,
    caseNumber: record.number,
    orderNumber: record.orderNumber,
    status: faults.shownStatus(record.sequence, record.status),
    actualStatus: record.status,
    type,
    refundFen,
    claimed: record.quantity,
    deadlineMs,
    appliedMs,
    updatedMs,
    final: record.finalMs !== null,
    orderPaidFen: order === undefined ? null : paidFen(order),
    effects: record.effects,
  }
}

export function pageOfTruth(
  simulated: Simulated,
  offset: number,
  limit: number,
): { total: number; next: number | null; cases: Truth[] } {
  const { world } = simulated
  const cases = world.page(offset, limit).map((record) => truthOf(record, simulated))
  const next = offset + cases.length
  return { total: world.size, next: next < world.size ? next : null, cases }
}
