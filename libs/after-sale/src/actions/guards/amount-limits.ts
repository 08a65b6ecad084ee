import type { Fen } from '../../facets'
import type { Sourced } from '../../sourced'
import type { Action } from '../action'

/**
 * What an entered amount is for. `payment`: a small payment, be it a compensation or return freight. `proposal`: a
 * partial refund that the buyer is asked to accept. `claim`: money claimed back in an appeal.
 */
export type AmountUse = 'payment' | 'proposal' | 'claim'

/**
 * The highest amounts that may be entered, fen. All payments of one case together stay within `payment`. The other two
 * apply where nothing else bounds the amount: what the buyer paid is unknown, or the claim is not about money that the
 * buyer paid.
 */
export type AmountLimits = Readonly<Record<AmountUse, Sourced<Fen>>>

/**
 * Our own limits, low enough to catch typing errors: 200 yuan for small payments, 5,000 yuan otherwise. No marketplace publishes
 * a reliable figure.
 */
export const DEFAULT_AMOUNT_LIMITS: AmountLimits = {
  payment: { value: 20_000, rule: 'ours', from: '2026-11-30' },
  proposal: { value: 500_000, rule: 'ours', from: '2026-11-30' },
  claim: { value: 500_000, rule: 'ours', from: '2026-11-30' },
}

/** Actions with an entered amount. A new one does not compile until it is listed here. */
type ActionWithAmount =
  Extract<Action, { readonly amount: Fen }>['name'] | Extract<Action, { readonly items: unknown }>['name']

/** The use of the amount of each such action. */
export const AMOUNT_USE: Readonly<Record<ActionWithAmount, AmountUse>> = {
  'send-small-payment': 'payment',
  'propose-amount': 'proposal',
  appeal: 'claim',
}
