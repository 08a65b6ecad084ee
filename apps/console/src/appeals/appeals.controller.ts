import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Appeal, StoreTerms } from '#after-sale'
import { APPEAL_STAGES, DEFAULT_APPEAL_TERMS, appealStageOf, defaultStoreTerms, termsOf } from '#after-sale'
import { RecordAppealItemResult } from '#case-handling'
import { CaseDetailsQuery, StoreAppealsQuery, StoreTermsQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { actionProblem } from '../actions/action-problem'
import { Problems } from '../openapi/problems'
import { AppealAnswer, AppealsOfCase } from './appeal.answer'
import { StoreAppealsAnswer } from './store-appeals.answer'
import { AppealParams, AppealResultRequest } from './appeals.request'
import { CaseParams } from '../cases/cases.request'
import { Operator } from '../core/operator'
import { notFound } from '../problems/problem.filter'
import { iso, isoOrNull } from '../core/instants'
import { Scope } from '../core/scope'
import { NumberParams } from '../strategies/strategies.request'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** The results of appeals, and what is left of a store's budget of failures. */
@ApiTags('Appeals')
@Controller('api')
export class AppealsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('cases/:id/appeals/:appeal/results')
  @Permission('appeals.write')
  @Audited('appeal.result-recorded', 'case:{id}', 'appeal', 'kind', 'result', 'recoveredFen')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Record the result of an appeal item',
    description: 'How one item of an appeal ended; no marketplace reports it (R084).',
  })
  @ApiOkResponse({ type: AppealAnswer })
  @Problems('not-understood', 'not-found', 'action-refused', 'could-not-be-written')
  async result(
    @Param() { id, appeal }: AppealParams,
    @Body() { kind, result, recoveredFen, decidedAt }: AppealResultRequest,
    @Operator() operator: string,
  ): Promise<AppealAnswer> {
    const input = {
      appeal,
      kind,
      result,
      decidedAt,
      ...(recoveredFen === undefined ? {} : { recovered: recoveredFen }),
    }
    const outcome = await this.commands.execute(
      new RecordAppealItemResult(this.scope.org, { kind: 'person', id: operator }, id, input),
    )
    if (outcome.type === 'recorded') return appealAnswerOf(outcome.appeal)
    if (outcome.reason === 'NoSuchAppeal') throw notFound()
    throw actionProblem({ ...outcome, caseId: id, intent: appeal })
  }

  @Get('cases/:id/appeals')
  @Permission('cases.read')
  @ApiOperation({ summary: 'List the appeals of a case', description: 'Oldest first, each item with its result.' })
  @ApiOkResponse({ type: AppealsOfCase })
  @Problems('not-understood', 'not-found')
  async ofCase(@Param() { id }: CaseParams): Promise<AppealsOfCase> {
    const found = await this.questions.execute(new CaseDetailsQuery(this.scope.org, id, this.scope.storeLimit))
    if (found === undefined) throw notFound()
    return { items: (found.afterSale.appeals ?? []).map(appealAnswerOf) }
  }

  @Get('stores/:id/appeals')
  @Permission('stores.read')
  @ApiOperation({
    summary: 'Get the appeals of a store',
    description: 'Failures, what is left of the budget (R061, R062), and which cases are worth appealing.',
  })
  @ApiOkResponse({ type: StoreAppealsAnswer })
  @Problems('not-understood', 'not-found')
  async ofStore(@Param() { id }: NumberParams): Promise<StoreAppealsAnswer> {
    if (!(await this.scope.stores()).some((store) => store.id === id)) throw notFound()
    const now = this.clock()
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
      items: items.map(({ stream, appeal, caseNumber, kind, result, filedAt, claimed, recovered, decidedAt }) => ({
        caseId: stream,
        caseNumber,
        appeal,
        kind,
        result,
        filedAt: iso(filedAt),
        claimedFen: claimed,
        recoveredFen: recovered,
        decidedAt: isoOrNull(decidedAt),
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

function appealAnswerOf(appeal: Appeal): AppealAnswer {
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
