import type { DeadlineFacet, Facets } from '#after-sale'
import { STATUSES } from '#after-sale'
import type { BuyerInClear, JsonObject, Translation } from '../../contract'
import { asInteger, asObject, asText, asFen, asInstant } from '../../contract'
import { disputeOf } from './dispute'
import { goodsOf } from './goods'
import { moneyOf } from './money'
import { kindOfDetail } from '../statuses'
import type { CaseFacts } from './case-facts'
import { isFinal, readParcel, readCase, wholeSecond } from './case-facts'
import type { Detail, ExchangeShipping } from '../wire'

/** The answer to one read. The document shows no wrapper; one is removed where present. */
export function unwrapDetail(answer: JsonObject): JsonObject {
  if (answer.id !== undefined || answer.order_sn !== undefined) return answer
  const [only, ...others] = Object.values(answer)
  const inner = asObject(only)
  return others.length === 0 && inner !== undefined ? inner : answer
}

export function translateDetail(answer: JsonObject, receivedAt: number): Translation {
  const detail: Detail = unwrapDetail(answer)
  const result = readCase(detail, {
    name: 'detail',
    kindOf: kindOfDetail,
    fen: asFen,
    reason: detail.after_sales_reason,
    returnParcel: detail.express_no,
  })
  // Reading again would return the same detail, so the case is not read again.
  if (!result.ok) return { type: 'unintelligible', why: result.why }
  const facts = result.value
  const shipping: ExchangeShipping = asObject(detail.exchange_shipping_detail) ?? {}
  const appliedAt = asInstant(detail.recreated_at)
  const buyer = buyerOf(shipping)
  return {
    type: 'observed',
    shop: undefined,
    case: facts.reference,
    report: {
      stamp: { revision: revisionOf(detail, receivedAt), observedAt: receivedAt },
      // The list has it in whole seconds.
      ...(appliedAt === undefined ? {} : { appliedAt: wholeSecond(appliedAt) }),
      facets: facetsOf(detail, shipping, facts),
    },
    ...(buyer === undefined ? {} : { buyer }),
  }
}

/**
 * The form of `updated_time` is not documented. Where it cannot be read, the second of the answer is used: an answer
 * is at least as new as every change before it, and a list row of a later change has a later second.
 */
const revisionOf = (detail: Detail, receivedAt: number): number =>
  wholeSecond(asInstant(detail.updated_time) ?? receivedAt)

/** The order is not reported here: only the list has the goods' names, and an order without them would replace them. */
function facetsOf(detail: Detail, shipping: ExchangeShipping, facts: CaseFacts): Partial<Facets> {
  const { code, meaning, kind, isDisputed } = facts
  const joinCode = asInteger(detail.join_or_not)
  const hasPlatformIntervened = joinCode === 1 || isDisputed === true ? true : joinCode === 0 ? false : undefined
  const isSpeedRefund = asInteger(detail.speed_refund_flag) === 1
  const money = moneyOf(meaning, kind, isSpeedRefund ? 'unknown' : 'none')
  const dispute = disputeOf(code, meaning, hasPlatformIntervened)
  const deadline = deadlineOf(detail, facts)
  const goods = goodsOf({
    code,
    returnParcel: facts.returnParcel ?? readParcel('back', shipping.customer_send_back_trunk_number),
    sentParcel: readParcel('out', shipping.merchant_exchange_trunk_number),
    isShipped: readShipped(detail),
    buyersClaim: readBuyersClaim(detail),
  })
  return {
    ...facts.facets,
    ...(deadline === undefined ? {} : { deadline }),
    ...(money === undefined ? {} : { money }),
    ...(dispute === undefined ? {} : { dispute }),
    ...(goods === undefined ? {} : { goods }),
    flags: flagsOf(detail, isDisputed),
  }
}

/**
 * `expire_time` is given only while the merchant must act. At any other time an empty value means that no deadline is
 * running for us. While it is our turn an empty value is a gap, not the absence of a deadline.
 */
function deadlineOf(detail: Detail, { code, meaning }: CaseFacts): DeadlineFacet | undefined {
  const forRaw = String(code)
  const due = asInstant(detail.expire_time)
  if (due !== undefined) return { due, forRaw }
  const hasNoExpiry = detail.expire_time === undefined || asInteger(detail.expire_time) === 0
  return hasNoExpiry && (isFinal(meaning) || STATUSES[meaning.status].turn !== 'us') ? { due: null, forRaw } : undefined
}

function readShipped(detail: Detail): boolean | undefined {
  const shipped = asInteger(detail.shipping_status)
  return shipped === 1 ? true : shipped === 0 ? false : undefined
}

function readBuyersClaim(detail: Detail): 'received' | 'not-received' | undefined {
  const claim = asInteger(detail.user_shipping_status)
  return claim === 2 ? 'received' : claim === 1 ? 'not-received' : undefined
}

const PARTIAL_FLAGS = new Map([
  [1, 'part-pieces'],
  [2, 'part-percent'],
])

function flagsOf(detail: Detail, isDisputed: boolean | undefined): readonly string[] {
  const part = PARTIAL_FLAGS.get(asInteger(detail.part_after_sales_type) ?? 0)
  const value = asInteger(detail.part_after_sales_value)
  const flags = [
    asInteger(detail.speed_refund_flag) === 1 ? 'speed-refund' : undefined,
    isDisputed === true ? 'dispute-refund' : undefined,
    asInteger(detail.join_or_not) === 1 ? 'platform-joined' : undefined,
    part === undefined || value === undefined ? part : `${part}:${value}`,
  ]
  return flags.filter((flag) => flag !== undefined).sort()
}

/** Ciphertext carries `~`, `#` or `$`, masks carry `*`: neither is a person one could search for. */
const CIPHERTEXT_OR_MASK = /[~#$*]/

function buyerOf(shipping: ExchangeShipping): BuyerInClear | undefined {
  const name = asText(shipping.merchant_exchange_detail_receiver, 60)
  const phone = asText(shipping.merchant_exchange_detail_phone, 30)?.replaceAll(/[\s-]/g, '')
  const clear = {
    ...(name === undefined || CIPHERTEXT_OR_MASK.test(name) ? {} : { name }),
    ...(phone === undefined || !/^\+?\d{7,15}$/.test(phone) ? {} : { phone }),
  }
  return Object.keys(clear).length === 0 ? undefined : clear
}
