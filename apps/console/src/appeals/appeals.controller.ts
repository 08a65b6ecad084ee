import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiConflictResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Appeal, StoreTerms } from '#after-sale'
import { APPEAL_STAGES, DEFAULT_APPEAL_TERMS, appealStageOf, defaultStoreTerms, termsOf } from '#after-sale'
import { ReportAppealResult } from '#case-handling'
import { CaseDetailsQuery, StoreAppealsQuery, StoreTermsQuery } from '#read-models'
import { actionProblem } from '../actions/action-problem'
import { problemAnswer } from '../openapi/answer-schemas'
import { AppealParams, ResultRequest } from './appeals.request'
import { CaseParams } from '../cases/cases.request'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound } from '../problems/problem.filter'
import { iso, isoOrNull } from '../queue/case-row'
import { Scope } from '../core/scope'
import { NumberParams } from '../strategies/strategies.request'

/** What became of appeals, and what is left of a store's budget for failing. */
@ApiTags('appeals')
@Controller('api')
export class AppealsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Post('cases/:id/appeals/:appeal/results')
  @HttpCode(200)
  @ApiOperation({ summary: 'Tell how one item of an appeal ended; no marketplace tells it (R084)' })
  @ApiNotFoundResponse(problemAnswer)
  @ApiConflictResponse(problemAnswer)
  async result(
    @Param() { id, appeal }: AppealParams,
    @Body() { kind, result, recoveredFen, decidedAt }: ResultRequest,
    @Operator() operator: string,
  ): Promise<unknown> {
    const report = {
      appeal,
      kind,
      result,
      decidedAt,
      ...(recoveredFen === undefined ? {} : { recovered: recoveredFen }),
    }
    const answer = await this.commands.execute(
      new ReportAppealResult(this.scope.org, { kind: 'person', id: operator }, id, report),
    )
    if (answer.type === 'reported') return shown(answer.appeal)
    if (answer.reason === 'NoSuchAppeal') throw notFound()
    throw actionProblem({ ...answer, caseId: id, intent: appeal })
  }

  @Get('cases/:id/appeals')
  @ApiOperation({ summary: 'The appeals of a case, oldest first, each item with its result' })
  @ApiNotFoundResponse(problemAnswer)
  async ofCase(@Param() { id }: CaseParams): Promise<unknown> {
    const found = await this.questions.execute(new CaseDetailsQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    return { items: (found.afterSale.appeals ?? []).map(shown) }
  }

  @Get('stores/:id/appeals')
  @ApiOperation({
    summary: "A store's appeals: failures and what is left of the budget (R061, R062), and where a slot is spent best",
  })
  @ApiNotFoundResponse(problemAnswer)
  async ofStore(@Param() { id }: NumberParams): Promise<unknown> {
    if (!(await this.scope.stores()).some((store) => store.id === id)) throw notFound()
    const now = this.parts.clock()
    const terms = await this.termsOf(id)
    const { failed, budget, items, candidates } = await this.questions.execute(
      new StoreAppealsQuery(this.scope.org, id, terms, now),
    )
    const { failuresInMonth, failuresInYear, failureIs } = terms.appeals ?? DEFAULT_APPEAL_TERMS
    return {
      now: iso(now),
      failed,
      allowed: { month: failuresInMonth.value, year: failuresInYear.value, countedBy: failureIs.value },
      budget: { open: budget.open, left: budget.left, rule: budget.rule, opensAt: isoOrNull(budget.opensAt) },
      items: items.map(({ stream, appeal, caseNumber, kind, result, filed_at, claimed, recovered, decided_at }) => ({
        caseId: stream,
        caseNumber,
        appeal,
        kind,
        result,
        filedAt: iso(filed_at),
        claimedFen: claimed,
        recoveredFen: recovered,
        decidedAt: isoOrNull(decided_at),
      })),
      candidates: candidates.map(({ ruledAt, rank, ...rest }) => ({
        ...rest,
        ruledAt: iso(ruledAt),
        rank: rank ?? null,
      })),
    }
  }

  private async termsOf(store: number): Promise<StoreTerms> {
    const given = await this.questions.execute(new StoreTermsQuery(this.scope.org, store))
    return given === undefined ? defaultStoreTerms : termsOf(given.document)
  }
}

/** An appeal as the API shows it. */
export function shown(appeal: Appeal): Record<string, unknown> {
  const stage = appealStageOf(appeal)
  return {
    appeal: appeal.id,
    filedAt: iso(appeal.filedAt),
    stage,
    stageText: APPEAL_STAGES[stage],
    items: appeal.items.map(({ kind, claimed, result, recovered, decidedAt }) => ({
      kind,
      claimedFen: claimed ?? null,
      result,
      recoveredFen: recovered ?? null,
      decidedAt: isoOrNull(decidedAt),
    })),
  }
}
