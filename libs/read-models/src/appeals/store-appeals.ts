import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type {
  AfterSaleCase,
  AppealBudget,
  AppealCandidate,
  AppealItem,
  FailedAppeals,
  KindAdvice,
  RankedAppeal,
  StoreTerms,
} from '#after-sale'
import {
  adviseItems,
  appealBudgetOf,
  appealHistoryOf,
  appealSubjectOf,
  failedAppealsOfStore,
  rankAppeals,
} from '#after-sale'
import type { AppealResultRow } from '#ledgers'
import { appealResultsOfStores } from '#ledgers'

/** A case that could be appealed, with advice for each kind of appeal and its rank. `ruledAt`: UTC ms. */
export interface StoreCandidate {
  readonly caseId: string
  readonly caseNumber: string
  readonly ruledAt: number
  readonly advice: readonly KindAdvice[]
  /** Absent: no item can be appealed, or it is bound to fail; `advice` says why. */
  readonly rank?: Omit<RankedAppeal, 'candidate'>
}

/** The appeals of one store. */
export interface StoreAppeals {
  readonly failed: FailedAppeals
  readonly budget: AppealBudget
  /** The items of all appeals, last filed first, at most `MOST_ITEMS`. */
  readonly items: readonly (AppealResultRow & { readonly caseNumber: string })[]
  /** The best candidates first, then those that cannot be ranked. */
  readonly candidates: readonly StoreCandidate[]
}

/** What a store has appealed, how many appeals it has left (R061, R062), and which cases to use them for (R071). */
export class StoreAppealsQuery extends Query<StoreAppeals> {
  constructor(
    readonly org: number,
    readonly store: number,
    readonly terms: StoreTerms,
    readonly now: number,
  ) {
    super()
  }
}

const MOST_ITEMS = 200
const MAX_CANDIDATES = 100
const CASE_NUMBERS = `SELECT id, state ->> 'caseNumber' AS number FROM stream WHERE id = ANY($1::uuid[])`
const READ_CANDIDATES = `
  SELECT c.case_id, c.ruled_at, s.state FROM appeal_candidate c JOIN stream s ON s.id = c.case_id
  WHERE c.org = $1 AND c.store = $2 ORDER BY c.ruled_at DESC, c.case_id LIMIT $3`

interface CandidateRow {
  readonly case_id: string
  readonly ruled_at: number
  readonly state: AfterSaleCase
}

@QueryHandler(StoreAppealsQuery)
export class StoreAppealsHandler implements IQueryHandler<StoreAppealsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, store, terms, now }: StoreAppealsQuery): Promise<StoreAppeals> {
    const [results, rows] = await Promise.all([
      appealResultsOfStores(this.database, [store]),
      this.database.query<CandidateRow[]>(READ_CANDIDATES, [org, store, MAX_CANDIDATES]),
    ])
    const ownResults = results.filter((item) => item.org === org)
    const failed = failedAppealsOfStore(ownResults, now, terms.zoneMinutes, terms.appeals)
    const newestResults = [...ownResults].reverse().slice(0, MOST_ITEMS)
    const numberRows = await this.database.query<{ id: string; number: string }[]>(CASE_NUMBERS, [
      [...new Set(newestResults.map(({ stream }) => stream))],
    ])
    const numbers = new Map(numberRows.map(({ id, number }) => [id, number]))
    return {
      failed,
      budget: appealBudgetOf(failed, now, terms.zoneMinutes, terms.appeals),
      items: newestResults.map((item) => ({ ...item, caseNumber: numbers.get(item.stream) ?? '' })),
      candidates: rankCandidates(rows, ownResults, terms),
    }
  }
}

function rankCandidates(
  rows: readonly CandidateRow[],
  results: readonly AppealResultRow[],
  terms: StoreTerms,
): readonly StoreCandidate[] {
  const byCandidate = new Map<AppealCandidate, StoreCandidate>()
  for (const { case_id: caseId, ruled_at: ruledAt, state } of rows) {
    const subject = appealSubjectOf(state, state.facts ?? {}, terms)
    const advice = adviseItems(subject, { rate: true, money: true })
    byCandidate.set(
      { subject, items: advice.flatMap(suggestedItems) },
      { caseId, caseNumber: state.caseNumber, ruledAt, advice },
    )
  }
  const ranking = rankAppeals([...byCandidate.keys()], appealHistoryOf(results), terms.appeals)
  return [
    ...ranking.ranked.flatMap(({ candidate, ...rank }) => {
      const storeCandidate = byCandidate.get(candidate)
      return storeCandidate === undefined ? [] : [{ ...storeCandidate, rank }]
    }),
    ...ranking.blocked.flatMap(({ candidate }) => byCandidate.get(candidate) ?? []),
  ]
}

const suggestedItems = (advice: KindAdvice): AppealItem[] =>
  advice.advice === 'take'
    ? [{ kind: advice.kind, ...(advice.most === undefined ? {} : { amount: advice.most }), text: '' }]
    : []
