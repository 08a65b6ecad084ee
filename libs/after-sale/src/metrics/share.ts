import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Truth } from '../truth'
import type { Term } from '../glossary/vocabulary'

/**
 * A share of cases. Cases of which it is unknown whether they count are only in `unknown`; a share with many of them
 * means little. `denominator + unknown` is everything that was examined.
 */
export interface Share {
  readonly numerator: number
  readonly denominator: number
  readonly unknown: number
}

/** A sum of money with the number of its cases, and of those with an unknown amount. */
export interface Sum {
  readonly fen: Fen
  readonly count: number
  readonly unknown: number
}

/** What a figure is called, what it counts, and by which rules. */
export interface MetricTerm extends Term {
  readonly counts: Term
  readonly rules: readonly RuleId[]
}

/** Whether a case counts; `undefined` leaves the case out, because the figure is not about it. */
export type CaseTest = (afterSale: AfterSaleCase) => Truth | undefined

/** Counts the share of cases that pass the test. The order of cases does not matter. */
export function shareOf(cases: readonly AfterSaleCase[], test: CaseTest): Share {
  let numerator = 0
  let denominator = 0
  let unknown = 0
  for (const afterSale of cases) {
    const truth = test(afterSale)
    if (truth === undefined) continue
    if (truth === 'unknown') unknown += 1
    else {
      denominator += 1
      if (truth === 'true') numerator += 1
    }
  }
  return { numerator, denominator, unknown }
}

/** Adds amounts; unknown ones (`undefined`) are only counted. */
export function sumOf(amounts: readonly (Fen | undefined)[]): Sum {
  let fen = 0
  let count = 0
  let unknown = 0
  for (const amount of amounts) {
    if (amount === undefined) unknown += 1
    else {
      count += 1
      fen += amount
    }
  }
  return { fen, count, unknown }
}

/** The share in basis points (hundredths of a per cent), rounded down; `undefined`: nothing was counted, and 0 of 0 is no rate. */
export const basisPointsOf = ({
  numerator,
  denominator,
}: Pick<Share, 'numerator' | 'denominator'>): number | undefined =>
  denominator === 0 ? undefined : Math.floor((numerator * 10_000) / denominator)

/** The key of a case across stores, for facts that a caller passes in. */
export const caseKeyOf = ({ organisation, store, marketplace, caseNumber }: AfterSaleCase): string =>
  [organisation, marketplace, store, caseNumber].join('/')
