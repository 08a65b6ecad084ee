import type { Instant } from '../../facets'
import type { Term } from '../../glossary/vocabulary'
import type { Truth } from '../../truth'

/** A rule of the catalogue, e.g. `R154`. */
export type RuleId = `R${number}`

/** The value that a condition examined, as it is stored: never a name, a phone, an address or the buyer's own words. */
export type ConditionValue = string | number | boolean | null

/**
 * One condition of a verdict: what was examined, since when it is known, and whether it holds. `claim` is the name of
 * its sentence in the policy's `claims`; the sentence is looked up when a person reads it, not while judging.
 */
export interface Condition {
  readonly rule: RuleId
  readonly claim: string
  readonly truth: Truth
  /** The fact that was used; `null`: unknown. */
  readonly found: ConditionValue
  /** What the fact is compared with: a limit in fen, an instant, a word. What would have to be true to flip it. */
  readonly wanted: ConditionValue
  /** When the fact was reported to us, UTC ms, where it comes from the case. */
  readonly known?: Instant
}

/**
 * How `found` and `wanted` of a claim are formatted for people; without a unit they are shown unformatted. `duration`
 * is milliseconds.
 */
export type ClaimUnit = 'fen' | 'instant' | 'days' | 'duration'

/** What a condition says if it holds, in both languages, and the unit of its values. */
export interface Claim extends Term {
  readonly unit?: ClaimUnit
}

/**
 * The sentence of each claim, in both languages, e.g. `{ paidUnderLimit: { zh: '实付低于上限', en: 'paid less than the
 * limit', unit: 'fen' } }`. It is worded as if the claim holds; `explain` adds whether it does.
 */
export type Claims = Readonly<Record<string, Claim>>
