import type { Instant, Truth, Verdict } from '#after-sale'
import type { RankedSurprise, Surprise } from './surprises'
import { Surprises } from './surprises'
import type { Tally } from './tally'
import { sumOf, addToTally, emptyTally } from './tally'
import type { TriedCase } from './try-case'

/** A condition that kept a policy from acting, and in how many cases it was the first to do so. */
export interface DecidingCondition {
  readonly policy: string
  readonly claim: string
  readonly rule: string
  readonly truth: Truth
  readonly cases: number
}

/** The result of a backtest: counts of cases, fen and UTC ms. No personal data: cases by their numbers only. */
export interface BacktestReport {
  /** Cases applied for at `from` or later, and before `to`. */
  readonly from: Instant
  readonly to: Instant
  readonly total: Tally
  readonly byStore: Readonly<Record<string, Tally>>
  /** By policy: how often its verdict was the one to follow. */
  readonly followed: Readonly<Record<string, number>>
  /** How often the model itself would have refused an act, by reason. */
  readonly refused: Readonly<Record<string, number>>
  /** Where a strategy did nothing: the deciding conditions, most frequent first. */
  readonly deciding: readonly DecidingCondition[]
  readonly surprises: readonly RankedSurprise[]
}

/** What was counted in one part of the cases: plain values, sent from thread to thread and added. */
export interface Findings {
  readonly byStore: Record<string, Tally>
  readonly followed: Record<string, number>
  readonly refused: Record<string, number>
  readonly deciding: Record<string, number>
  readonly surprises: Record<string, Surprise[]>
}

export const noFindings = (): Findings => ({ byStore: {}, followed: {}, refused: {}, deciding: {}, surprises: {} })

/** Counts one more case. The order of cases makes no difference. */
export function addCase(findings: Findings, tried: TriedCase): void {
  addToTally((findings.byStore[tried.store] ??= emptyTally()), tried)
  for (const reason of tried.refused) increment(findings.refused, reason)
  for (const verdict of tried.verdicts) {
    if (verdict.chosen === true) increment(findings.followed, verdict.policy)
    const decided = verdict.strategy === undefined ? undefined : decidedIn(verdict)
    if (decided !== undefined) increment(findings.deciding, decided)
  }
  new Surprises(findings.surprises).add(tried)
}

const increment = (counts: Record<string, number>, key: string): void => void (counts[key] = (counts[key] ?? 0) + 1)

/** The first condition that does not hold, else the first that is unknown. */
function decidedIn({ policy, outcome, conditions }: Verdict): string | undefined {
  if (outcome !== 'leave' && outcome !== 'unsure') return undefined
  const deciding = conditions.find(({ truth }) => truth === (outcome === 'leave' ? 'false' : 'unknown'))
  return deciding === undefined ? undefined : `${policy}/${deciding.claim}/${deciding.rule}/${deciding.truth}`
}

const MOST_DECIDING = 20

/** One report from any number of parts. */
export function reportOf(
  parts: readonly Findings[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
): BacktestReport {
  const sum = { byStore: {}, followed: {}, refused: {}, deciding: {} } as Omit<Findings, 'surprises'>
  const surprises = new Surprises()
  let all = sum
  for (const { surprises: kept, ...counts } of parts) {
    all = sumOf(all, counts)
    surprises.merge(kept)
  }
  const total = Object.values(all.byStore).reduce((one, other) => sumOf(one, other), emptyTally())
  return {
    from,
    to,
    total: withSortedPairings(total),
    byStore: Object.fromEntries(
      Object.entries(sorted(all.byStore)).map(([store, t]) => [store, withSortedPairings(t)]),
    ),
    followed: sorted(all.followed),
    refused: sorted(all.refused),
    deciding: decidingOf(all.deciding),
    surprises: surprises.ranked(total.pairings),
  }
}

function decidingOf(counts: Readonly<Record<string, number>>): DecidingCondition[] {
  return Object.entries(counts)
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .slice(0, MOST_DECIDING)
    .map(([key, cases]) => {
      const [policy = '', claim = '', rule = '', truth = ''] = key.split('/')
      return { policy, claim, rule, truth: truth as Truth, cases }
    })
}

const withSortedPairings = (tally: Tally): Tally => ({ ...tally, pairings: sorted(tally.pairings) })

/** With sorted keys the report is the same text in whatever order and parts the cases were read. */
const sorted = <T>(counts: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)))
