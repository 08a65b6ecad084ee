import type { Facets, Instant, MoneyRail } from '#after-sale'
import type { JsonObject, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, instantOf } from '../../contract'
import { amountsOf } from './amounts'
import { buyerOf } from './buyer'
import type { CaseFacts } from './case-facts'
import { factsOf, shown } from './case-facts'
import { deadlineOf } from './deadline'
import { disputeOfDetail, unknownConclusion } from './dispute'
import { isFastRefund } from './flags'
import { goodsOf } from './goods'
import { orderOf, unquoted } from './order'
import type { StatusFacts } from '../statuses'
import { asksForMoney, kindOf, moneyOf, statusOf } from '../statuses'
import type { DetailArbitration, DetailCase, DetailLogistics, DetailOrder } from '../wire'

interface Detail {
  readonly told: DetailCase
  readonly arbitration: DetailArbitration
  readonly logistics: DetailLogistics
  readonly order: DetailOrder | undefined
}

const unintelligible = (why: string): Translation => ({ type: 'unintelligible', why })

/** The whole answer of `afterSale.Detail`, with or without the gateway's envelope. */
export function translateDetail(answer: JsonObject, receivedAt: Instant): Translation {
  const detail = detailIn(answer)
  const caseNumber = asId(detail?.told.after_sale_id)
  if (detail === undefined || caseNumber === undefined)
    return unintelligible('a detail without process_info.after_sale_info.after_sale_id')
  const { told, arbitration, order } = detail
  const orderNumber = asId(order?.shop_order_id)
  const known = factsOf({
    status: told.after_sale_status,
    type: told.after_sale_type,
    subType: told.after_sale_sub_type,
    refund: told.refund_status,
    arbitration: arbitration.arbitrate_status,
    finalTime: told.aftersale_status_to_final_time,
    deadline: told.status_deadline,
  })
  if (typeof known === 'string') return unintelligible(known)
  if (unknownConclusion(arbitration.arbitrate_conclusion))
    return unintelligible(`unknown arbitrate_conclusion ${shown(arbitration.arbitrate_conclusion)}`)
  const revision = instantOf(told.update_time)
  // Reading again would only give the same: without a version it can be put in no order.
  if (revision === undefined) return unintelligible('a detail without a readable update_time')
  const appliedAt = instantOf(told.apply_time)
  const buyer = buyerOf(told.post_receiver, told.post_tel_sec)
  return {
    type: 'observed',
    shop: undefined,
    case: { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) },
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets: facetsOf(detail, known, orderNumber),
    },
    ...(buyer === undefined ? {} : { buyer }),
  }
}

function detailIn(answer: JsonObject): Detail | undefined {
  const body = asObject(answer['data']) ?? answer
  const process = asObject(body['process_info'])
  const told = asObject(process?.['after_sale_info']) as DetailCase | undefined
  if (told === undefined) return undefined
  return {
    told,
    arbitration: (asObject(process?.['arbitrate_info']) ?? {}) as DetailArbitration,
    logistics: (asObject(process?.['logistics_info']) ?? {}) as DetailLogistics,
    order: asObject(body['order_info']) as DetailOrder | undefined,
  }
}

function facetsOf(
  { told, arbitration, logistics, order }: Detail,
  known: CaseFacts,
  orderNumber: string | undefined,
): Partial<Facets> {
  const { facts } = known
  const status = statusOf(facts)
  const lines = order?.sku_order_infos
  const total = told.refund_total_amount ?? told.refund_amount
  const code = asId(told.reason_code)
  const text = unquoted(asText(told.reason))
  const deadline = deadlineOf(told.status_deadline, status.raw)
  const orderFacet = orderOf(orderNumber, lines)
  const dispute = disputeOfDetail(known.arbitration, arbitration)
  const money = moneyOfDetail(told, facts)
  const goods = goodsOf({
    code: facts.code,
    type: facts.type,
    gotParcel: told.got_pkg,
    order: logistics.order,
    later: [logistics.exchange, logistics.resend],
    back: logistics.return,
    lines,
  })
  return {
    ...(isEndUnknown(facts, told) ? {} : { status, ...(deadline === undefined ? {} : { deadline }) }),
    ...(facts.type === undefined ? {} : { kind: kindOf(facts.type, facts.subType) }),
    ...amountsOf({ total, freight: told.refund_post_amount, refunded: told.real_refund_amount }, facts),
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
 * `aftersale_refund_type`, not those of the list's `refund_type`. Where it is missing, a paid refund does not tell whose money
 * it was. Nor does 0, "the order's money", of a fast refund: it may be advanced by the platform (R148), which the list tells,
 * and "refunded" would replace it.
 */
function moneyOfDetail(told: DetailCase, facts: StatusFacts): MoneyRail | undefined {
  const channel = asInteger(told.refund_type)
  const money = moneyOf(facts, channel)
  const isUntold = channel === undefined || (channel <= 0 && isFastRefund(told.auto_audit_bits))
  return isUntold && money.stage === 'refunded' ? undefined : money
}

/** Older details lack the final time: an agreed refund without a refund status may then be over, or not. */
const isEndUnknown = (facts: StatusFacts, told: DetailCase): boolean =>
  facts.code === 12 &&
  asksForMoney(facts) &&
  facts.refund === undefined &&
  told.aftersale_status_to_final_time === undefined
