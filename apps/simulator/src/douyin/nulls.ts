import type { WireValue } from '../http/wire-json'

export type Fields = { readonly [key: string]: WireValue }

/** Fields that are empty in two ways in real rows and clients' reports: as 0, an empty text or list, or as null. */
const OFTEN_EMPTY: ReadonlySet<string> = new Set([
  'aftersale_sub_type',
  'after_sale_sub_type',
  'aftersale_tags',
  'evidence',
  'exchange_logistics_company_name',
  'order_logistics',
  'reason_second_labels',
  'refund_status',
  'remark',
  'return_logistics_code',
  'return_logistics_company_name',
  'risk_decision_code',
  'risk_decision_description',
  'risk_decision_reason',
  'risk_decsison_code',
  'risk_decsison_description',
  'risk_decsison_reason',
  'store_name',
])

/** The same fields, with null in the empty ones of the list above. */
export function withNulls(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, OFTEN_EMPTY.has(name) && isEmpty(value) ? null : value]),
  )
}

/** Leaves the fields as they are. */
export const unchanged = (fields: Fields): Fields => fields

const isEmpty = (value: WireValue): boolean =>
  value === 0 || value === '' || (Array.isArray(value) && value.length === 0)
