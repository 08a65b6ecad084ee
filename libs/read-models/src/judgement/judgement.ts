import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { ArmedStrategy, Verdict } from '#after-sale'
import { armedStrategyOf, judge } from '#after-sale'
import { armingsInForce, versionsOf } from '#ledgers'
import { loadSubject } from './subject'

/**
 * The current verdicts of the strategies on one case, with all conditions; nothing is requested. With `tried`, one version
 * is judged as if it were in force. Undefined if the organisation has no such case or version.
 */
export class JudgementQuery extends Query<readonly Verdict[] | undefined> {
  constructor(
    readonly org: number,
    readonly caseId: string,
    readonly now: number,
    readonly tried?: { readonly strategy: number; readonly version: number },
  ) {
    super()
  }
}

@QueryHandler(JudgementQuery)
export class JudgementHandler implements IQueryHandler<JudgementQuery> {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async execute({ org, caseId, now, tried }: JudgementQuery): Promise<readonly Verdict[] | undefined> {
    const located = await loadSubject(this.database, org, caseId, now)
    if (located === undefined) return undefined
    const armings = await armingsInForce(this.database)
    const armed = armings
      .filter(({ store }) => store === located.store)
      .map((arming) => armedStrategyOf(arming, arming.mode))
      .filter((strategy) => strategy !== undefined)
    const candidate = tried === undefined ? undefined : await this.loadVersion(org, tried)
    if (tried !== undefined && candidate === undefined) return undefined
    const inForce =
      candidate === undefined
        ? armed
        : [...armed.filter(({ reference }) => reference.id !== candidate.reference.id), candidate]
    return judge(located.subject, inForce)
  }

  private async loadVersion(
    org: number,
    tried: { strategy: number; version: number },
  ): Promise<ArmedStrategy | undefined> {
    const versionRow = (await versionsOf(this.database, org, tried.strategy)).find(
      ({ version }) => version === tried.version,
    )
    return versionRow === undefined ? undefined : armedStrategyOf(versionRow, 'live')
  }
}
