import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { grantedStoresOf } from '#case-handling'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Scope } from '../core/scope'
import { problemOf } from '../problems/problem.filter'
import { currentActor } from '../security/current-actor'

/**
 * Whose strategies the caller may read (R160): an owner and the main account those of all their stores, another person those of
 * the stores that were granted. An API key with the permission was made by an owner for its stores, which is a grant.
 */
@Injectable()
export class StrategyReaders {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * The stores whose strategies the caller may read; `undefined`: of all stores, future ones included.
   * @throws Problem where there are none
   */
  async requireStores(): Promise<readonly number[] | undefined> {
    const visible = this.scope.storeLimit
    if (currentActor().kind === 'key') return visible
    const granted = await grantedStoresOf(this.database.manager, this.scope.author(this.clock()))
    if (granted === 'all') return visible
    const stores = granted.filter((store) => this.scope.maySee(store))
    if (stores.length === 0) throw problemOf('not-granted')
    return stores
  }

  /** Whether the caller may read strategies of a store. */
  async forStores(): Promise<(at: { readonly store: number }) => boolean> {
    const stores = await this.requireStores()
    return ({ store }) => stores?.includes(store) ?? true
  }
}
