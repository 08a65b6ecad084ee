import type { Facets, Instant } from '#after-sale'
import type { JsonObject, Translation } from '../../contract'
import { asId, asInteger, asObject, asText, asInstant } from '../../contract'
import { amountsOf, REFUND_ONLY_IN_DETAIL } from './amounts'
import type { CaseFacts } from './case-facts'
import { readCaseCodes } from './case-facts'
import { deadlineOf } from './deadline'
import { disputeOfRow } from './dispute'
import { flagsOf } from './flags'
import { goodsOf } from './goods'
import { orderOf, removeQuotes } from './order'
import { asksForMoney, kindOf, moneyOf, statusOf } from '../statuses'
import type { ListCase, ListOrder, ListRow, ListText } from '../wire'

/** One element of `afterSale.List`: nearly the whole case, including the deadline. */
export function translateRow(message: JsonObject, receivedAt: Instant): Translation {
  const row = message as ListRow
  const afterSale = asObject(row.aftersale_info) as ListCase | undefined
  const caseNumber = asId(afterSale?.aftersale_id)
  if (afterSale === undefined || caseNumber === undefined)
    return { type: 'unintelligible', why: 'a list row without aftersale_info.aftersale_id' }
  const order = asObject(row.order_info) as ListOrder | undefined
  const orderNumber = asId(order?.shop_order_id) ?? asId(afterSale.related_id)
  const reference = { caseNumber, ...(orderNumber === undefined ? {} : { orderNumber }) }
  const revision = asInstant(afterSale.update_time)
  if (revision === undefined)
    return { type: 'must-read', shop: undefined, case: reference, why: 'a list row without a readable update_time' }

  const caseFacts = readCaseCodes({
    status: afterSale.aftersale_status,
    type: afterSale.aftersale_type,
    subType: afterSale.aftersale_sub_type,
    refund: afterSale.refund_status,
    arbitration: afterSale.arbitrate_status,
    finalTime: afterSale.aftersale_status_to_final_time,
    deadline: afterSale.status_deadline,
  })
  if (typeof caseFacts === 'string')
    return { type: 'unintelligible', why: caseFacts, names: { shop: undefined, case: reference } }
  const appliedAt = asInstant(afterSale.apply_time)
  const facets = facetsOf(afterSale, order, asObject(row.text_part) as ListText | undefined, caseFacts, orderNumber)
  const alsoRead = alsoReadReason(caseFacts, facets)
  return {
    type: 'observed',
    shop: undefined,
    case: reference,
    report: {
      stamp: { revision, observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets,
    },
    ...(alsoRead === undefined ? {} : { alsoRead }),
    ...(alsoRead !== undefined && facets.status?.outcome !== undefined ? { readWhenOver: true } : {}),
  }
}

/** Why the detail must be read as well: for an arbitration, the refunded amount, or the receiver of a replacement. */
function alsoReadReason({ facts, arbitration }: CaseFacts, facets: Partial<Facets>): string | undefined {
  const { status, amountRefunded } = facets
  if (arbitration !== undefined && arbitration !== 0) return 'the list reports only that there is an arbitration'
  if (status?.outcome === 'refunded' && amountRefunded === undefined) return REFUND_ONLY_IN_DETAIL
  return !asksForMoney(facts) && status?.outcome === undefined
    ? 'the list does not have the receiver of a replacement'
    : undefined
}

/** Statuses in which a replacement may be on its way, or has arrived. */
const REPLACEMENT_SENT: ReadonlySet<number> = new Set([3, 12, 13, 14, 53])

function facetsOf(
  afterSale: ListCase,
  order: ListOrder | undefined,
  text: ListText | undefined,
  { facts, arbitration }: CaseFacts,
  orderNumber: string | undefined,
): Partial<Facets> {
  const status = statusOf(facts)
  const lines = order?.related_order_info
  const { refund_amount: total, refund_post_amount: freight, real_refund_amount: refunded } = afterSale
  const reason = removeQuotes(asText(text?.reason_text))
  const orderFacet = order === undefined ? undefined : orderOf(orderNumber, lines)
  const deadline = deadlineOf(afterSale.status_deadline, status.raw)
  const dispute = disputeOfRow(arbitration)
  const back = {
    tracking_no: afterSale.return_logistics_code ?? '',
    company_name: afterSale.return_logistics_company_name ?? '',
  }
  const flags = flagsOf({
    autoAudit: afterSale.auto_audit_bits,
    refundType: afterSale.refund_type,
    partType: afterSale.part_type,
    refusalSign: afterSale.is_agree_refuse_sign,
    risk: afterSale.risk_decision_code,
    lines,
  })
  // Only the detail has the parcel of a replacement, and parcels are replaced as a whole.
  const isSent = REPLACEMENT_SENT.has(facts.code) || afterSale.exchange_logistics_company_name !== undefined
  const goods =
    asksForMoney(facts) || !isSent
      ? goodsOf({
          code: facts.code,
          type: facts.type,
          gotParcel: afterSale.got_pkg,
          order: afterSale.order_logistics,
          returnParcel: back,
          lines,
        })
      : undefined
  return {
    status,
    ...(facts.type === undefined ? {} : { kind: kindOf(facts.type, facts.subType) }),
    ...amountsOf({ total, freight, refunded }, facts),
    ...(reason === undefined ? {} : { reason: { text: reason } }),
    ...(deadline === undefined ? {} : { deadline }),
    ...(orderFacet === undefined ? {} : { order: orderFacet }),
    ...(goods === undefined ? {} : { goods }),
    money: moneyOf(facts, asInteger(afterSale.aftersale_refund_type)),
    ...(dispute === undefined ? {} : { dispute }),
    ...(flags === undefined ? {} : { flags }),
  }
}
