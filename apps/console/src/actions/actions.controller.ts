import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiBody, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply } from 'fastify'
import type { Vault } from '#access'
import type { Action } from '#after-sale'
import type { ActionRequestOutcome, ActionRequest, Resolution } from '#case-handling'
import { ActOnCases, ResolveAction } from '#case-handling'
import { CaseDetailsQuery, SealedOrderQuery, TasksQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK, VAULT } from '#runtime'
import { ActionRights } from './action-rights'
import { IdempotencyKey } from './idempotency-key'
import { ACT_EXAMPLES, BATCH_EXAMPLES } from './act.examples'
import { actionProblem, refusalText } from './action-problem'
import { ActionDecided, ActionDetail, type ActionRefused } from './action.answer'
import { actionAnswerOf, assistanceFor, taskAnswerOf } from './action-answers'
import { ActOnCaseRequest, ActOnCasesRequest, ActionParams, CloseActionRequest } from './act.request'
import { StoppedStores } from './stopped-stores'
import { ListTasksRequest } from './tasks.request'
import { Problems } from '../openapi/problems'
import { ActionOutcomes } from './outcomes.answer'
import { TaskPage } from './task.answer'
import { CaseParams } from '../cases/cases.request'
import { Operator } from '../core/operator'
import { notFound } from '../problems/problem.filter'
import { iso } from '../core/instants'
import { Scope } from '../core/scope'
import { Audited } from '../security/audited'
import { Permission } from '../security/permission'

/** What people do to cases, and the tasks that come of it. */
@ApiTags('Actions')
@Controller('api')
export class ActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly rights: ActionRights,
    private readonly stoppedStores: StoppedStores,
    @Inject(VAULT) private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('cases/:id/actions')
  @Permission('cases.act', 'money.act')
  @Audited('case.acted', 'case:{id}', 'action.name')
  @ApiOperation({
    summary: 'Act on a case',
    description:
      'Take `id` from the queue and `judged` from `revision` of the case. At most once: the same request with the same `Idempotency-Key` is answered 200 and not done again. ' +
      'Where only warnings stand in the way, the 409 carries a `confirmation` to be sent back. The worker sends the action.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A UUID of your own; the id of the action from then on.',
    schema: { type: 'string', format: 'uuid' },
  })
  @ApiBody({ type: ActOnCaseRequest, examples: ACT_EXAMPLES })
  @ApiCreatedResponse({ type: ActionDecided })
  @ApiOkResponse({ type: ActionDecided, description: 'The same request was made before.' })
  @Problems(
    'not-understood',
    'idempotency-key-missing',
    'not-found',
    'action-refused',
    'store-paused',
    'store-removed',
    'could-not-be-written',
    'reauthentication-required',
  )
  async act(
    @Param() { id }: CaseParams,
    @Body() request: ActOnCaseRequest,
    @IdempotencyKey() intent: string,
    @Operator() operator: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ActionDecided> {
    const [outcome] = await this.submit(operator, [actionRequestOf(id, intent, request)])
    const decided = requireDecided(outcome)
    void reply.status(decided.repeated ? 200 : 201)
    return decidedAnswerOf(decided)
  }

  @Post('actions/batch')
  @Permission('cases.act', 'money.act')
  @Audited('case.acted', 'organisation:{org}', 'items.caseId', 'items.action.name')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Act on many cases',
    description: 'Each action has its own id and its own outcome; they are done in the given order (R170).',
  })
  @ApiBody({ type: ActOnCasesRequest, examples: BATCH_EXAMPLES })
  @ApiOkResponse({ type: ActionOutcomes })
  @Problems('not-understood', 'reauthentication-required')
  async batch(@Body() { items }: ActOnCasesRequest, @Operator() operator: string): Promise<ActionOutcomes> {
    const outcomes = await this.submit(
      operator,
      items.map((item) => actionRequestOf(item.caseId, item.intent, item)),
    )
    return { items: outcomes.map(outcomeAnswerOf) }
  }

  @Post('cases/:id/actions/:intent/attest')
  @Permission('cases.act', 'money.act')
  @Audited('case.action-attested', 'case:{id}', 'intent')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Attest an action',
    description:
      'States that it was done in the back office; it counts once the marketplace shows it. Needs `money.act` where the action costs money, else `cases.act`.',
  })
  @ApiOkResponse({ type: ActionDecided })
  @Problems('not-understood', 'not-found', 'action-refused', 'could-not-be-written')
  async attest(@Param() { id, intent }: ActionParams, @Operator() operator: string): Promise<ActionDecided> {
    return this.resolve(operator, id, intent, 'attested')
  }

  @Post('cases/:id/actions/:intent/close')
  @Permission('cases.act', 'money.act')
  @Audited('case.action-closed', 'case:{id}', 'intent', 'as')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Close an action',
    description:
      'Withdraws what was not sent yet, or settles by hand what could not be settled automatically. Needs `money.act` where the action costs money, else `cases.act`.',
  })
  @ApiOkResponse({ type: ActionDecided })
  @Problems('not-understood', 'not-found', 'action-refused', 'could-not-be-written')
  async close(
    @Param() { id, intent }: ActionParams,
    @Body() { as }: CloseActionRequest,
    @Operator() operator: string,
  ): Promise<ActionDecided> {
    return this.resolve(operator, id, intent, as)
  }

  @Get('cases/:id/actions/:intent')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'Get an action',
    description: 'With what a person needs to do it by hand: where, what, which words.',
  })
  @ApiOkResponse({ type: ActionDetail })
  @Problems('not-understood', 'not-found', 'sealed-unreadable')
  async one(@Param() { id, intent }: ActionParams): Promise<ActionDetail> {
    const [found, order] = await Promise.all([
      this.questions.execute(new CaseDetailsQuery(this.scope.org, id, this.scope.storeLimit)),
      this.questions.execute(new SealedOrderQuery(this.scope.org, id, intent)),
    ])
    const action = found?.afterSale.intents?.find((one) => one.id === intent)
    if (found === undefined || action === undefined) throw notFound()
    return {
      ...actionAnswerOf(action),
      assistance: order === undefined ? null : assistanceFor(found.afterSale.marketplace, order, this.vault),
    }
  }

  @Get('tasks')
  @Permission('queue.read')
  @ApiOperation({
    summary: 'List the tasks',
    description:
      'Actions that a person must attend to now, longest due first: to be done by hand, in doubt, refused, or not shown.',
  })
  @ApiOkResponse({ type: TaskPage })
  @Problems('not-understood', 'wrong-cursor')
  async tasks(@Query() { limit, cursor, store }: ListTasksRequest): Promise<TaskPage> {
    const now = this.clock()
    const stores = store === undefined ? this.scope.storeLimit : await this.scope.selectStores(undefined, store)
    const { items, next } = await this.questions.execute(new TasksQuery(this.scope.org, now, limit, cursor, stores))
    const nameOf = await this.scope.storeNames()
    return { now: iso(now), items: items.map((item) => taskAnswerOf(item, nameOf)), next }
  }

  private async submit(operator: string, requests: readonly ActionRequest[]): Promise<readonly ActionRequestOutcome[]> {
    await this.rights.check(requests)
    const refusals = await this.stoppedStores.refusalsOf(requests)
    const accepted = requests.filter((request) => !refusals.has(request))
    const outcomes = await this.commands.execute(
      new ActOnCases(this.scope.org, { kind: 'person', id: operator }, accepted, this.scope.storeLimit),
    )
    const outcomeOf = new Map(accepted.map((request, index) => [request, outcomes[index]]))
    return requests.flatMap((request) => refusals.get(request) ?? outcomeOf.get(request) ?? [])
  }

  private async resolve(
    operator: string,
    caseId: string,
    intent: string,
    resolution: Resolution,
  ): Promise<ActionDecided> {
    await this.rights.checkResolution(caseId, intent)
    const by = { kind: 'person', id: operator } as const
    const outcome = await this.commands.execute(new ResolveAction(this.scope.org, by, caseId, intent, resolution))
    return decidedAnswerOf(requireDecided(outcome))
  }
}

/** Request classes become plain objects, without undefined members: both would be stored differently. */
const withoutUndefined = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const actionRequestOf = (
  caseId: string,
  intent: string,
  { action, judged, confirmation, facts = {} }: ActOnCaseRequest,
): ActionRequest => ({
  caseId,
  intent,
  action: withoutUndefined<Action>(action),
  judged,
  ...(confirmation === undefined ? {} : { confirmation }),
  facts: withoutUndefined(facts) as ActionRequest['facts'],
})

type DecidedOutcome = Extract<ActionRequestOutcome, { type: 'decided' }>

/** @throws Problem where the action was refused */
function requireDecided(outcome: ActionRequestOutcome | undefined): DecidedOutcome {
  if (outcome?.type === 'decided') return outcome
  throw outcome === undefined ? notFound() : actionProblem(outcome)
}

const decidedAnswerOf = ({ caseId, intent, state }: DecidedOutcome): ActionDecided => ({
  caseId,
  intent,
  outcome: 'decided',
  state,
})

const outcomeAnswerOf = (outcome: ActionRequestOutcome): ActionDecided | ActionRefused =>
  outcome.type === 'decided'
    ? decidedAnswerOf(outcome)
    : {
        caseId: outcome.caseId,
        intent: outcome.intent,
        outcome: 'refused',
        reason: outcome.reason,
        rule: outcome.rule ?? null,
        warnings: [...(outcome.warnings ?? [])],
        confirmation: outcome.confirmation ?? null,
        detail: refusalText(outcome.reason),
      }
