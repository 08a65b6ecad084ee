import type { AppealItem, AppealKind } from '../actions/action'
import type { EvidencePack } from '../evidence/pack'
import type { Fen, Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { Term } from '../glossary/vocabulary'
import { APPEAL_KINDS } from './appeal-kinds'
import type { ObstacleName } from './appeal-obstacles'
import { obstaclesOf } from './appeal-obstacles'
import type { AppealSubject } from './appeal-scenes'
import type { AppealTerms } from './terms'
import { DEFAULT_APPEAL_TERMS } from './terms'

/** An appeal that could be filed. */
export interface AppealCandidate {
  readonly subject: AppealSubject
  readonly items: readonly AppealItem[]
  /** The evidence as it would be handed over; absent where none was put together yet. */
  readonly pack?: EvidencePack
  /** The latest time for filing, UTC ms, where the platform gives one. */
  readonly due?: Instant
}

/** How the store's appeals of each kind ended so far; the basis of its chances. */
export type AppealHistory = Readonly<Partial<Record<AppealKind, { readonly won: number; readonly decided: number }>>>

/** What the rank of an appeal is computed from. */
export type FactorName = 'history' | 'unknownFacts' | 'evidence' | 'money' | 'rate'

/** The name of each factor, the unit of its value, and the rule behind it. */
export const FACTORS: Readonly<
  Record<FactorName, Term & { readonly rule: RuleId | 'ours'; readonly unit: 'perMille' | 'fen' }>
> = {
  history: { zh: '本店同类申诉胜率', en: "the store's own chance with this kind", rule: 'ours', unit: 'perMille' },
  unknownFacts: { zh: '未知事实的折扣', en: 'what unknown facts leave of it', rule: 'R071', unit: 'perMille' },
  evidence: { zh: '凭证缺口的折扣', en: 'what gaps in the evidence leave of it', rule: 'R066', unit: 'perMille' },
  money: { zh: '可追回金额', en: 'money that may come back', rule: 'R070', unit: 'fen' },
  rate: { zh: '纠纷率价值', en: 'what one dispute less is worth', rule: 'R067', unit: 'fen' },
}

/** One reason for the rank of one item. */
export interface Factor {
  readonly kind: AppealKind
  readonly factor: FactorName
  readonly value: number
}

/** An appeal with its rank and the factors behind it. */
export interface RankedAppeal {
  readonly candidate: AppealCandidate
  /** The expected gain, fen: the sum over items of the chance times the money, or times the value for the rate. */
  readonly expected: Fen
  /** The expected number of failures, per mille: 1000 is one failure of the budget (R061). */
  readonly failures: number
  /** The expected gain per expected failure, fen; the rank, highest first. */
  readonly worth: Fen
  readonly factors: readonly Factor[]
}

/** An appeal that is bound to fail, with the reasons. */
export interface BlockedAppeal {
  readonly candidate: AppealCandidate
  readonly obstacles: readonly { readonly kind: AppealKind; readonly name: ObstacleName }[]
}

/**
 * R061, R071: few appeals may fail, so they are ordered by expected gain per expected failure. Appeals that are bound
 * to fail are not ranked. An unknown fact lowers the chance, so finding it out moves an appeal up. Calculated in whole
 * numbers, with ties broken by the earlier deadline and the case number, so that every run gives the same list.
 */
export function rankAppeals(
  candidates: readonly AppealCandidate[],
  history: AppealHistory,
  terms: AppealTerms = DEFAULT_APPEAL_TERMS,
): { readonly ranked: readonly RankedAppeal[]; readonly blocked: readonly BlockedAppeal[] } {
  const ranked: RankedAppeal[] = []
  const blocked: BlockedAppeal[] = []
  for (const candidate of candidates) {
    const obstacles = candidate.items.flatMap(({ kind }) =>
      obstaclesOf(candidate.subject, kind).flatMap(({ name, truth }) => (truth === 'true' ? [{ kind, name }] : [])),
    )
    if (obstacles.length > 0 || candidate.items.length === 0) blocked.push({ candidate, obstacles })
    else ranked.push(rankAppeal(candidate, history, terms))
  }
  return { ranked: ranked.sort(byWorth), blocked }
}

function rankAppeal(candidate: AppealCandidate, history: AppealHistory, terms: AppealTerms): RankedAppeal {
  const factors: Factor[] = []
  let expected = 0
  let expectedLosses = 0
  let chanceOfLosingAll = 1_000
  for (const item of candidate.items) {
    const { chance, gain, because } = weighItem(item, candidate, history, terms)
    expected += Math.floor((chance * gain) / 1_000)
    expectedLosses += 1_000 - chance
    chanceOfLosingAll = Math.floor((chanceOfLosingAll * (1_000 - chance)) / 1_000)
    factors.push(...because)
  }
  const failures = terms.failureIs.value === 'item' ? expectedLosses : chanceOfLosingAll
  return { candidate, expected, failures, worth: Math.floor((expected * 1_000) / Math.max(1, failures)), factors }
}

function weighItem(
  { kind, amount }: AppealItem,
  { subject, pack }: AppealCandidate,
  history: AppealHistory,
  terms: AppealTerms,
) {
  const { won, decided } = history[kind] ?? { won: 0, decided: 0 }
  // Laplace's rule of succession, per mille: a kind that was never tried has one half, and a few results make nothing certain.
  const historyChance = Math.floor(((won + 1) * 1_000) / (decided + 2))
  const unknownCount = obstaclesOf(subject, kind).filter(({ truth }) => truth === 'unknown').length
  const isAboutMoney = APPEAL_KINDS[kind].moves === 'money'
  const unknownFactor = remainingChance(unknownCount + (isAboutMoney && amount === undefined ? 1 : 0), terms)
  const evidenceFactor = remainingChance(evidenceGapsOf(pack), terms)
  const gain = isAboutMoney ? (amount ?? 0) : terms.rateValue.value
  const because: Factor[] = [
    { kind, factor: 'history', value: historyChance },
    { kind, factor: 'unknownFacts', value: unknownFactor },
    { kind, factor: 'evidence', value: evidenceFactor },
    { kind, factor: isAboutMoney ? 'money' : 'rate', value: gain },
  ]
  return { chance: Math.floor((historyChance * unknownFactor * evidenceFactor) / 1_000_000), gain, because }
}

/** What remains of a chance after `count` weaknesses, per mille. */
const remainingChance = (count: number, { unknownLeaves }: AppealTerms): number => {
  let perMille = 1_000
  for (let i = 0; i < count; i += 1) perMille = Math.floor((perMille * unknownLeaves.value) / 1_000)
  return perMille
}

/** A missing pack counts like one missing piece, since the evidence may be complete but was not checked. */
const evidenceGapsOf = (pack: EvidencePack | undefined): number =>
  pack === undefined ? 1 : pack.missing.filter(({ need }) => need === 'must').length + (pack.doubts.length > 0 ? 1 : 0)

/** Highest worth first; ties end at the case number, so that the order is always the same. */
function byWorth(a: RankedAppeal, b: RankedAppeal): number {
  if (a.worth !== b.worth) return b.worth - a.worth
  if (a.expected !== b.expected) return b.expected - a.expected
  const [dueA, dueB] = [a.candidate.due ?? Infinity, b.candidate.due ?? Infinity]
  if (dueA !== dueB) return dueA < dueB ? -1 : 1
  return a.candidate.subject.afterSale.caseNumber < b.candidate.subject.afterSale.caseNumber ? -1 : 1
}
