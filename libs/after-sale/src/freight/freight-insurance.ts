import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Truth } from '../truth'
import type { FreightTerms } from './terms'

/** One purchase of freight insurance for a store. `until`: the platform's own end, where it gives one. UTC ms. */
export interface InsurancePurchase {
  readonly from: Instant
  readonly until?: Instant
}

/** Until when a store is insured. Buying again by then leaves no gap (R129). */
export interface InsuranceRenewal {
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
  /** The cover has ended and was not renewed: returns applied for now are not insured. */
  readonly lapsed: boolean
}

const coverEndOf = ({ from, until }: InsurancePurchase, terms: FreightTerms): Instant =>
  until ?? from + terms.insuranceCycle.value

/**
 * R129: the end of the current or last cover, extended by purchases that follow it without a gap. `undefined` where
 * none was bought, or only for later. At the end, to the instant, the cover has lapsed.
 */
export function insuranceRenewalOf(
  purchases: readonly InsurancePurchase[],
  terms: FreightTerms,
  now: Instant,
): InsuranceRenewal | undefined {
  let due: Instant | undefined
  let source: DeadlineSource = 'DERIVED'
  for (const purchase of [...purchases].sort((a, b) => a.from - b.from)) {
    const end = coverEndOf(purchase, terms)
    const follows = purchase.from <= now || (due !== undefined && purchase.from <= due)
    if (!follows || (due !== undefined && end <= due)) continue
    due = end
    source = purchase.until === undefined ? 'DERIVED' : 'OBSERVED'
  }
  return due === undefined ? undefined : { due, source, rule: 'R129', lapsed: now >= due }
}

/** Whether a return that was applied for at that time is insured; unknown where purchases were never attested. */
export function insuredAt(
  purchases: readonly InsurancePurchase[] | undefined,
  terms: FreightTerms,
  at: Instant,
): Truth {
  if (purchases === undefined) return 'unknown'
  return purchases.some((purchase) => purchase.from <= at && at < coverEndOf(purchase, terms)) ? 'true' : 'false'
}
