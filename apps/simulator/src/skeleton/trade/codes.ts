import type { CaseKind } from '../../world/case'

/** `case_status`. */
export const status = {
  applied: 1,
  buyerToSend: 2,
  merchantToReceive: 3,
  refunding: 4,
  refunded: 5,
  refused: 6,
  withdrawn: 7,
} as const

/** `case_type`. There are refunds and returns only: what the world draws as something else is a return here. */
export const type: Readonly<Record<CaseKind, number>> = {
  'refund-only-unshipped': 1,
  'refund-only-shipped': 2,
  'return-and-refund': 3,
  exchange: 3,
  resend: 3,
  repair: 3,
}

export const seconds = (ms: number): number => Math.floor(ms / 1000)
