import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { GrantRow } from '#ledgers'
import { grantsOf, mainAccountOf } from '#ledgers'

/** The main account of an organisation and the grants to others. */
export interface StrategyGrants {
  /** `undefined`: none was named. */
  readonly main: string | undefined
  readonly grants: readonly GrantRow[]
}

/** Who may edit strategies, at one store or at all stores of an organisation; also grants that have ended. */
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
