import type { ActionName, Kind, Variant } from '#after-sale'

/** What an item must carry beside the case. */
export type Carries = 'nothing' | 'address' | 'parcel' | 'reasons'

export interface Operation {
  /** The `type` of `afterSale.operate`. */
  readonly type: number
  /** The codes of `aftersale_status` in which it is allowed. */
  readonly statuses: readonly number[]
  readonly carries: Carries
}

/** What the merchant decides about, in the terms of the operate table: refunds before and after shipping are separate. */
export type Application = Exclude<Kind, 'refund-only'> | 'shipped-refund' | 'unshipped-refund'

/** `undefined`: a refund not known to be before or after shipping, or one that needs no decision. */
export function applicationOf(kind: Kind, variant: Variant | undefined): Application | undefined {
  if (kind !== 'refund-only') return kind
  if (variant === 'shipped') return 'shipped-refund'
  return variant === 'unshipped' ? 'unshipped-refund' : undefined
}

const op = (type: number, statuses: readonly number[], carries: Carries = 'nothing'): Operation => ({
  type,
  statuses,
  carries,
})

/**
 * Every type code of `afterSale.operate` with the statuses that allow it and what it must carry. Where an
 * action has two, the first review's and the second's, the status decides.
 */
export const OPERATIONS: Readonly<
  Partial<Record<ActionName, Readonly<Partial<Record<Application, readonly Operation[]>>>>>
> = {
  'approve-return': { 'return-and-refund': [op(101, [6, 27], 'address')] },
  'approve-refund': {
    'return-and-refund': [op(111, [7, 11, 29])],
    'shipped-refund': [op(201, [6, 27])],
    'unshipped-refund': [op(401, [6])],
  },
  'approve-exchange': { exchange: [op(301, [6, 27], 'address')] },
  'approve-resend': { resend: [op(501, [6, 27])] },
  // 602, without sending back, is the other answer to the same question: see `repairWithoutReturn`.
  'approve-repair': { repair: [op(601, [6, 27], 'address')] },
  'ship-exchange': {
    exchange: [op(311, [7, 11, 29], 'parcel')],
    repair: [op(611, [7, 8, 11], 'parcel')],
  },
  reject: {
    'return-and-refund': [op(102, [6], 'reasons'), op(112, [11], 'reasons')],
    'shipped-refund': [op(202, [6], 'reasons')],
    exchange: [op(302, [6], 'reasons'), op(312, [11], 'reasons')],
    resend: [op(502, [6], 'reasons')],
    repair: [op(603, [6], 'reasons'), op(612, [11], 'reasons')],
  },
  'turn-into-refund': {
    'return-and-refund': [op(121, [6, 27])],
    exchange: [op(321, [6, 7, 11, 29])],
    repair: [op(621, [6, 7, 8, 11, 27, 29])],
  },
  'approve-refusal': { 'shipped-refund': [op(203, [6])] },
}

export const repairWithoutReturn: Operation = op(602, [6, 27])

/**
 * Statuses that already show the result of the action: 7 after the agreement to a return, 8 after that to a
 * resend or a repair, 12 after that to a refund, 13 after shipping.
 */
export const STANDS_SO: Readonly<Partial<Record<ActionName, readonly number[]>>> = {
  'approve-return': [7],
  'approve-refund': [12],
  'approve-exchange': [7],
  'approve-resend': [8],
  'ship-exchange': [13],
}
