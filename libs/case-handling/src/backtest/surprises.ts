import type { Fen, Instant, RuleId, Verdict } from '#after-sale'
import { chosenOf } from '#after-sale'
import type { RecordedOutcome, DecidedBy } from './outcome-tracker'
import { isAgainst, pairingKeyOf } from './tally'
import type { StrategyDecision, TriedCase } from './try-case'

/** A case in which the strategies would have acted against what was really decided. */
export interface Surprise {
  readonly store: string
  readonly caseNumber: string
  readonly says: StrategyDecision
  readonly happened: RecordedOutcome
  readonly through: DecidedBy
  readonly fen: Fen
  readonly at: Instant
  readonly policy: string
  readonly strategy?: string
  readonly rules: readonly RuleId[]
}

/** A surprise with its rank among all cases of the backtest. */
export interface RankedSurprise extends Surprise {
  /** −log₂ of the share of this outcome among the cases with the same verdict: the rarer, the higher. */
  readonly bits: number
  /** `bits × fen`: how unusual the outcome is, times the money at stake. The list is sorted by it. */
  readonly surprise: number
}

/** How many surprises a report contains, and how many are kept of each pairing. */
const MOST_SURPRISES = 20

/**
 * Keeps, for every pairing of verdict and outcome, the twenty cases with the most money at stake. How rare a pairing is
 * becomes known only at the end; the twenty most surprising cases of all are certainly among those kept.
 */
export class Surprises {
  constructor(readonly byPairing: Record<string, Surprise[]> = {}) {}

  add(triedCase: TriedCase): void {
    if (!isAgainst(triedCase) || triedCase.amount === undefined) return
    const pairing = pairingKeyOf(triedCase.says, triedCase.happened, triedCase.through)
    const list = (this.byPairing[pairing] ??= [])
    const least = list.at(-1)
    if (list.length >= MOST_SURPRISES && least !== undefined && triedCase.amount < least.fen) return
    insertSurprise(list, buildSurprise(triedCase, triedCase.amount))
  }

  /** Adds the surprises of another part. */
  merge(others: Readonly<Record<string, readonly Surprise[]>>): void {
    for (const [pairing, list] of Object.entries(others))
      for (const surprise of list) insertSurprise((this.byPairing[pairing] ??= []), surprise)
  }

  /** The most surprising cases first. `pairings`: the number of cases of each pairing, surprising or not. */
  ranked(pairings: Readonly<Record<string, number>>): RankedSurprise[] {
    const casesByDecision: Record<string, number> = {}
    for (const [pairing, n] of Object.entries(pairings))
      casesByDecision[decisionOfPairing(pairing)] = (casesByDecision[decisionOfPairing(pairing)] ?? 0) + n
    const ranked = Object.entries(this.byPairing).flatMap(([pairing, list]) => {
      const bits = -Math.log2((pairings[pairing] ?? 1) / (casesByDecision[decisionOfPairing(pairing)] ?? 1)) || 0
      return list.map((surprise) => ({ ...surprise, bits, surprise: bits * surprise.fen }))
    })
    return ranked.sort((a, b) => b.surprise - a.surprise || compareByMoneyThenNumber(a, b)).slice(0, MOST_SURPRISES)
  }
}

const decisionOfPairing = (pairing: string): string => pairing.slice(0, pairing.indexOf('/'))

function insertSurprise(list: Surprise[], surprise: Surprise): void {
  const index = list.findIndex((other) => compareByMoneyThenNumber(surprise, other) < 0)
  list.splice(index < 0 ? list.length : index, 0, surprise)
  if (list.length > MOST_SURPRISES) list.pop()
}

/** Most money first, then by number: without a fixed order, two runs could keep different cases. */
function compareByMoneyThenNumber(a: Surprise, b: Surprise): number {
  if (a.fen !== b.fen) return b.fen - a.fen
  return `${a.store}/${a.caseNumber}` < `${b.store}/${b.caseNumber}` ? -1 : 1
}

function buildSurprise({ store, caseNumber, says, happened, through, at, verdicts }: TriedCase, fen: Fen): Surprise {
  const act: Verdict | undefined = chosenOf(verdicts)
  return {
    store,
    caseNumber,
    says,
    happened,
    through,
    fen,
    at: at ?? 0,
    policy: act?.policy ?? '',
    ...(act?.strategy === undefined ? {} : { strategy: `${act.strategy.id}/${act.strategy.version}` }),
    rules: act?.rules ?? [],
  }
}
