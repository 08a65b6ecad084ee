import type { ExecutionContext } from '@nestjs/common'
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, createParamDecorator } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Action } from '#after-sale'
import type { ActionOutcome, AskedAction, Resolution } from '#case-handling'
import { ActOnCases, ResolveAction } from '#case-handling'
import { CaseDetailsQuery, SealedOrderQuery, TasksQuery } from '#read-models'
import { actionProblem, refusalText } from './action-problem'
import { actionOf, assistanceFor, taskOf } from './actions'
import { ActRequest, BatchRequest, CloseRequest, IntentParams, TasksRequest } from './actions.request'
import { problemAnswer, refTo } from '../openapi/answer-schemas'
import { CaseParams } from '../cases/cases.request'
import { Operator } from '../core/operator'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound, problemOf } from '../problems/problem.filter'
import { iso } from '../queue/case-row'
import { Scope } from '../core/scope'

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The asker's own id for what he wants: asked again with it, it is the same action and happens once. */
const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const key = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key']
  if (typeof key === 'string' && UUID.test(key)) return key
  throw problemOf('idempotency-key-missing')
})

/** What people want done, and what they must see to. Whoever acts gives his name in `x-operator`. */
@ApiTags('actions')
@ApiHeader({
  name: 'x-operator',
  required: true,
  description: 'Who does it. The console is on the loopback address only, until people log in.',
})
@Controller('api')
export class ActionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Post('cases/:id/actions')
  @ApiOperation({ summary: 'Do something with a case, at most once; 200 where the same id was asked before' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'A UUID of your own; the id of the action from then on',
  })
  @ApiCreatedResponse({ schema: refTo('ActionOutcome') })
  @ApiOkResponse({ schema: refTo('ActionOutcome') })
  @ApiConflictResponse(problemAnswer)
  @ApiNotFoundResponse(problemAnswer)
  async act(
    @Param() { id }: CaseParams,
    @Body() wish: ActRequest,
    @IdempotencyKey() intent: string,
    @Operator() operator: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const [outcome] = await this.ask(operator, [askedOf(id, intent, wish)])
    const decided = decidedOf(outcome)
    void reply.status(decided.repeated ? 200 : 201)
    return shown(decided)
  }

  @Post('actions/batch')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Many actions at once, each with its own outcome, in the order in which they are given (R170)',
  })
  @ApiOkResponse({ schema: refTo('ActionOutcomes') })
  async batch(@Body() { items }: BatchRequest, @Operator() operator: string): Promise<unknown> {
    const outcomes = await this.ask(
      operator,
      items.map((item) => askedOf(item.caseId, item.intent, item)),
    )
    return { items: outcomes.map(shown) }
  }

  @Post('cases/:id/actions/:intent/attest')
  @HttpCode(200)
  @ApiOperation({ summary: 'Say that it is done in the back office; it counts once the marketplace shows it' })
  @ApiOkResponse({ schema: refTo('ActionOutcome') })
  @ApiConflictResponse(problemAnswer)
  @ApiNotFoundResponse(problemAnswer)
  async attest(@Param() { id, intent }: IntentParams, @Operator() operator: string): Promise<unknown> {
    return this.say(operator, id, intent, 'attested')
  }

  @Post('cases/:id/actions/:intent/close')
  @HttpCode(200)
  @ApiOperation({ summary: 'Take back what was not sent yet, or settle what nobody could settle' })
  @ApiOkResponse({ schema: refTo('ActionOutcome') })
  @ApiConflictResponse(problemAnswer)
  @ApiNotFoundResponse(problemAnswer)
  async close(
    @Param() { id, intent }: IntentParams,
    @Body() { as }: CloseRequest,
    @Operator() operator: string,
  ): Promise<unknown> {
    return this.say(operator, id, intent, as)
  }

  @Get('cases/:id/actions/:intent')
  @ApiOperation({ summary: 'One action, with what a person needs who does it by hand: where, what, which words' })
  @ApiOkResponse({ schema: refTo('ActionFile') })
  @ApiNotFoundResponse(problemAnswer)
  async one(@Param() { id, intent }: IntentParams): Promise<unknown> {
    const [found, order] = await Promise.all([
      this.questions.execute(new CaseDetailsQuery(this.scope.org, id)),
      this.questions.execute(new SealedOrderQuery(this.scope.org, id, intent)),
    ])
    const action = found?.afterSale.intents?.find((one) => one.id === intent)
    if (found === undefined || action === undefined) throw notFound()
    return {
      ...actionOf(action),
      assistance: order === undefined ? null : assistanceFor(found.afterSale.marketplace, order, this.parts.vault),
    }
  }

  @Get('tasks')
  @ApiOperation({ summary: 'What people must see to now, longest due first: by hand, in doubt, refused, not shown' })
  @ApiOkResponse({ schema: refTo('TaskPage') })
  async tasks(@Query() { limit, cursor, store }: TasksRequest): Promise<unknown> {
    const now = this.parts.clock()
    const stores = store === undefined ? undefined : await this.scope.storesAsked(undefined, store)
    const { items, next } = await this.questions.execute(new TasksQuery(this.scope.org, now, limit, cursor, stores))
    const nameOf = await this.scope.names()
    return { now: iso(now), items: items.map((item) => taskOf(item, nameOf)), next }
  }

  private ask(operator: string, asked: readonly AskedAction[]): Promise<readonly ActionOutcome[]> {
    return this.commands.execute(new ActOnCases(this.scope.org, { kind: 'person', id: operator }, asked))
  }

  private async say(operator: string, caseId: string, intent: string, says: Resolution): Promise<unknown> {
    const by = { kind: 'person', id: operator } as const
    return shown(decidedOf(await this.commands.execute(new ResolveAction(this.scope.org, by, caseId, intent, says))))
  }
}

/** Plain values only, without what was left out. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

const askedOf = (
  caseId: string,
  intent: string,
  { action, judged, confirmation, facts = {} }: ActRequest,
): AskedAction => ({
  caseId,
  intent,
  action: plain<Action>(action),
  judged,
  ...(confirmation === undefined ? {} : { confirmation }),
  facts: plain(facts) as AskedAction['facts'],
})

function decidedOf(outcome: ActionOutcome | undefined): Extract<ActionOutcome, { type: 'decided' }> {
  if (outcome?.type === 'decided') return outcome
  throw outcome === undefined ? notFound() : actionProblem(outcome)
}

const shown = (outcome: ActionOutcome): unknown =>
  outcome.type === 'decided'
    ? { caseId: outcome.caseId, intent: outcome.intent, outcome: 'decided', state: outcome.state }
    : {
        caseId: outcome.caseId,
        intent: outcome.intent,
        outcome: 'refused',
        reason: outcome.reason,
        rule: outcome.rule ?? null,
        warnings: outcome.warnings ?? [],
        confirmation: outcome.confirmation ?? null,
        detail: refusalText(outcome.reason),
      }
