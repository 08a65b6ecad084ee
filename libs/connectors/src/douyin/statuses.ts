import type { DisputeStage, KindFacet, MoneyRail, MoneyStage, Outcome, Status, StatusFacet } from '#after-sale'

/** Total tables: every official code is mapped, and no other code is. */

export const AFTERSALE_STATUS = {
  /** Being set up by the platform: neither merchant nor buyer can act yet. */
  0: 'platform-handling',
  /** Only the list's documentation names it: exchange waits for the buyer; the same as 13. */
  3: 'awaiting-buyer-receipt',
  6: 'awaiting-merchant-decision',
  7: 'awaiting-buyer-return',
  8: 'awaiting-merchant-shipment',
  11: 'awaiting-merchant-receipt',
  /** Agreed. `refund_status` or the tag shows whether the money has arrived: see `statusOf`. */
  12: 'refunding',
  13: 'awaiting-buyer-receipt',
  14: 'succeeded',
  27: 'refused',
  28: 'closed',
  29: 'refused',
  51: 'closed',
  53: 'succeeded',
} as const satisfies Readonly<Record<number, Status>>
export type AftersaleStatus = keyof typeof AFTERSALE_STATUS

export const AFTERSALE_TYPE = {
  0: { kind: 'return-and-refund' },
  1: { kind: 'refund-only', variant: 'shipped' },
  2: { kind: 'refund-only', variant: 'unshipped' },
  3: { kind: 'exchange' },
  4: { kind: 'refund-only', variant: 'cancelled-by-system' },
  5: { kind: 'refund-only', variant: 'cancelled-by-buyer' },
  6: { kind: 'refund-only', variant: 'price-protection' },
  7: { kind: 'resend' },
  8: { kind: 'repair' },
} as const satisfies Readonly<Record<number, KindFacet>>
export type AftersaleType = keyof typeof AFTERSALE_TYPE

export const REFUND_STATUS = {
  1: 'asked',
  2: 'refunding',
  3: 'refunded',
  4: 'failed',
  5: 'recovered',
} as const satisfies Readonly<Record<number, MoneyStage>>
export type RefundStatus = keyof typeof REFUND_STATUS

/** The enumeration of answers. The list's filter uses other numbers for the same words and is not used here. */
export const ARBITRATE_STATUS = {
  0: 'none',
  1: 'platform-intervened',
  2: 'ruled-for-buyer',
  3: 'ruled-for-merchant',
  4: 'evidence-wanted',
  5: 'negotiating',
  255: 'ended',
} as const satisfies Readonly<Record<number, DisputeStage | 'ended'>>
export type ArbitrateStatus = keyof typeof ARBITRATE_STATUS

export const ARBITRATE_CONCLUSION = {
  1: 'ruled-for-buyer',
  2: 'ruled-for-merchant',
  3: 'ruled-for-buyer',
} as const satisfies Readonly<Record<number, DisputeStage>>

/** The code, where the table has it; `undefined`: an unknown code, which is reported and never mapped to another. */
export function knownCode<Table extends object>(table: Table, code: number | undefined): keyof Table | undefined {
  return code !== undefined && Object.hasOwn(table, code) ? (code as keyof Table) : undefined
}

/** The codes that decide status, outcome and money of a case. */
export interface StatusFacts {
  readonly code: AftersaleStatus
  readonly type: AftersaleType | undefined
  readonly subType: number | undefined
  readonly refund: RefundStatus | undefined
  /** `aftersale_status_to_final_time` > 0, or a push reporting that the money arrived. */
  readonly isOver: boolean
}

/** The model's status. Code 12 depends on the kind and the refund: see `afterAgreement`. */
export function statusOf(facts: StatusFacts): StatusFacet {
  const raw = String(facts.code)
  const status =
    facts.code !== 12 ? AFTERSALE_STATUS[facts.code] : asksForMoney(facts) ? afterAgreement(facts) : 'succeeded'
  const outcome = status === 'succeeded' || status === 'closed' ? outcomeOf(facts) : undefined
  return outcome === undefined ? { status, raw } : { status, outcome, raw }
}

/**
 * The status of code 12: Douyin calls it "success" from the agreement on; for us a case ends when the money has
 * arrived.
 */
function afterAgreement({ refund, isOver: isOver }: StatusFacts): Status {
  if (refund === 3 || refund === 5) return 'succeeded'
  if (!isOver) return 'refunding'
  return refund === 4 ? 'closed' : 'succeeded'
}

function outcomeOf({ code, type, subType, refund }: StatusFacts): Outcome {
  if (code === 28) return 'failed'
  if (code === 51) return 'cancelled'
  if (type === 3 || type === 7) return 'replaced'
  if (type === 8) return subType === 8001 ? 'replaced' : 'repaired'
  if (code === 12) return refund === 4 ? 'failed' : 'refunded'
  return 'done'
}

/** An exchange, a resend and a repair ask for no money, whatever their status. Without a type the case may be about money. */
export const asksForMoney = ({ type }: Pick<StatusFacts, 'type'>): boolean => type !== 3 && type !== 7 && type !== 8

export function kindOf(type: AftersaleType, subType: number | undefined): KindFacet {
  return type === 8 && subType === 8001
    ? { kind: 'repair', variant: 'replace-instead-of-repair' }
    : AFTERSALE_TYPE[type]
}

/**
 * The money rail of a list row or a detail. `aftersale_refund_type` 5 is money that the platform advances:
 * once it is paid the buyer has it and the merchant owes it.
 */
export function moneyOf(facts: StatusFacts, refundType: number | undefined): MoneyRail {
  if (!asksForMoney(facts)) return { stage: 'none' }
  const advanced = refundType === 5
  const stage = stageOf(facts)
  return advanced ? { stage: stage === 'refunded' ? 'advanced' : stage, payer: 'platform' } : { stage }
}

function stageOf({ code, refund }: StatusFacts): MoneyStage {
  const ended = code === 28 || code === 51
  // `refund_status` 1 means "to be refunded". In an ended case nothing will be refunded any more; in an agreed one the money is
  // on its way, as the push of the agreement reports.
  if (refund !== undefined && !(refund === 1 && (ended || code === 12))) return REFUND_STATUS[refund]
  if (ended) return 'none'
  return code === 12 ? 'refunding' : 'asked'
}
