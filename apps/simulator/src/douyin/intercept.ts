import type { WireValue } from '../http/wire-json'
import type { CaseRecord, Order, OrderLine } from '../world/case'
import type { DouyinContext } from './api'
import { idParam, ownCase } from './api'
import { actOnCase } from './act-on-case'
import { missingParam } from './errors'

/** The only pair of code and text that a source shows. */
const UNAVAILABLE = { unavailable_reason_code: -10006, unavailable_reason: '服务器开了小差，请稍后重试' }
const AVAILABLE = { unavailable_reason_code: 0, unavailable_reason: '' }
/** The price of calling a parcel back, fen; shown even where it is impossible, as in the official example. */
const COST_FEN = 400

/** Half of the carriers can call a parcel back, and then the buyer is refunded at once (R003, R004). */
export function intercept(context: DouyinContext): WireValue {
  const record = ownCase(context, idParam(context, 'after_sale_id'))
  const order = context.world.findOrder(record.orderNumber)
  const targets = context.param['intercept_targets']
  if (!Array.isArray(targets) || targets.length === 0) throw missingParam('intercept_targets')
  const results = targets.map((target: { company_code?: unknown; tracking_no?: unknown } | null) => {
    const parcel = order?.parcel?.trackingNumber === target?.tracking_no ? order?.parcel : undefined
    const can =
      parcel !== undefined &&
      parcel !== null &&
      !record.gotGoods &&
      parcel.carrierId % 2 === 0 &&
      record.kind === 'refund-only-shipped' &&
      record.status === 6
    return {
      company_code: String(target?.company_code as string),
      company_name: parcel?.carrierName ?? '',
      tracking_no: String(target?.tracking_no as string),
      value_amount: (order?.lines ?? []).reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0),
      can_intercept: can,
      is_success: can,
      ...(can ? AVAILABLE : UNAVAILABLE),
      intercept_cost: COST_FEN,
      ...productsOf(record, order),
      // 0: settled online.
      settlement_mode: 0,
    }
  })
  const succeeded = results.filter(({ is_success }) => is_success).length
  if (succeeded > 0) actOnCase(context, record, { what: 'agree-refund', by: 'merchant' })
  return {
    intercept_results: results,
    success_count: succeeded,
    failed_count: results.length - succeeded,
    ...(succeeded === results.length ? AVAILABLE : UNAVAILABLE),
    refund_amount: record.refundFen,
  }
}

/** The other products in the parcel, which come back with it. */
function productsOf(record: CaseRecord, order: Order | undefined): Record<string, WireValue> {
  const others = (order?.lines ?? []).filter(({ number }) => number !== record.line.number)
  return {
    cur_product: product(record.line),
    other_products: others.map(product),
    other_product_amount: others.reduce((sum, { quantity }) => sum + quantity, 0),
  }
}

const product = (line: OrderLine): WireValue => ({
  order_id: BigInt(line.number),
  product_image: line.image,
  product_name: line.goodsName,
  product_spec: line.spec,
  tags: null,
  price: line.priceFen,
  amount: line.quantity,
})
