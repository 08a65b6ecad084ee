import type { Fen, Instant, RuleId, Verdict } from '#after-sale'
import { chosenOf } from '#after-sale'
import type { RecordedOutcome, DecidedBy } from './outcome-tracker'
import { isAgainst, pairingOf } from './tally'
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

export interface RankedSurprise extends Surprise {
  /** −log₂ of how often this happened where the strategies say this; the rarer the higher. */
  readonly bits: number
  /** `bits × fen`: how unusual it is, times what is at stake. The list is sorted by it. */
  readonly surprise: number
}

const KEPT = 20

/**
 * Keeps for every pairing of verdict and outcome the cases with the most at stake: the twenty most surprising of all
 * are among them, however rare a pairing turns out to be in the end. Bounded in size.
 */
export class Surprises {
  constructor(readonly kept: Record<string, Surprise[]> = {}) {}

  add(tried: TriedCase): void {
    if (!isAgainst(tried) || tried.amount === undefined) return
    const pairing = pairingOf(tried.says, tried.happened, tried.through)
    const list = (this.kept[pairing] ??= [])
    const least = list.at(-1)
    if (list.length >= KEPT && least !== undefined && tried.amount < least.fen) return
    insert(list, surpriseOf(tried, tried.amount))
  }

  /** Adds the surprises of another part. */
  merge(others: Readonly<Record<string, readonly Surprise[]>>): void {
    for (const [pairing, list] of Object.entries(others))
      for (const one of list) insert((this.kept[pairing] ??= []), one)
  }

  /** The most surprising first; `pairings` are the counts of all cases. */
  ranked(pairings: Readonly<Record<string, number>>): RankedSurprise[] {
    const casesByDecision: Record<string, number> = {}
    for (const [pairing, n] of Object.entries(pairings))
      casesByDecision[decisionIn(pairing)] = (casesByDecision[decisionIn(pairing)] ?? 0) + n
    const all = Object.entries(this.kept).flatMap(([pairing, list]) => {
      const bits = -Math.log2((pairings[pairing] ?? 1) / (casesByDecision[decisionIn(pairing)] ?? 1)) || 0
      return list.map((one) => ({ ...one, bits, surprise: bits * one.fen }))
    })
    return all.sort((a, b) => b.surprise - a.surprise || byMoneyThenNumber(a, b)).slice(0, KEPT)
  }
}

const decisionIn = (pairing: string): string => pairing.slice(0, pairing.indexOf('/'))

function insert(list: Surprise[], one: Surprise): void {
  const place = list.findIndex((other) => byMoneyThenNumber(one, other) < 0)
  list.splice(place < 0 ? list.length : place, 0, one)
  if (list.length > KEPT) list.pop()
}

/** Most money first; then by number, so that two runs and any number of threads keep the same ones. */
function byMoneyThenNumber(a: Surprise, b: Surprise): number {
  if (a.fen !== b.fen) return b.fen - a.fen
  return `${a.store}/${a.caseNumber}` < `${b.store}/${b.caseNumber}` ? -1 : 1
}

function surpriseOf({ store, caseNumber, says, happened, through, at, verdicts }: TriedCase, fen: Fen): Surprise {
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
