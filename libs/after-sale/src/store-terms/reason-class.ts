import type { AfterSaleCase } from '../case'
import type { ReasonCodeFacet, ReasonFacet } from '../facets'
import type { Term } from '../glossary/vocabulary'
import type { ReasonClass, ReasonRule, StoreTerms } from './store-terms'

/** The name of each class of reasons, for people. */
export const REASON_CLASSES: Readonly<Record<ReasonClass, Term>> = {
  'no-reason': { zh: '无理由', en: 'No reason needed' },
  quality: { zh: '质量问题', en: 'Quality' },
  'wrong-goods': { zh: '发错货/漏发', en: 'Wrong or missing goods' },
  'not-as-described': { zh: '与描述不符', en: 'Not as described' },
  damaged: { zh: '破损', en: 'Damaged' },
  logistics: { zh: '物流问题', en: 'Logistics' },
  other: { zh: '其他', en: 'Other' },
}

/** R162: reasons of these two classes do not count against the store's experience score. */
export const EXPERIENCE_NEUTRAL: readonly ReasonClass[] = ['no-reason', 'other']

/**
 * The class of the *current* reason, by which an application is judged. Quality is counted by the first reason (R172).
 */
export const reasonClassOf = (afterSale: AfterSaleCase, terms: StoreTerms): ReasonClass | undefined =>
  classifyReason(afterSale.reason, afterSale.reasonCode, terms.reasons)

/** R172: the buyer's first reason; changing the reason later does not change what is counted. */
export const firstReasonClassOf = (afterSale: AfterSaleCase, terms: StoreTerms): ReasonClass | undefined =>
  classifyReason(afterSale.firstReason, afterSale.firstReasonCode, terms.reasons)

/**
 * The class of a reason by the store's table: the marketplace's code before any words, the first matching rule decides,
 * and no match means unknown, never `other`.
 */
export function classifyReason(
  reason: ReasonFacet | undefined,
  code: ReasonCodeFacet | undefined,
  rules: readonly ReasonRule[],
): ReasonClass | undefined {
  if (rules.length === 0) return undefined
  const table = tableOf(rules)
  const byCode = code === undefined ? undefined : table.codes.get(code.code)
  return byCode ?? (reason === undefined ? undefined : classifyText(reason.text, table))
}

/** The rules of a store, prepared for look-up. */
interface ReasonTable {
  readonly codes: ReadonlyMap<string, ReasonClass>
  readonly words: readonly (readonly [string, ReasonClass])[]
  /** Cache of classified texts: buyers choose among a few dozen. */
  readonly cache: Map<string, ReasonClass | undefined>
}

const tables = new WeakMap<readonly ReasonRule[], ReasonTable>()

function tableOf(rules: readonly ReasonRule[]): ReasonTable {
  const cached = tables.get(rules)
  if (cached !== undefined) return cached
  const codes = new Map<string, ReasonClass>()
  const words: [string, ReasonClass][] = []
  for (const rule of rules) {
    if (rule.code !== undefined && !codes.has(rule.code)) codes.set(rule.code, rule.class)
    const normalisedWords = normaliseReason(rule.words ?? '')
    if (normalisedWords !== '') words.push([normalisedWords, rule.class])
  }
  const table: ReasonTable = { codes, words, cache: new Map() }
  tables.set(rules, table)
  return table
}

/** The limit of the cache, so that free-text reasons do not fill the memory. */
const MAX_CACHED = 2_000

function classifyText(text: string, { words, cache }: ReasonTable): ReasonClass | undefined {
  const cached = cache.get(text)
  if (cached !== undefined || cache.has(text)) return cached
  const normalised = normaliseReason(text)
  const found = words.find(([normalisedWords]) => normalised.includes(normalisedWords))?.[1]
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(text, found)
  return found
}

/** Full-width letters and digits become plain ones, the Chinese numeral in "seven days" a digit, blanks are removed. */
const normaliseReason = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replace(/\s+/g, '').replace(/七天/g, '7天').replace(/七日/g, '7天')
