import type { WireValue } from '../wire-json'

export type Fields = { readonly [key: string]: WireValue }

/** Fields that real rows and clients' reports show empty in more than one way: 0 or an empty text or list here, null there. */
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

/** The same case with null in the fields that have nothing to say. */
export function withNulls(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, OFTEN_EMPTY.has(name) && isEmpty(value) ? null : value]),
  )
}

export const same = (fields: Fields): Fields => fields

const isEmpty = (value: WireValue): boolean =>
  value === 0 || value === '' || (Array.isArray(value) && value.length === 0)
