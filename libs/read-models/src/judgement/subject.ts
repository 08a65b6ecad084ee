import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { Inject } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { AfterSaleCase, Subject } from '#after-sale'
import { defaultStoreTerms, readStoreTerms } from '#after-sale'
import { newestStoreTerms } from '#ledgers'
import { loadCurrentState } from '../current-state'

/** One case with the terms of its store: what policies judge. Undefined if the organisation has no such case. */
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
    return (await loadSubject(this.database, org, caseId, now))?.subject
  }
}

interface SubjectRow {
  readonly store: number
  readonly fold: number
  readonly state: AfterSaleCase
}

export async function loadSubject(
  database: DataSource,
  org: number,
  caseId: string,
  now: number,
): Promise<{ store: number; subject: Subject } | undefined> {
  const [row] = await database.query<SubjectRow[]>('SELECT store, fold, state FROM stream WHERE id = $1 AND org = $2', [
    caseId,
    org,
  ])
  const afterSale = row === undefined ? undefined : await loadCurrentState(database.manager, { id: caseId, ...row })
  if (row === undefined || afterSale === undefined) return undefined
  const document = (await newestStoreTerms(database)).find(({ store }) => store === row.store)?.document
  return { store: row.store, subject: { afterSale, terms: readStoreTerms(document) ?? defaultStoreTerms, now } }
}
