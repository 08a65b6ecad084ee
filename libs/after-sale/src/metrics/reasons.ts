import type { AfterSaleCase } from '../case'
import { EXPERIENCE_NEUTRAL, firstReasonClassOf, reasonClassOf } from '../store-terms/reason-class'
import type { ReasonClass, StoreTerms } from '../store-terms/store-terms'
import type { Truth } from '../truth'
import { truthOf } from '../truth'
import type { Kind } from '../glossary/vocabulary'
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
  const share = shareOf(cases, (afterSale) => isQualityReturn(afterSale, termsOf(afterSale)))
  return orders === undefined ? share : { ...share, denominator: orders }
}

/** Whether the goods of this case are returned for quality; `undefined`: nothing is returned. */
export function isQualityReturn(afterSale: AfterSaleCase, terms: StoreTerms): Truth | undefined {
  if (afterSale.kind === undefined) return 'unknown'
  if (!RETURNS.includes(afterSale.kind.kind)) return undefined
  return isOfClass(firstReasonClassOf(afterSale, terms), ['quality'])
}

/** R162: cases whose reason costs no experience score: "no reason" and "other". */
export const experienceNeutral = (cases: readonly AfterSaleCase[], termsOf: TermsOf): Share =>
  shareOf(cases, (afterSale) => isOfClass(reasonClassOf(afterSale, termsOf(afterSale)), EXPERIENCE_NEUTRAL))

const isOfClass = (reasonClass: ReasonClass | undefined, wanted: readonly ReasonClass[]) =>
  truthOf(reasonClass === undefined ? undefined : wanted.includes(reasonClass))

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
