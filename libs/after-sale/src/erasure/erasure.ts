import type { Instant } from '../facets'
import type { Term } from '../glossary/vocabulary'

/** Why a buyer's personal data is erased. */
export const ERASURE_REASONS = {
  'buyer-asked': { zh: '买家要求', en: 'the buyer asked for it' },
  'authority-asked': { zh: '主管部门要求', en: 'an authority asked for it' },
  'no-longer-needed': { zh: '不再需要', en: 'it is no longer needed' },
  retention: { zh: '保存期已满', en: 'its retention has ended' },
} as const satisfies Readonly<Record<string, Term>>

export type ErasureReason = keyof typeof ERASURE_REASONS

/** When the personal data of the buyer was erased, and why. `by`: a person's login; absent: the retention of the store. */
export interface Erasure {
  readonly at: Instant
  readonly why: ErasureReason
  readonly by?: string
}

/** Forget who the buyer is. Everything else of the case stays. */
export interface EraseBuyer {
  readonly type: 'EraseBuyer'
  readonly why: ErasureReason
  readonly by?: string
  readonly now: Instant
}

export type BuyerErased = { readonly type: 'BuyerErased' } & Erasure
