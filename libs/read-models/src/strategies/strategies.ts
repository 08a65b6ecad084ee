import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type {
  ArmingRow,
  ShadowPage,
  ShadowVerdictRow,
  StoreTermsRow,
  StrategyRow,
  StrategyVersionRow,
  TrialRow,
} from '#ledgers'
import {
  armingsInForceOf,
  armingsOf,
  shadowVerdictsOf,
  strategiesOf,
  termsOfStore,
  trialOf,
  trialsOf,
  versionsOf,
} from '#ledgers'

/** A strategy with its versions, trials and armings, newest first. */
export interface StrategyHistory {
  readonly versions: readonly StrategyVersionRow[]
  readonly armings: readonly ArmingRow[]
  readonly trials: readonly TrialRow[]
}

/** An organisation's strategies, each with its newest version, and where they are in force. */
export class StrategiesQuery extends Query<readonly (StrategyRow & { readonly inForce: readonly ArmingRow[] })[]> {
  constructor(readonly org: number) {
    super()
  }
}

/** One strategy; undefined if the organisation has no such strategy. With the trials of `stores` only, `undefined`: of all. */
export class StrategyQuery extends Query<StrategyHistory | undefined> {
  constructor(
    readonly org: number,
    readonly strategy: number,
    readonly stores: readonly number[] | undefined,
  ) {
    super()
  }
}

/** One trial with its report; undefined if the organisation has no such trial. */
export class TrialQuery extends Query<TrialRow | undefined> {
  constructor(
    readonly org: number,
    readonly trial: number,
  ) {
    super()
  }
}

/** The newest terms of a store; undefined if none were ever set. */
export class StoreTermsQuery extends Query<StoreTermsGiven | undefined> {
  constructor(
    readonly org: number,
    readonly store: number,
  ) {
    super()
  }
}

/** Version, document, and who changed it, and when. */
export type StoreTermsGiven = StoreTermsRow

/** What a strategy in shadow would have done, newest first. */
export class ShadowQuery extends Query<readonly ShadowItem[]> {
  constructor(
    readonly org: number,
    readonly strategy: number,
    readonly page: ShadowPage,
  ) {
    super()
  }
}

export type ShadowItem = Pick<ShadowVerdictRow, 'stream' | 'version' | 'store' | 'verdict' | 'recordedAt'>

@QueryHandler(StrategiesQuery)
export class StrategiesHandler implements IQueryHandler<StrategiesQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({
    org,
  }: StrategiesQuery): Promise<readonly (StrategyRow & { readonly inForce: readonly ArmingRow[] })[]> {
    const [strategies, armings] = await Promise.all([
      strategiesOf(this.database, org),
      armingsInForceOf(this.database, org),
    ])
    return strategies.map((strategy) => ({
      ...strategy,
      inForce: armings.filter((arming) => arming.strategy === strategy.id),
    }))
  }
}

@QueryHandler(StrategyQuery)
export class StrategyHandler implements IQueryHandler<StrategyQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, strategy, stores }: StrategyQuery): Promise<StrategyHistory | undefined> {
    const [versions, armings, trials] = await Promise.all([
      versionsOf(this.database, org, strategy),
      armingsOf(this.database, org, strategy),
      trialsOf(this.database, org, strategy, stores),
    ])
    return versions.length === 0 ? undefined : { versions, armings, trials }
  }
}

@QueryHandler(TrialQuery)
export class TrialHandler implements IQueryHandler<TrialQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  execute({ org, trial }: TrialQuery): Promise<TrialRow | undefined> {
    return trialOf(this.database, org, trial)
  }
}

@QueryHandler(StoreTermsQuery)
export class StoreTermsHandler implements IQueryHandler<StoreTermsQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  execute({ org, store }: StoreTermsQuery): Promise<StoreTermsGiven | undefined> {
    return termsOfStore(this.database, org, store)
  }
}

@QueryHandler(ShadowQuery)
export class ShadowHandler implements IQueryHandler<ShadowQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  execute({ org, strategy, page }: ShadowQuery): Promise<readonly ShadowItem[]> {
    return shadowVerdictsOf(this.database, org, strategy, page)
  }
}
