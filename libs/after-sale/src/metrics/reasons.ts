import type { AfterSaleCase } from '../case'
import { EXPERIENCE_NEUTRAL, firstReasonClassOf, reasonClassOf } from '../store-terms/reason-class'
import type { ReasonClass, StoreTerms } from '../store-terms/store-terms'
import type { Truth } from '../truth'
import { truthOf } from '../truth'
import type { Kind } from '../glossary/vocabulary'
import { intervened } from './disputes'
import type { Share } from './share'
import { shareOf } from './share'

/** The terms of a case's store, which contain its table of reasons. */
export type TermsOf = (afterSale: AfterSaleCase) => StoreTerms

const RETURNS: readonly Kind[] = ['return-and-refund', 'exchange']

/**
 * R172: returns for quality, by the *first* reason: later changes by the buyer do not count. Of returns and exchanges,
 * or of `orders` for the platform's own figure. A missing kind or reason is unknown.
 */
export function qualityReturns(cases: readonly AfterSaleCase[], termsOf: TermsOf, orders?: number): Share {
  const share = shareOf(cases, (afterSale) => qualityReturn(afterSale, termsOf(afterSale)))
  return orders === undefined ? share : { ...share, denominator: orders }
}

/** Whether this case is one of them; `undefined`: nothing is returned. */
export function qualityReturn(afterSale: AfterSaleCase, terms: StoreTerms): Truth | undefined {
  if (afterSale.kind === undefined) return 'unknown'
  if (!RETURNS.includes(afterSale.kind.kind)) return undefined
  return isOfClass(firstReasonClassOf(afterSale, terms), ['quality'])
}

/** R162: cases whose reason costs no experience score: "no reason" and "other". */
export const experienceNeutral = (cases: readonly AfterSaleCase[], termsOf: TermsOf): Share =>
  shareOf(cases, (afterSale) => isOfClass(reasonClassOf(afterSale, termsOf(afterSale)), EXPERIENCE_NEUTRAL))

const isOfClass = (reasonClass: ReasonClass | undefined, wanted: readonly ReasonClass[]) =>
  truthOf(reasonClass === undefined ? undefined : wanted.includes(reasonClass))

/** The two causes of complaints to avoid, and the rest (R094). */
export type ComplaintCause = 'logistics' | 'abnormal-reason' | 'something-else'

const CAUSE_OF: Readonly<Record<ReasonClass, ComplaintCause>> = {
  logistics: 'logistics',
  'not-as-described': 'abnormal-reason',
  'wrong-goods': 'abnormal-reason',
  'no-reason': 'something-else',
  quality: 'something-else',
  damaged: 'something-else',
  other: 'something-else',
}

/**
 * R094, R096: cases that the buyer escalated to the platform, by what they are about. No marketplace reports complaints
 * outside the case, so an escalated case counts as one. `unknown`: escalated for an unknown reason, or unknown whether
 * escalated.
 */
export function complaintsByCause(
  cases: readonly AfterSaleCase[],
  termsOf: TermsOf,
): Readonly<Record<ComplaintCause, number>> & { readonly unknown: number } {
  const counts = { logistics: 0, 'abnormal-reason': 0, 'something-else': 0, unknown: 0 }
  for (const afterSale of cases) {
    const escalated = intervened(afterSale)
    if (escalated === 'false') continue
    const reasonClass = escalated === 'true' ? reasonClassOf(afterSale, termsOf(afterSale)) : undefined
    counts[reasonClass === undefined ? 'unknown' : CAUSE_OF[reasonClass]] += 1
  }
  return counts
}

/**
 * R098, R099: for each article how many of its cases are about quality, or differ from its description, by the first
 * reason. A case of several articles counts for each; one with unknown articles is under `''`.
 */
export function casesByArticle(
  cases: readonly AfterSaleCase[],
  termsOf: TermsOf,
  wanted: ReasonClass,
): ReadonlyMap<string, Share> {
  const byArticle = new Map<string, AfterSaleCase[]>()
  for (const afterSale of cases)
    for (const article of articlesOf(afterSale)) {
      const articleCases = byArticle.get(article)
      if (articleCases === undefined) byArticle.set(article, [afterSale])
      else articleCases.push(afterSale)
    }
  return new Map(
    [...byArticle].map(([article, articleCases]) => [
      article,
      shareOf(articleCases, (afterSale) => isOfClass(firstReasonClassOf(afterSale, termsOf(afterSale)), [wanted])),
    ]),
  )
}

function articlesOf(afterSale: AfterSaleCase): ReadonlySet<string> {
  const articles = afterSale.order?.lines.flatMap(({ sku, lineId }) => sku ?? lineId) ?? []
  return new Set(articles.length === 0 ? [''] : articles)
}

/** R101: cases by the carrier of the outbound parcel; `''`: unknown. */
export function casesByCarrier(cases: readonly AfterSaleCase[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const afterSale of cases) {
    const carriers = new Set(
      afterSale.goods?.parcels.flatMap(({ direction, carrier }) =>
        direction === 'out' && carrier !== undefined ? [carrier] : [],
      ),
    )
    for (const carrier of carriers.size === 0 ? [''] : carriers) counts.set(carrier, (counts.get(carrier) ?? 0) + 1)
  }
  return counts
}
