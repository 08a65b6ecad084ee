import type { Sourced } from '../sourced'
import type { Term } from '../glossary/vocabulary'

/**
 * How the order was paid, as far as it matters for how the money is returned. `original`: it is only known that it goes
 * back the same way.
 */
export type PaymentMethod = 'wechat-pay' | 'savings-card' | 'credit-card' | 'original'

export const PAYMENT_METHODS: Readonly<Record<PaymentMethod, Term>> = {
  'wechat-pay': { zh: '微信支付', en: 'WeChat Pay' },
  'savings-card': { zh: '储蓄卡', en: 'Savings card' },
  'credit-card': { zh: '信用卡', en: 'Credit card' },
  original: { zh: '原路退回', en: 'The way it was paid' },
}

/** From the earliest to the latest that the money needs, ms from the approval. */
export interface ArrivalSpan {
  readonly earliest: number
  readonly latest: number
  /** The payment goes through a bank, which rests on public holidays: those days do not count (R114). */
  readonly rests: boolean
}

/** The spans by payment method, each with its source. */
export type ArrivalTerms = Readonly<Record<PaymentMethod, Sourced<ArrivalSpan>>>

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const from = '2023-01-01'

export const DEFAULT_ARRIVAL: ArrivalTerms = {
  'wechat-pay': { value: { earliest: MINUTE, latest: 3 * MINUTE, rests: false }, rule: 'R112', from },
  'savings-card': { value: { earliest: 2 * DAY, latest: 6 * DAY, rests: true }, rule: 'R115', from },
  'credit-card': { value: { earliest: 3 * DAY, latest: 7 * DAY, rests: true }, rule: 'R116', from },
  original: { value: { earliest: 0, latest: DAY, rests: true }, rule: 'R113', from },
}
