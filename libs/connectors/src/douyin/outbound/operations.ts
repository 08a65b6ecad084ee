import type { ActionName, Kind, Variant } from '#after-sale'

/** What an item must contain in addition to the case. */
export type RequiredFields = 'nothing' | 'address' | 'parcel' | 'reasons'

export interface Operation {
  /** The `type` of `afterSale.operate`. */
  readonly type: number
  /** The codes of `aftersale_status` in which it is allowed. */
  readonly statuses: readonly number[]
  readonly requires: RequiredFields
}

/** What the merchant decides about, in the terms of the operate table: refunds before and after shipping are separate. */
export type Application = Exclude<Kind, 'refund-only'> | 'shipped-refund' | 'unshipped-refund'

/** `undefined`: a refund not known to be before or after shipping, or one that needs no decision. */
export function applicationOf(kind: Kind, variant: Variant | undefined): Application | undefined {
  if (kind !== 'refund-only') return kind
  if (variant === 'shipped') return 'shipped-refund'
  return variant === 'unshipped' ? 'unshipped-refund' : undefined
}

const operation = (type: number, statuses: readonly number[], requires: RequiredFields = 'nothing'): Operation => ({
  type,
  statuses,
  requires,
})

/**
 * Every type code of `afterSale.operate` with the statuses that allow it and what it must carry. Where an
 * action has two, the first review's and the second's, the status decides.
 */
export const OPERATIONS: Readonly<
  Partial<Record<ActionName, Readonly<Partial<Record<Application, readonly Operation[]>>>>>
> = {
  'approve-return': { 'return-and-refund': [operation(101, [6, 27], 'address')] },
  'approve-refund': {
    'return-and-refund': [operation(111, [7, 11, 29])],
    'shipped-refund': [operation(201, [6, 27])],
    'unshipped-refund': [operation(401, [6])],
  },
  'approve-exchange': { exchange: [operation(301, [6, 27], 'address')] },
  'approve-resend': { resend: [operation(501, [6, 27])] },
  // 602, without sending back, is the other answer to the same question: see `repairWithoutReturn`.
  'approve-repair': { repair: [operation(601, [6, 27], 'address')] },
  'ship-exchange': {
    exchange: [operation(311, [7, 11, 29], 'parcel')],
    repair: [operation(611, [7, 8, 11], 'parcel')],
  },
  reject: {
    'return-and-refund': [operation(102, [6], 'reasons'), operation(112, [11], 'reasons')],
    'shipped-refund': [operation(202, [6], 'reasons')],
    exchange: [operation(302, [6], 'reasons'), operation(312, [11], 'reasons')],
    resend: [operation(502, [6], 'reasons')],
    repair: [operation(603, [6], 'reasons'), operation(612, [11], 'reasons')],
  },
  'turn-into-refund': {
    'return-and-refund': [operation(121, [6, 27])],
    exchange: [operation(321, [6, 7, 11, 29])],
    repair: [operation(621, [6, 7, 8, 11, 27, 29])],
  },
  'approve-refusal': { 'shipped-refund': [operation(203, [6])] },
}

export const repairWithoutReturn: Operation = operation(602, [6, 27])

/**
 * Statuses that already show the result of the action: 7 after the agreement to a return, 8 after that to a
 * resend or a repair, 12 after that to a refund, 13 after shipping.
 */
export const ALREADY_IN_EFFECT: Readonly<Partial<Record<ActionName, readonly number[]>>> = {
  'approve-return': [7],
  'approve-refund': [12],
  'approve-exchange': [7],
  'approve-resend': [8],
  'ship-exchange': [13],
}
