import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { ReasonClass } from '../store-terms/store-terms'
import type { Truth } from '../truth'
import type { Payer } from '../glossary/vocabulary'
import type { FreightTerms } from './terms'

/** Who pays the freight of a return or an exchange; a direction for which the rules name no payer is absent. */
export interface FreightBearing {
  readonly out?: Payer
  readonly back?: Payer
  readonly rule: RuleId
}

/**
 * R119: the merchant pays both directions for wrong or faulty goods. R120: otherwise the buyer pays the return; the
 * outbound freight stays with its payer (the merchant, where shipping is free). R122: where the rules name no payer,
 * neither does the platform, so none is named here.
 */
export function freightBearerOf(
  reason: ReasonClass | undefined,
  freeShipping: boolean | undefined,
  terms: FreightTerms,
): FreightBearing {
  const bearer = reason === undefined ? undefined : terms.bearers[reason]
  if (bearer === undefined) return { rule: 'R122' }
  const rule: RuleId = bearer.value === 'merchant' ? 'R119' : 'R120'
  if (bearer.value === 'merchant') return { out: 'merchant', back: 'merchant', rule }
  if (freeShipping === undefined) return { back: bearer.value, rule }
  return { out: freeShipping ? 'merchant' : bearer.value, back: bearer.value, rule }
}

/** Whether a person must check if freight is to be refunded in addition to the goods. */
export interface FreightCheck {
  readonly wanted: Truth
  /** The freight in the application, fen; absent: the marketplace does not report it. */
  readonly told?: Fen
  readonly rule: RuleId
}

/**
 * R121–R123: goods money and freight are two legs, and the system does not refund the second by itself. Where the
 * merchant pays the return and the application contains no freight, a person must check; where the payer is unknown,
 * the answer is unknown, not false.
 */
export function freightToCheckOf(afterSale: AfterSaleCase, { back }: FreightBearing): FreightCheck {
  const freight = afterSale.amounts?.legs.FREIGHT
  const kind = afterSale.kind?.kind
  const rule = 'R122'
  if (kind === 'refund-only' || kind === 'resend') return { wanted: 'false', rule }
  if (freight !== undefined && freight > 0) return { wanted: 'false', told: freight, rule }
  const reportedFreight = freight === undefined ? {} : { told: freight }
  if (back === undefined || kind === undefined) return { wanted: 'unknown', ...reportedFreight, rule }
  return { wanted: back === 'merchant' ? 'true' : 'false', ...reportedFreight, rule }
}
