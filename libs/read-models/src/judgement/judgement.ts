import { Inject } from '@nestjs/common'
import type { IQueryHandler } from '@nestjs/cqrs'
import { Query, QueryHandler } from '@nestjs/cqrs'
import { DataSource } from 'typeorm'
import type { ArmedStrategy, Verdict } from '#after-sale'
import { armedStrategyOf, judge } from '#after-sale'
import { armingsInForce, versionsOf } from '#ledgers'
import { subjectOf } from './subject'

/**
 * The verdicts of the strategies on one case now, with the whole trace; the query has no effect. With `tried`, one
 * version is put in the line-up as if it were in force. Undefined where the organisation has no such case or version.
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
    const found = await subjectOf(this.database, org, caseId, now)
    if (found === undefined) return undefined
    const armings = await armingsInForce(this.database)
    const armed = armings
      .filter(({ store }) => store === found.store)
      .map((arming) => armedStrategyOf(arming, arming.mode))
      .filter((one) => one !== undefined)
    const candidate = tried === undefined ? undefined : await this.versionOf(org, tried)
    if (tried !== undefined && candidate === undefined) return undefined
    const inForce =
      candidate === undefined
        ? armed
        : [...armed.filter(({ reference }) => reference.id !== candidate.reference.id), candidate]
    return judge(found.subject, inForce)
  }

  private async versionOf(
    org: number,
    tried: { strategy: number; version: number },
  ): Promise<ArmedStrategy | undefined> {
    const found = (await versionsOf(this.database, org, tried.strategy)).find(
      ({ version }) => version === tried.version,
    )
    return found === undefined ? undefined : armedStrategyOf(found, 'live')
  }
}
