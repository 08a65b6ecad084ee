import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { ArmingRow, StrategyRow, StrategyVersionRow, TrialRow } from '#ledgers'
import { armingsOf, strategiesOf, trialOf, trialsOf, versionsOf } from '#ledgers'

/** A strategy with all that was ever made of it, newest first. */
export interface StrategyHistory {
  readonly versions: readonly StrategyVersionRow[]
  readonly armings: readonly ArmingRow[]
  readonly trials: readonly TrialRow[]
}

/** What an organisation's strategies are, each by its newest version, and where they are in force. */
export class StrategiesQuery extends Query<readonly (StrategyRow & { readonly inForce: readonly ArmingRow[] })[]> {
  constructor(readonly org: number) {
    super()
  }
}

/** One strategy; undefined where the organisation has none such. */
export class StrategyQuery extends Query<StrategyHistory | undefined> {
  constructor(
    readonly org: number,
    readonly strategy: number,
  ) {
    super()
  }
}

/** One trial with its report; undefined where the organisation has none such. */
export class TrialQuery extends Query<TrialRow | undefined> {
  constructor(
    readonly org: number,
    readonly trial: number,
  ) {
    super()
  }
}

/** The newest terms that were given for a store; undefined where none ever were. */
export class StoreTermsQuery extends Query<StoreTermsGiven | undefined> {
  constructor(
    readonly org: number,
    readonly store: number,
  ) {
    super()
  }
}

export interface StoreTermsGiven {
  readonly version: number
  readonly document: Readonly<Record<string, unknown>>
  readonly changed_at: number
  readonly changed_by: string
}

/** What a strategy in shadow would have done, newest first, at most `limit`. */
export class ShadowQuery extends Query<readonly ShadowItem[]> {
  constructor(
    readonly org: number,
    readonly strategy: number,
    readonly limit: number,
  ) {
    super()
  }
}

export interface ShadowItem {
  readonly stream: string
  readonly version: number
  readonly store: number
  readonly verdict: unknown
  readonly recorded_at: number
}

@QueryHandler(StrategiesQuery)
export class StrategiesHandler implements IQueryHandler<StrategiesQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({
    org,
  }: StrategiesQuery): Promise<readonly (StrategyRow & { readonly inForce: readonly ArmingRow[] })[]> {
    const [strategies, armings] = await Promise.all([
      strategiesOf(this.database, org),
      this.database.query<ArmingRow[]>(
        `SELECT strategy, version, store, mode, cap, trial, armed_at, armed_by, disarmed_at, disarmed_by
         FROM arming WHERE org = $1 AND disarmed_at IS NULL ORDER BY id`,
        [org],
      ),
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

  async execute({ org, strategy }: StrategyQuery): Promise<StrategyHistory | undefined> {
    const [versions, armings, trials] = await Promise.all([
      versionsOf(this.database, org, strategy),
      armingsOf(this.database, org, strategy),
      trialsOf(this.database, org, strategy),
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

  async execute({ org, store }: StoreTermsQuery): Promise<StoreTermsGiven | undefined> {
    const [row] = await this.database.query<StoreTermsGiven[]>(
      `SELECT version, document, changed_at, changed_by FROM store_terms
       WHERE org = $1 AND store = $2 ORDER BY version DESC LIMIT 1`,
      [org, store],
    )
    return row
  }
}

@QueryHandler(ShadowQuery)
export class ShadowHandler implements IQueryHandler<ShadowQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  execute({ org, strategy, limit }: ShadowQuery): Promise<readonly ShadowItem[]> {
    return this.database.query(
      `SELECT stream, version, store, verdict, recorded_at FROM shadow
       WHERE org = $1 AND strategy = $2 ORDER BY recorded_at DESC, stream LIMIT $3`,
      [org, strategy, limit],
    )
  }
}
