import type { AfterSaleCase } from '../case'
import type { Fen, Parcel } from '../facets'
import { interceptableUntil, shippedWithin } from '../goods/whereabouts'
import type { Variant } from '../glossary/vocabulary'
import type { Condition } from './framework/condition'
import { verdictOf } from './framework/verdict-of'
import type { Policy } from './framework/policy'
import type { Subject } from './framework/subject'
import { conditionOf, reportedAt } from './framework/condition-of'
import { truthOf, type Truth } from '../truth'

/** `worthFrom`: the lowest refund, in fen, for which interception is tried, because the carrier charges a fee. */
export interface InterceptionSettings {
  readonly worthFrom: Fen
}

/**
 * R001–R004, R117: a parcel that was shipped very recently is intercepted; the buyer need do nothing, the goods come
 * back.
 */
export const parcelCanBeIntercepted: Policy<InterceptionSettings> = {
  name: 'parcelCanBeIntercepted',
  title: { zh: '快递可拦截', en: 'The parcel can be intercepted' },
  rules: ['R001', 'R002', 'R117'],
  claims: {
    parcelIsUnderWay: { zh: '包裹尚未送达', en: 'the parcel has not arrived' },
    justShipped: { zh: '刚发货不久', en: 'it was shipped a short time ago', unit: 'instant' },
    parcelIsKnown: { zh: '仅有一个已知运单的包裹', en: 'there is one parcel, and its number is known' },
    notTriedYet: { zh: '尚未尝试拦截', en: 'interception has not been tried yet' },
    worthTheFee: { zh: '金额值得拦截', en: 'the refund is worth the fee', unit: 'fen' },
  },
  shape: {
    fields: {
      worthFrom: {
        type: 'number',
        least: 0,
        most: 100_000_000,
        title: { zh: '达到此退款金额(分)才拦截', en: 'Intercept from this refund on (fen)' },
      },
    },
    defaults: { worthFrom: 0 },
  },
  judge(subject, { worthFrom }) {
    const { afterSale } = subject
    if (!asksBeforeArrival(afterSale)) return undefined
    const parcel = onlyParcelOf(afterSale)
    const conditions = [
      parcelIsUnderWay(afterSale, true),
      justShipped(subject),
      conditionOf(
        'R001',
        'parcelIsKnown',
        parcel === undefined ? 'unknown' : 'true',
        parcel !== undefined,
        true,
        reportedAt(afterSale, 'goods'),
      ),
      notTriedYet(afterSale),
      worthTheFee(afterSale, worthFrom),
    ]
    const shipment = { carrier: parcel?.carrier ?? '', tracking: parcel?.tracking ?? '' }
    return verdictOf(subject, {
      policy: 'parcelCanBeIntercepted',
      rules: parcelCanBeIntercepted.rules,
      conditions,
      then: { outcome: 'act', action: { name: 'intercept', shipment } },
    })
  },
}

const ORDINARY_VARIANTS: ReadonlySet<Variant | undefined> = new Set([undefined, 'shipped', 'unshipped'] as const)

/**
 * R117: a refund without a return that waits for the merchant's decision, with a parcel that can be intercepted or
 * refused: it was shipped, or at least its waybill has been printed (R001).
 */
export const asksBeforeArrival = ({ kind, status, goods }: AfterSaleCase): boolean =>
  kind?.kind === 'refund-only' &&
  ORDINARY_VARIANTS.has(kind.variant) &&
  status?.status === 'awaiting-merchant-decision' &&
  (goods?.stage !== 'not-shipped' || goods.parcels.length > 0)

/** A parcel that arrived, was refused or is coming back can neither be caught nor refused (R001, R005). */
export function parcelIsUnderWay(afterSale: AfterSaleCase, includePrinted: boolean): Condition {
  const stage = afterSale.goods?.stage
  const truth: Truth =
    stage === undefined || stage === 'unknown'
      ? 'unknown'
      : truthOf(stage === 'in-transit' || (includePrinted && stage === 'not-shipped'))
  return conditionOf('R117', 'parcelIsUnderWay', truth, stage ?? null, 'in-transit', reportedAt(afterSale, 'goods'))
}

/**
 * R001: "just printed" or "shipped only a short time ago"; the store's terms define how short. `wanted` is the next
 * instant at which the answer may change, so that the case is judged again then.
 */
export function justShipped({ afterSale, facts, terms, now }: Subject): Condition {
  const within = terms.interceptWithin.value
  const truth = shippedWithin(afterSale, facts?.shippedAt, within, now)
  const { surely, possibly } = interceptableUntil(afterSale, facts?.shippedAt, within)
  const until = truth === 'true' ? surely : possibly
  return conditionOf('R001', 'justShipped', truth, now, until ?? null, reportedAt(afterSale, 'goods'))
}

/** The result of our own attempt to intercept the parcel; one that never reached the carrier does not count. */
export function interceptionAttemptOf({ intents }: AfterSaleCase): 'none' | 'under-way' | 'failed' {
  let attempt: 'none' | 'under-way' | 'failed' = 'none'
  for (const { action, state } of intents ?? []) {
    if (action.name !== 'intercept' || state === 'withdrawn' || state === 'stale' || state === 'overtaken') continue
    attempt = state === 'refused' || state === 'lapsed' ? 'failed' : 'under-way'
  }
  return attempt
}

/** A carrier that refused is not asked again automatically. */
function notTriedYet(afterSale: AfterSaleCase): Condition {
  const attempt = interceptionAttemptOf(afterSale)
  return conditionOf('R001', 'notTriedYet', truthOf(attempt === 'none'), attempt, 'none', undefined)
}

/**
 * The one outbound parcel. `undefined` where there are several, since a person must choose, or where its carrier is
 * unknown, since it cannot be intercepted.
 */
function onlyParcelOf({ goods }: AfterSaleCase): Parcel | undefined {
  let onlyParcel: Parcel | undefined
  for (const parcel of goods?.parcels ?? []) {
    if (parcel.direction !== 'out') continue
    if (onlyParcel !== undefined) return undefined
    onlyParcel = parcel
  }
  return onlyParcel?.carrier === undefined ? undefined : onlyParcel
}

function worthTheFee(afterSale: AfterSaleCase, worthFrom: Fen): Condition {
  const total = afterSale.amounts?.total
  const truth = truthOf(total === undefined ? undefined : total >= worthFrom)
  return conditionOf('R001', 'worthTheFee', truth, total ?? null, worthFrom, reportedAt(afterSale, 'amounts'))
}
