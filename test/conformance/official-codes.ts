import type { SecondReading } from './second-reading'
import { DOUYIN_FIELDS, PINDUODUO_FIELDS } from './second-reading'

/**
 * The official codes once more, copied from the fact tables (A3–A5, B5) and not from the connectors: what they map to
 * nothing is found by a second list, not by their own.
 */
export interface OfficialCodes {
  /** Fields that hold the case's own number, the surest first. */
  readonly ids: readonly string[]
  readonly statuses: { readonly fields: readonly string[]; readonly codes: readonly number[] }
  /** `inLists`: where the list counts otherwise. */
  readonly types: {
    readonly fields: readonly string[]
    readonly codes: readonly number[]
    readonly inLists: readonly number[]
  }
  /** Codes that say that there is no case at all. */
  readonly noCase: readonly number[]
  /** Where amounts, quantities, times, goods, money and flags are read a second time. */
  readonly fields: SecondReading
}

export const DOUYIN: OfficialCodes = {
  ids: ['aftersale_id', 'after_sale_id'],
  statuses: {
    fields: ['aftersale_status', 'after_sale_status'],
    codes: [0, 3, 6, 7, 8, 11, 12, 13, 14, 27, 28, 29, 51, 53],
  },
  types: {
    fields: ['aftersale_type', 'after_sale_type'],
    codes: [0, 1, 2, 3, 4, 5, 6, 7, 8],
    inLists: [0, 1, 2, 3, 4, 5, 6, 7, 8],
  },
  noCase: [],
  fields: DOUYIN_FIELDS,
}

export const PINDUODUO: OfficialCodes = {
  ids: ['refund_id', 'id'],
  statuses: {
    fields: ['after_sales_status'],
    codes: [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32, 33],
  },
  types: { fields: ['after_sales_type'], codes: [1, 2, 3, 4, 5], inLists: [2, 3, 4, 5, 6] },
  noCase: [0],
  fields: PINDUODUO_FIELDS,
}
