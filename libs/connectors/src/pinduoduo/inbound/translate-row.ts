import type { Facets, Fen, Line, OrderFacet } from '#after-sale'
import type { JsonObject, Translation } from '../../contract'
import { asId, asInteger, asText, asFenFromYuan, asInstant } from '../../contract'
import type { SpeedRefund } from './money'
import { disputeOf } from './dispute'
import { goodsOf } from './goods'
import { moneyOf } from './money'
import { kindOfList } from '../statuses'
import type { CaseFacts } from './case-facts'
import { isFinal, unintelligibleCase, readCase, wholeSecond } from './case-facts'
import type { ListRow } from '../wire'

/**
 * A row of the increment list. Only the list names the goods, so the order is reported from here and not from the
 * detail. It has no deadline and no flags, so the detail of an open case is read as well.
 */
export function translateRow(message: JsonObject, receivedAt: number): Translation {
  const row: ListRow = message
  const result = readCase(row, {
    name: 'list row',
    kindOf: kindOfList,
    fen: asFenFromYuan,
    reason: row.after_sale_reason,
    returnParcel: row.tracking_number,
  })
  if (!result.ok) return unintelligibleCase(result)
  const facts = result.value
  const revision = asInstant(row.updated_time)
  if (revision === undefined)
    return {
      type: 'must-read',
      shop: undefined,
      case: facts.reference,
      why: 'list row without a readable updated_time',
    }
  const appliedAt = asInstant(row.created_time)
  return {
    type: 'observed',
    shop: undefined,
    case: facts.reference,
    report: {
      stamp: { revision: wholeSecond(revision), observedAt: receivedAt },
      ...(appliedAt === undefined ? {} : { appliedAt }),
      facets: facetsOf(row, facts),
    },
    ...(isFinal(facts.meaning) ? {} : { alsoRead: 'the list has no deadline' }),
  }
}

function facetsOf(row: ListRow, facts: CaseFacts): Partial<Facets> {
  const { code, meaning, kind, returnParcel: back } = facts
  const money = moneyOf(meaning, kind, speedRefundOf(row))
  // The list cannot show that no one stepped in (only the detail has join_or_not), so a 0 is not reported.
  const dispute = disputeOf(code, meaning, facts.isDisputed === true ? true : undefined)
  // Only the detail has the parcels of an exchange; an incomplete list would contradict it.
  const goods =
    kind === 'return-and-refund' || kind === 'refund-only' ? goodsOf({ code, returnParcel: back }) : undefined
  return {
    ...facts.facets,
    order: orderOf(row, facts.reference.orderNumber),
    ...(money === undefined ? {} : { money }),
    ...(dispute === undefined ? {} : { dispute }),
    ...(goods === undefined ? {} : { goods }),
  }
}

function orderOf(row: ListRow, orderNumber: string): OrderFacet {
  const paid = asFenFromYuan(row.order_amount)
  const lineId = asId(row.sku_id) ?? asId(row.goods_id)
  return {
    orderNumber,
    lines: lineId === undefined ? [] : [lineOf(row, lineId, paid)],
    ...(paid === undefined ? {} : { paid }),
  }
}

/** An order holds one article, so what was paid for the order was paid for its only line. */
function lineOf(row: ListRow, lineId: string, paid: Fen | undefined): Line {
  const title = asText(row.goods_name, 200)
  const sku = asText(row.outer_id, 100)
  const quantity = claimedQuantity(row)
  return {
    lineId,
    ...(title === undefined ? {} : { title }),
    ...(sku === undefined ? {} : { sku }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(paid === undefined ? {} : { paid }),
  }
}

/**
 * How many pieces are claimed. `goods_number` is the quantity bought; only the detail has the quantity of a partial
 * after-sale (`part_after_sales_value`). So a quantity is reported only where it cannot be smaller: for a single piece,
 * or for the whole paid amount.
 */
function claimedQuantity(row: ListRow): number | undefined {
  const bought = asInteger(row.goods_number)
  if (bought === undefined || bought < 1) return undefined
  const asked = asFenFromYuan(row.refund_amount)
  const isWhole = asked !== undefined && asked > 0 && asked === asFenFromYuan(row.order_amount)
  return bought === 1 || isWhole ? bought : undefined
}

/** "1" eligible, "2" failed, "3" succeeded, anything else no speed refund. */
function speedRefundOf(row: ListRow): SpeedRefund {
  const status = asInteger(row.speed_refund_status)
  if (status === 3) return 'paid'
  if (status === 1 || status === 2) return 'not-paid'
  return asInteger(row.speed_refund_flag) === 1 ? 'unknown' : 'none'
}
