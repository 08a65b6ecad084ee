import type { Actor, CaseKind, CaseRecord } from '../../world/case'

/** Douyin's aftersale_type. */
const types: Readonly<Record<CaseKind, number>> = {
  'return-and-refund': 0,
  'refund-only-shipped': 1,
  'refund-only-unshipped': 2,
  exchange: 3,
  resend: 7,
  repair: 8,
}

/** `aftersale_type` of a case. */
export function aftersaleType(record: CaseRecord): number {
  return record.specialType ?? types[record.kind]
}

const opRoles: Readonly<Record<Actor, number>> = { buyer: 1, merchant: 2, 'platform-agent': 3, system: 4 }

/** `op_role` of a push: who acted. */
export function opRole(by: Actor): number {
  return opRoles[by]
}

/** Douyin counts instants in whole seconds. */
export function seconds(ms: number): number {
  return Math.floor(ms / 1000)
}
