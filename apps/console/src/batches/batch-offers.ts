import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Directory, may } from '#access'
import type { ActionName, AfterSaleCase } from '#after-sale'
import { offeredActions } from '#after-sale'
import { suspensionOf, wayOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { Scope } from '../core/scope'
import { currentActor } from '../security/current-actor'
import type { BatchOptions } from './batch.answer'
import { isForMany } from './batch-scope'

const wayAt = wayOf(MARKETPLACES)

/** What can be done with a selection: for each action, how many of the cases allow it to the caller now. */
@Injectable()
export class BatchOffers {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly scope: Scope,
    private readonly directory: Directory,
  ) {}

  async of(caseIds: readonly string[]): Promise<BatchOptions> {
    const rows = await this.database.query<{ store: number; state: AfterSaleCase; risk: number | null }[]>(
      `SELECT s.store, s.state, q.risk_fen AS risk FROM stream s LEFT JOIN queue_row q ON q.case_id = s.id
       WHERE s.id = ANY ($1::uuid[]) AND s.org = $2 AND ($3::int[] IS NULL OR s.store = ANY ($3))`,
      [caseIds, this.scope.org, this.scope.storeLimit ?? null],
    )
    const stores = new Map((await this.directory.current()).stores.map((store) => [store.id, store]))
    const allowing = new Map<ActionName, number>()
    for (const { store, state } of rows)
      if (suspensionOf(stores.get(store) ?? {}) === undefined)
        for (const name of allowedActions(state)) allowing.set(name, (allowing.get(name) ?? 0) + 1)
    return {
      cases: rows.length,
      riskFen: rows.reduce((sum, { risk }) => sum + (risk ?? 0), 0),
      actions: [...allowing].map(([name, cases]) => ({ name, cases })).sort((a, b) => b.cases - a.cases),
    }
  }
}

function allowedActions(afterSale: AfterSaleCase): ActionName[] {
  const actor = currentActor()
  return offeredActions(afterSale, (name) => wayAt(afterSale.marketplace, name)).flatMap(({ name, refusal, amount }) =>
    refusal === undefined && isForMany(name) && may(actor, amount === 0 ? 'cases.act' : 'money.act') ? [name] : [],
  )
}
