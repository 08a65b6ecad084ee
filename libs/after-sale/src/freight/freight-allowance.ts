import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Fen, Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Payer } from '../glossary/vocabulary'
import type { FreightTerms } from './terms'

/** What is known of a return whose freight the platform subsidises. UTC ms, fen. */
export interface AllowanceFacts {
  readonly agreedAt?: Instant
  readonly addressGivenAt?: Instant
  /** The payment that the platform shows; it calculates the amount itself, by place and weight (R131). */
  readonly paid?: { readonly at: Instant; readonly amount: Fen }
}

/** The allowance for the buyer's return freight: when it is due, who pays, and how much, if known. */
export interface FreightAllowance {
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
  /** R130: it is the platform's money, never the merchant's. */
  readonly payer: Extract<Payer, 'platform'>
  readonly amount?: Fen
  readonly late: boolean
}

/**
 * R132: due within 24 hours after the return was agreed to *and* the address was given, whichever came later. Until
 * both have happened, none is due. R131: an amount that was not reported stays unknown.
 */
export function freightAllowanceOf(
  { agreedAt, addressGivenAt, paid }: AllowanceFacts,
  terms: FreightTerms,
  now: Instant,
): FreightAllowance | undefined {
  if (agreedAt === undefined || addressGivenAt === undefined) return undefined
  const due = Math.max(agreedAt, addressGivenAt) + terms.allowanceWithin.value
  const payment = paid !== undefined && paid.at <= now ? paid : undefined
  return {
    due,
    source: 'DERIVED',
    rule: 'R132',
    payer: 'platform',
    ...(payment === undefined ? {} : { amount: payment.amount }),
    late: (payment?.at ?? now) > due,
  }
}
