import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Verdict } from '#after-sale'
import { LINE_UP, explain, policyOf } from '#after-sale'
import { JudgementQuery } from '#read-models'
import { problemAnswer } from '../openapi/answer-schemas'
import { CaseParams } from '../cases/cases.request'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound } from '../problems/problem.filter'
import { Scope } from '../core/scope'
import { DryRunRequest, VersionParams } from '../strategies/strategies.request'

/** Why something was, or was not, decided by itself: explained from the facts, in both languages. Asking changes nothing. */
@ApiTags('strategies')
@Controller('api')
export class JudgementController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get('policies')
  @ApiOperation({
    summary: 'The rules that strategies are made of, in the order in which they judge, with their settings',
  })
  policies(): unknown {
    return {
      items: LINE_UP.map((name) => {
        const { title, rules, claims, shape } = policyOf(name)
        return { name, title, rules, claims, fields: shape?.fields ?? {}, defaults: shape?.defaults ?? {} }
      }),
    }
  }

  @Get('cases/:id/judgement')
  @ApiOperation({ summary: 'What the strategies in force say of a case as it stands now, and what would flip it' })
  @ApiNotFoundResponse(problemAnswer)
  async judgement(@Param() { id }: CaseParams): Promise<unknown> {
    return this.told(id)
  }

  @Post('strategies/:id/versions/:version/dry-run')
  @HttpCode(200)
  @ApiOperation({ summary: 'One case judged as if this version were in force. Nothing follows from it' })
  @ApiNotFoundResponse(problemAnswer)
  async dryRun(@Param() { id, version }: VersionParams, @Body() { caseId }: DryRunRequest): Promise<unknown> {
    return this.told(caseId, { strategy: id, version })
  }

  private async told(caseId: string, tried?: { strategy: number; version: number }): Promise<unknown> {
    const verdicts = await this.questions.execute(new JudgementQuery(this.scope.org, caseId, this.parts.clock(), tried))
    if (verdicts === undefined) throw notFound()
    return { items: verdicts.map(explained) }
  }
}

const explained = (verdict: Verdict): unknown => ({
  ...verdict,
  explanation: { zh: explain(verdict, 'zh'), en: explain(verdict, 'en') },
})
