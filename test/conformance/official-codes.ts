import type { FieldPaths } from './misread-fields'
import { DOUYIN_FIELDS, PINDUODUO_FIELDS } from './misread-fields'

/**
 * The official codes a second time, copied from the platforms' documents and not from the connectors: codes that a connector
 * does not map are found by comparison with this independent list.
 */
export interface OfficialCodes {
  /** Fields that may contain the case number, most reliable first. */
  readonly caseNumberFields: readonly string[]
  readonly statuses: { readonly fields: readonly string[]; readonly codes: readonly number[] }
  /** `inLists`: the codes of list rows, which differ from those of details. */
  readonly types: {
    readonly fields: readonly string[]
    readonly codes: readonly number[]
    readonly inLists: readonly number[]
  }
  /** Status codes that mean that there is no case. */
  readonly noCaseStatuses: readonly number[]
  /** Paths of amounts, quantities, times, goods, money and flags for the independent second reading. */
  readonly fields: FieldPaths
}

export const DOUYIN: OfficialCodes = {
  caseNumberFields: ['aftersale_id', 'after_sale_id'],
  statuses: {
    fields: ['aftersale_status', 'after_sale_status'],
    codes: [0, 3, 6, 7, 8, 11, 12, 13, 14, 27, 28, 29, 51, 53],
  },
  types: {
    fields: ['aftersale_type', 'after_sale_type'],
    codes: [0, 1, 2, 3, 4, 5, 6, 7, 8],
    inLists: [0, 1, 2, 3, 4, 5, 6, 7, 8],
  },
  noCaseStatuses: [],
  fields: DOUYIN_FIELDS,
}

export const PINDUODUO: OfficialCodes = {
  caseNumberFields: ['refund_id', 'id'],
  statuses: {
    fields: ['after_sales_status'],
    codes: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32, 33],
  },
  types: { fields: ['after_sales_type'], codes: [1, 2, 3, 4, 5], inLists: [2, 3, 4, 5, 6] },
  noCaseStatuses: [0],
  fields: PINDUODUO_FIELDS,
}
