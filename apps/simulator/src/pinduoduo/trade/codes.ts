import type { CaseKind, CaseRecord } from '../../world/case'

/** Pinduoduo's after_sales_status. */
export const status = {
  applied: 2,
  returnApplied: 3,
  refunding: 4,
  platformRefunding: 5,
  refused: 6,
  buyerToSend: 7,
  platform: 8,
  platformRefused: 9,
  refunded: 10,
  withdrawn: 11,
  lateRefundFailed: 12,
  lateExpired: 13,
  exchangeApplied: 14,
  exchangeBuyerToSend: 15,
  exchangeDone: 16,
  exchangeFailed: 17,
  exchangeToConfirm: 18,
  repairApplied: 21,
  repairBuyerToSend: 22,
  repairClosed: 24,
  repairDone: 25,
  repairToReceive: 27,
  parcelRefusalAgreed: 31,
  resendToShip: 32,
  recall: 33,
} as const

const merchantTurn: ReadonlySet<number> = new Set([2, 3, 14, 21, 32, 33])

/** The detail's numbering; the list adds one. */
export const detailType: Readonly<Record<CaseKind, number>> = {
  'refund-only-unshipped': 1,
  'refund-only-shipped': 1,
  'return-and-refund': 2,
  exchange: 3,
  resend: 4,
  repair: 5,
}

export function isMerchantTurn(record: CaseRecord): boolean {
  return merchantTurn.has(record.status)
}

export function firstStatus(kind: CaseKind): number {
  if (kind === 'return-and-refund') return status.returnApplied
  if (kind === 'exchange' || kind === 'resend') return status.exchangeApplied
  return kind === 'repair' ? status.repairApplied : status.applied
}
