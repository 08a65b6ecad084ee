import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { Inject } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, CaseEvent, Subject } from '#after-sale'
import { FOLD_VERSION, defaultStoreTerms, fold, storeTermsOf } from '#after-sale'
import { eventsOf } from '#event-store'
import { newestStoreTerms } from '#ledgers'

/** One case with the terms of its store, as rules look at it. Undefined where the organisation has no such case. */
export class SubjectQuery extends Query<Subject | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    readonly now: number,
  ) {
    super()
  }
}

@QueryHandler(SubjectQuery)
export class SubjectHandler implements IQueryHandler<SubjectQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, now }: SubjectQuery): Promise<Subject | undefined> {
    return (await subjectOf(this.database, org, caseId, now))?.subject
  }
}

interface Row {
  readonly store: number
  readonly fold: number
  readonly state: AfterSaleCase
}

export async function subjectOf(
  database: DataSource,
  org: number,
  caseId: string,
  now: number,
): Promise<{ store: number; subject: Subject } | undefined> {
  const [row] = await database.query<Row[]>('SELECT store, fold, state FROM stream WHERE id = $1 AND org = $2', [
    caseId,
    org,
  ])
  const afterSale = row === undefined ? undefined : await fileOf(database, caseId, row)
  if (row === undefined || afterSale === undefined) return undefined
  const document = (await newestStoreTerms(database)).find(({ store }) => store === row.store)?.document
  return { store: row.store, subject: { afterSale, terms: storeTermsOf(document) ?? defaultStoreTerms, now } }
}

/** A row that an older version of the code folded is folded anew, for this question only. */
async function fileOf(
  database: DataSource,
  caseId: string,
  { fold: version, state }: Row,
): Promise<AfterSaleCase | undefined> {
  if (version === FOLD_VERSION) return state
  const events = await eventsOf(database.manager, caseId)
  return fold(events.map(({ type, body }) => ({ type, ...(body as object) }) as CaseEvent))
}
