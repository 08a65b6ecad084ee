import type { Facets, Instant, MoneyRail } from '#after-sale'
import type { JsonObject, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, asInstant } from '../../contract'
import { amountsOf } from './amounts'
import { buyerOf } from './buyer'
import type { CaseFacts } from './case-facts'
import { readCaseCodes, displayCode } from './case-facts'
import { deadlineOf } from './deadline'
import { disputeOfDetail, isUnknownConclusion } from './dispute'
import { isFastRefund } from './flags'
import { goodsOf } from './goods'
import { orderOf, removeQuotes } from './order'
import type { StatusFacts } from '../statuses'
import { asksForMoney, kindOf, moneyOf, statusOf } from '../statuses'
import type { DetailArbitration, DetailCase, DetailLogistics, DetailOrder } from '../wire'

interface Detail {
  readonly afterSale: DetailCase
  readonly arbitration: DetailArbitration
  readonly logistics: DetailLogistics
  readonly order: DetailOrder | undefined
}

const unintelligible = (why: string): Translation => ({ type: 'unintelligible', why })

/** The whole answer of `afterSale.Detail`, with or without the gateway's envelope. */
export function translateDetail(answer: JsonObject, receivedAt: Instant): Translation {
  const detail = unwrapDetail(answer)
  const caseNumber = asId(detail?.afterSale.after_sale_id)
  if (detail === undefined || caseNumber === undefined)
    return unintelligible('a detail without process_info.after_sale_info.after_sale_id')
  const { afterSale, arbitration, order } = detail
  const orderNumber = asId(order?.shop_order_id)
  const caseFacts = readCaseCodes({
    status: afterSale.after_sale_status,
    type: afterSale.after_sale_type,
    subType: afterSale.after_sale_sub_type,
    refund: afterSale.refund_status,
    arbitration: arbitration.arbitrate_status,
    finalTime: afterSale.aftersale_status_to_final_time,
    deadline: afterSale.status_deadline,
  })
  if (typeof caseFacts === 'string') return unintelligible(caseFacts)
  if (isUnknownConclusion(arbitration.arbitrate_conclusion))
    return unintelligible(`unknown arbitrate_conclusion ${displayCode(arbitration.arbitrate_conclusion)}`)
  const revision = asInstant(afterSale.update_time)
  // Reading again would return the same: without a version it cannot be ordered.
  if (revision === undefined) return unintelligible('a detail without a readable update_time')
  const appliedAt = asInstant(afterSale.apply_time)
  const buyer = buyerOf(afterSale.post_receiver, afterSale.post_tel_sec)
  return {
    type: 'observed',
    shop: undefined,
    case: { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) },
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets: facetsOf(detail, caseFacts, orderNumber),
    },
    ...(buyer === undefined ? {} : { buyer }),
  }
}

function unwrapDetail(answer: JsonObject): Detail | undefined {
  const body = asObject(answer['data']) ?? answer
  const process = asObject(body['process_info'])
  const afterSale = asObject(process?.['after_sale_info']) as DetailCase | undefined
  if (afterSale === undefined) return undefined
  return {
    afterSale,
    arbitration: (asObject(process?.['arbitrate_info']) ?? {}) as DetailArbitration,
    logistics: (asObject(process?.['logistics_info']) ?? {}) as DetailLogistics,
    order: asObject(body['order_info']) as DetailOrder | undefined,
  }
}

function facetsOf(
  { afterSale, arbitration, logistics, order }: Detail,
  caseFacts: CaseFacts,
  orderNumber: string | undefined,
): Partial<Facets> {
  const { facts } = caseFacts
  const status = statusOf(facts)
  const lines = order?.sku_order_infos
  const total = afterSale.refund_total_amount ?? afterSale.refund_amount
  const code = asId(afterSale.reason_code)
  const text = removeQuotes(asText(afterSale.reason))
  const deadline = deadlineOf(afterSale.status_deadline, status.raw)
  const orderFacet = orderOf(orderNumber, lines)
  const dispute = disputeOfDetail(caseFacts.arbitration, arbitration)
  const money = moneyOfDetail(afterSale, facts)
  const goods = goodsOf({
    code: facts.code,
    type: facts.type,
    gotParcel: afterSale.got_pkg,
    order: logistics.order,
    replacements: [logistics.exchange, logistics.resend],
    returnParcel: logistics.return,
    lines,
  })
  return {
    ...(isEndUnknown(facts, afterSale) ? {} : { status, ...(deadline === undefined ? {} : { deadline }) }),
    ...(facts.type === undefined ? {} : { kind: kindOf(facts.type, facts.subType) }),
    ...amountsOf({ total, freight: afterSale.refund_post_amount, refunded: afterSale.real_refund_amount }, facts),
    ...(text === undefined ? {} : { reason: { text } }),
    ...(code === undefined ? {} : { reasonCode: { code } }),
    ...(orderFacet === undefined ? {} : { order: orderFacet }),
    ...(goods === undefined ? {} : { goods }),
    ...(money === undefined ? {} : { money }),
    ...(dispute === undefined ? {} : { dispute }),
  }
}

/**
 * The detail's `refund_type` is the channel of the money (`refund_type_text` 无需退款, 订单货款): the numbers of the list's
 * `aftersale_refund_type`, not those of the list's `refund_type`. Where it is missing, a paid refund does not show whose money
 * it was. Nor does 0, "the order's money", of a fast refund: it may be advanced by the platform (R148), which the list reports,
 * and "refunded" would replace it.
 */
function moneyOfDetail(afterSale: DetailCase, facts: StatusFacts): MoneyRail | undefined {
  const channel = asInteger(afterSale.refund_type)
  const money = moneyOf(facts, channel)
  const isUnknown = channel === undefined || (channel <= 0 && isFastRefund(afterSale.auto_audit_bits))
  return isUnknown && money.stage === 'refunded' ? undefined : money
}

/** Older details lack the final time: an agreed refund without a refund status may then be over, or not. */
const isEndUnknown = (facts: StatusFacts, afterSale: DetailCase): boolean =>
  facts.code === 12 &&
  asksForMoney(facts) &&
  facts.refund === undefined &&
  afterSale.aftersale_status_to_final_time === undefined
