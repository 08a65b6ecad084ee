import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Verdict } from '#after-sale'
import { LINE_UP, explain, policyOf } from '#after-sale'
import { JudgementQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { CaseParams } from '../cases/cases.request'
import { notFound, problemOf } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { StrategyReaders } from '../strategies/strategy-readers'
import { JudgementAnswer, type ExplainedVerdict } from './judgement.answer'
import { PolicyList } from './policy.answer'
import { DryRunRequest, VersionParams } from '../strategies/strategies.request'
import { isVisibleCase } from '../security/access.guard'
import { currentActor } from '../security/current-actor'
import { ChangesNothing } from '../security/audited'
import { Permission } from '../security/permission'
import { DataSource } from 'typeorm'

/** Why something was, or was not, decided automatically: explained from the facts, in both languages. Changes nothing. */
@ApiTags('Strategies')
@Controller('api')
export class JudgementController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly readers: StrategyReaders,
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('policies')
  @Permission('strategies.read')
  @ApiOperation({
    summary: 'List the policies',
    description: 'The rules that strategies are made of, in the order in which they judge, with their settings.',
  })
  @ApiOkResponse({ type: PolicyList })
  @Problems('not-granted')
  policies(): PolicyList {
    return {
      items: LINE_UP.map((name) => {
        const { title, rules, claims, shape } = policyOf(name)
        return { name, title, rules, claims, fields: shape?.fields ?? {}, defaults: shape?.defaults ?? {} }
      }),
    }
  }

  @Get('cases/:id/judgement')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'Judge a case',
    description:
      'What the strategies in force say of the case as it is now, and what would have to change for another verdict.',
  })
  @ApiOkResponse({ type: JudgementAnswer })
  @Problems('not-understood', 'not-found')
  async judgement(@Param() { id }: CaseParams): Promise<JudgementAnswer> {
    return this.judge(id)
  }

  @Post('strategies/:id/versions/:version/dry-run')
  @Permission('strategies.read')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Dry-run a version on one case',
    description: 'Judges the case as if this version were in force. Nothing follows from it.',
  })
  @ApiOkResponse({ type: JudgementAnswer })
  @Problems('not-understood', 'not-granted', 'not-found')
  async dryRun(@Param() { id, version }: VersionParams, @Body() { caseId }: DryRunRequest): Promise<JudgementAnswer> {
    const { org } = currentActor()
    if (!(await isVisibleCase(this.database, currentActor(), caseId))) throw notFound()
    const stores = (await this.readers.requireStores()) ?? 'all'
    if (!(await isVisibleCase(this.database, { org, stores }, caseId))) throw problemOf('not-granted')
    return this.judge(caseId, { strategy: id, version })
  }

  private async judge(caseId: string, candidate?: { strategy: number; version: number }): Promise<JudgementAnswer> {
    const verdicts = await this.questions.execute(new JudgementQuery(this.scope.org, caseId, this.clock(), candidate))
    if (verdicts === undefined) throw notFound()
    return { items: verdicts.map(explainedVerdictOf) }
  }
}

const explainedVerdictOf = (verdict: Verdict): ExplainedVerdict => ({
  ...verdict,
  explanation: { zh: explain(verdict, 'zh'), en: explain(verdict, 'en') },
})
