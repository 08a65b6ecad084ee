import { Inject, Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { Permission } from '#access'
import { may } from '#access'
import type { Action, AfterSaleCase } from '#after-sale'
import { costOf } from '#after-sale'
import { notFound } from '../problems/problem.filter'
import { forbidden } from '../security/access.guard'
import { currentActor } from '../security/current-actor'
import { requireRecentProof } from '../security/recent-proof'
import { PROOF_ABOVE_FEN } from '../tokens'

interface RequestedAction {
  readonly caseId: string
  readonly action: Action
}

/** Who may do which action: those that cost money need `money.act`, and above a limit a recent proof of who asks. */
@Injectable()
export class ActionRights {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(PROOF_ABOVE_FEN) private readonly proofAbove: number,
  ) {}

  /** @throws Problem if the caller may not do one of them; then none is done */
  async check(requested: readonly RequestedAction[]): Promise<void> {
    const actor = currentActor()
    const cases = await this.casesOf(requested.map(({ caseId }) => caseId))
    const costs = requested.flatMap(({ caseId, action }) => {
      const afterSale = cases.get(caseId)
      return afterSale === undefined ? [] : [costOf(action, afterSale)]
    })
    requireAll(costs.map(permissionFor))
    // An unknown amount may be a large one. All of a batch together are one decision.
    const total = costs.reduce<number>((sum, cost) => sum + (cost ?? Infinity), 0)
    if (total > this.proofAbove) requireRecentProof(actor)
  }

  /**
   * Closing an action needs the right to request it: a refund that is closed as not done can be requested again. The amount
   * counts as it was when the action was requested, or, where it was unknown, as it is now.
   *
   * @throws Problem if the caller may not do it, or there is no such action at the caller's stores
   */
  async checkResolution(caseId: string, intentId: string): Promise<void> {
    const afterSale = (await this.casesOf([caseId])).get(caseId)
    const intent = afterSale?.intents?.find(({ id }) => id === intentId)
    if (afterSale === undefined || intent === undefined) throw notFound()
    requireAll([permissionFor(intent.amount === 0 ? costOf(intent.action, afterSale) : intent.amount)])
  }

  /** Those of the caller's stores: any other case counts as one that does not exist. */
  private async casesOf(ids: readonly string[]): Promise<ReadonlyMap<string, AfterSaleCase>> {
    const { org, stores } = currentActor()
    const rows = await this.database.query<{ id: string; state: AfterSaleCase }[]>(
      `SELECT id, state FROM stream
       WHERE id = ANY ($1::uuid[]) AND org = $2 AND ($3::int[] IS NULL OR store = ANY ($3))`,
      [[...new Set(ids)], org, stores === 'all' ? null : stores],
    )
    return new Map(rows.map(({ id, state }) => [id, state]))
  }
}

/** An unknown amount may be a large one. */
const permissionFor = (cost: number | undefined): Permission => (cost === 0 ? 'cases.act' : 'money.act')

/** @throws Problem if the caller lacks one of them */
function requireAll(needed: readonly Permission[]): void {
  const missing = needed.find((permission) => !may(currentActor(), permission))
  if (missing !== undefined) throw forbidden([missing])
}
