import type { Fen } from '../facets'
import type { Sourced } from '../sourced'
import type { Action } from './action'

/**
 * What an amount that somebody types is for. `payment`: a small payment, be it a compensation or return freight.
 * `proposal`: a refund in part that the buyer is asked to accept. `claim`: money claimed back in an appeal.
 */
export type AmountUse = 'payment' | 'proposal' | 'claim'

/**
 * The most that may be typed, fen. All payments of one case together stay within `payment`. The other two count where
 * nothing else bounds them: what the buyer paid is unknown, or the claim is about no money that he paid.
 */
export type AmountLimits = Readonly<Record<AmountUse, Sourced<Fen>>>

/** No marketplace publishes a figure that is proven; these are ours, low enough that a slip of the hand is caught. */
export const DEFAULT_AMOUNT_LIMITS: AmountLimits = {
  payment: { value: 20_000, rule: 'ours', from: '2026-11-30' },
  proposal: { value: 500_000, rule: 'ours', from: '2026-11-30' },
  claim: { value: 500_000, rule: 'ours', from: '2026-11-30' },
}

/** Actions whose amount somebody types. A new one does not compile until it is here. */
type Typed = Extract<Action, { readonly amount: Fen }>['name'] | Extract<Action, { readonly items: unknown }>['name']

export const AMOUNT_USE: Readonly<Record<Typed, AmountUse>> = {
  'send-small-payment': 'payment',
  'propose-amount': 'proposal',
  appeal: 'claim',
}
