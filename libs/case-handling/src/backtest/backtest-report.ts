import type { Instant, Truth, Verdict } from '#after-sale'
import type { RankedSurprise, Surprise } from './surprises'
import { Surprises } from './surprises'
import type { Tally } from './tally'
import { addCounts, addToTally, emptyTally } from './tally'
import type { TriedCase } from './try-case'

/** A condition that kept a policy from acting, and in how many cases it was the first such condition. */
export interface DecidingCondition {
  readonly policy: string
  readonly claim: string
  readonly rule: string
  readonly truth: Truth
  readonly cases: number
}

/** The result of a backtest: counts of cases, money in fen, times in UTC ms. It contains no personal data. */
export interface BacktestReport {
  /** Cases applied for at `from` or later, and before `to`. */
  readonly from: Instant
  readonly to: Instant
  readonly total: Tally
  readonly byStore: Readonly<Record<string, Tally>>
  /** How often each policy's verdict was the one to follow. */
  readonly followed: Readonly<Record<string, number>>
  /** How often the model itself would have refused an act, by reason. */
  readonly refused: Readonly<Record<string, number>>
  /** The conditions that kept strategies from acting, most frequent first. */
  readonly deciding: readonly DecidingCondition[]
  readonly surprises: readonly RankedSurprise[]
}

/** What was counted in one part of the cases: plain values, which threads send and the report adds up. */
export interface Findings {
  readonly byStore: Record<string, Tally>
  readonly followed: Record<string, number>
  readonly refused: Record<string, number>
  readonly deciding: Record<string, number>
  readonly surprises: Record<string, Surprise[]>
}

export const emptyFindings = (): Findings => ({ byStore: {}, followed: {}, refused: {}, deciding: {}, surprises: {} })

/** Adds one case to the counts. The result does not depend on the order of the cases. */
export function countCase(findings: Findings, triedCase: TriedCase): void {
  addToTally((findings.byStore[triedCase.store] ??= emptyTally()), triedCase)
  for (const reason of triedCase.refused) increment(findings.refused, reason)
  for (const verdict of triedCase.verdicts) {
    if (verdict.chosen === true) increment(findings.followed, verdict.policy)
    const conditionKey = verdict.strategy === undefined ? undefined : decidingConditionKey(verdict)
    if (conditionKey !== undefined) increment(findings.deciding, conditionKey)
  }
  new Surprises(findings.surprises).add(triedCase)
}

const increment = (counts: Record<string, number>, key: string): void => void (counts[key] = (counts[key] ?? 0) + 1)

/** The key of the condition that kept a policy from acting: the first that is false, or unknown where it was unsure. */
function decidingConditionKey({ policy, outcome, conditions }: Verdict): string | undefined {
  if (outcome !== 'leave' && outcome !== 'unsure') return undefined
  const deciding = conditions.find(({ truth }) => truth === (outcome === 'leave' ? 'false' : 'unknown'))
  return deciding === undefined ? undefined : `${policy}/${deciding.claim}/${deciding.rule}/${deciding.truth}`
}

/** The report lists at most this many conditions; rarer ones explain little. */
const MOST_DECIDING = 20

/** Adds up the parts to one report. */
export function buildReport(
  parts: readonly Findings[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): BacktestReport {
  const sum = { byStore: {}, followed: {}, refused: {}, deciding: {} } as Omit<Findings, 'surprises'>
  const surprises = new Surprises()
  let counted = sum
  for (const { surprises: surprisesOfPart, ...counts } of parts) {
    counted = addCounts(counted, counts)
    surprises.merge(surprisesOfPart)
  }
  const total = Object.values(counted.byStore).reduce((one, other) => addCounts(one, other), emptyTally())
  return {
    from,
    to,
    total: withSortedPairings(total),
    byStore: Object.fromEntries(
      Object.entries(sortByKey(counted.byStore)).map(([store, t]) => [store, withSortedPairings(t)]),
    ),
    followed: sortByKey(counted.followed),
    refused: sortByKey(counted.refused),
    deciding: rankDecidingConditions(counted.deciding),
    surprises: surprises.ranked(total.pairings),
  }
}

function rankDecidingConditions(counts: Readonly<Record<string, number>>): DecidingCondition[] {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_DECIDING)
    .map(([key, cases]) => {
      const [policy = '', claim = '', rule = '', truth = ''] = key.split('/')
      return { policy, claim, rule, truth: truth as Truth, cases }
    })
}

const withSortedPairings = (tally: Tally): Tally => ({ ...tally, pairings: sortByKey(tally.pairings) })

/** Sorted keys make the report the same text in whatever order and parts the cases were read. */
const sortByKey = <T>(counts: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
