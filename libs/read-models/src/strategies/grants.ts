import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { GrantRow } from '#ledgers'
import { grantsOf, mainAccountOf } from '#ledgers'

export interface StrategyGrants {
  /** Absent: no main account was named; then every acting person counts as it. */
  readonly main: string | undefined
  readonly grants: readonly GrantRow[]
}

/** Who may edit the strategies of an organisation, at one store or at all stores, and who could before. */
export class StrategyGrantsQuery extends Query<StrategyGrants> {
  constructor(
    readonly org: number,
    readonly store?: number,
  ) {
    super()
  }
}

@QueryHandler(StrategyGrantsQuery)
export class StrategyGrantsHandler implements IQueryHandler<StrategyGrantsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, store }: StrategyGrantsQuery): Promise<StrategyGrants> {
    const [main, grants] = await Promise.all([mainAccountOf(this.database, org), grantsOf(this.database, org, store)])
    return { main, grants }
  }
}
