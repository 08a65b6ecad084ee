import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common'
import { CommandBus, QueryBus } from '@nestjs/cqrs'
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { Action } from '#after-sale'
import type { BatchAction } from '#case-handling'
import { FreezeBatch, MAX_BATCH_CASES, RecallBatch, RetryBatch, StartBatch } from '#case-handling'
import { noteOwnRecord } from '#event-store'
import { BatchItemsQuery, BatchListQuery, BatchQuery, FAILED_OUTCOMES, QueueSetQuery, type Batch } from '#read-models'
import { Scope } from '../core/scope'
import { PageRequest } from '../input/paging.request'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { QueueFilters } from '../queue/queue-filters'
import { Audited, ChangesNothing } from '../security/audited'
import { currentActor } from '../security/current-actor'
import { Permission } from '../security/permission'
import { requireRecentProof } from '../security/recent-proof'
import { batchAnswerOf, batchItemOf, costToSend, listedBatchOf } from './batch-answers'
import { BatchScope, requireForMany, wrongField } from './batch-scope'
import { BatchOffers } from './batch-offers'
import { BatchAnswer, BatchItemPage, BatchOptions, BatchPage } from './batch.answer'
import {
  BatchItemsRequest,
  BatchParams,
  CaseSelectionRequest,
  FreezeBatchRequest,
  StartBatchRequest,
} from './batches.request'

/** One action for many cases: the set is frozen and shown, then started, then carried out by the worker. */
@ApiTags('Batches')
@Controller('api/batches')
export class BatchesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly filters: QueueFilters,
    private readonly batches: BatchScope,
    private readonly offers: BatchOffers,
  ) {}

  @Post()
  @Permission('cases.act', 'money.act')
  @Audited('batch.frozen', 'batch:{batch}', 'action.name')
  @ApiOperation({
    summary: 'Freeze a batch',
    description:
      'Nothing is sent. The answer says what would be sent and what is refused, and why; it may be started for ten minutes. ' +
      'A case that changes until it is sent is refused then.',
  })
  @ApiCreatedResponse({ type: BatchAnswer })
  @Problems('not-understood', 'batch-empty', 'batch-too-large')
  async freeze(@Body() request: FreezeBatchRequest): Promise<BatchAnswer> {
    requireForMany(request.action)
    const caseIds = await this.selectCases(request)
    const wanted = withoutUndefined<BatchAction>({ action: request.action, facts: request.facts ?? {} })
    const id = await this.commands.execute(
      new FreezeBatch(this.scope.org, this.batches.author, await this.batches.rights(), wanted, caseIds),
    )
    if (id === undefined) throw problemOf('batch-empty')
    return batchAnswerOf(await this.find(id), this.batches.viewer)
  }

  @Post('options')
  @Permission('cases.act', 'money.act')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say what can be done with a selection',
    description: 'How many cases, how much money is at risk, and which actions at least one of them allows.',
  })
  @ApiOkResponse({ type: BatchOptions })
  @Problems('not-understood', 'batch-empty', 'batch-too-large')
  async options(@Body() request: CaseSelectionRequest): Promise<BatchOptions> {
    return this.offers.of(await this.selectCases(request))
  }

  @Get()
  @Permission('cases.read')
  @ApiOperation({
    summary: 'List the batches',
    description: 'Newest first: one’s own; for owners and auditors all of them.',
  })
  @ApiOkResponse({ type: BatchPage })
  @Problems('not-understood', 'wrong-cursor')
  async list(@Query() { limit, cursor }: PageRequest): Promise<BatchPage> {
    const { viewer, visibleAuthor } = this.batches
    const { items, next } = await this.questions.execute(
      new BatchListQuery(this.scope.org, limit, cursor, visibleAuthor, this.scope.storeLimit),
    )
    return { items: items.map((item) => listedBatchOf(item, viewer)), next }
  }

  @Get(':id')
  @Permission('cases.read')
  @ApiOperation({ summary: 'Get a batch', description: 'How far it is, and what became of its cases.' })
  @ApiOkResponse({ type: BatchAnswer })
  @Problems('not-understood', 'not-found')
  async one(@Param() { id }: BatchParams): Promise<BatchAnswer> {
    return batchAnswerOf(await this.find(id), this.batches.viewer)
  }

  @Get(':id/items')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'List the cases of a batch',
    description: 'In the order of the set, each with its outcome.',
  })
  @ApiOkResponse({ type: BatchItemPage })
  @Problems('not-understood', 'not-found')
  async items(
    @Param() { id }: BatchParams,
    @Query() { outcome, reason, limit, cursor = 0 }: BatchItemsRequest,
  ): Promise<BatchItemPage> {
    await this.find(id)
    const of = { outcomes: outcome, reason, stores: this.scope.storeLimit, after: cursor, limit: limit + 1 }
    const rows = await this.questions.execute(new BatchItemsQuery(id, of))
    const nameOf = await this.scope.storeNames()
    const items = rows.slice(0, limit).map((row) => batchItemOf(row, nameOf))
    return { items, next: rows.length > limit ? (items.at(-1)?.n ?? null) : null }
  }

  @Post(':id/start')
  @Permission('cases.act', 'money.act')
  @Audited('batch.started', 'batch:{id}', 'cases', 'totalFen', 'warnings')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Start a batch',
    description:
      'Only who froze it, and only as it was shown. The worker requests the actions one after the other; asked again, nothing happens twice.',
  })
  @ApiOkResponse({ type: BatchAnswer })
  @Problems(
    'not-understood',
    'not-found',
    'batch-expired',
    'batch-differs',
    'batch-nothing-to-send',
    'reauthentication-required',
    'for-people-only',
  )
  async start(@Param() { id }: BatchParams, @Body() confirmed: StartBatchRequest): Promise<BatchAnswer> {
    const batch = await this.find(id)
    // All of a batch together are one decision.
    if (batch.head.state === 'frozen' && costToSend(batch) > this.batches.proofAbove) requireRecentProof(currentActor())
    const outcome = await this.commands.execute(
      new StartBatch(this.scope.org, id, this.batches.author, await this.batches.rights(), confirmed),
    )
    if (outcome === 'not-found') throw notFound()
    if (outcome === 'expired') throw problemOf('batch-expired')
    if (outcome === 'differs') throw problemOf('batch-differs')
    if (outcome === 'nothing') throw problemOf('batch-nothing-to-send')
    const found = await this.find(id)
    // A double click: the audit has the start. A set that was called back before any start keeps its entry of this attempt.
    if (outcome === 'repeated' && found.head.startedAt !== null) noteOwnRecord()
    return batchAnswerOf(found, this.batches.viewer)
  }

  @Post(':id/recall')
  @Permission('cases.act', 'money.act')
  @Audited('batch.recalled', 'batch:{id}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Call a batch back',
    description:
      'Withdraws what has not left. What is being sent, or was sent, stays. Actions that cost money wait for the undo window, each ' +
      'from the moment when it was requested: the first ones may have left while the last ones wait.',
  })
  @ApiOkResponse({ type: BatchAnswer })
  @Problems('not-understood', 'not-found')
  async recall(@Param() { id }: BatchParams): Promise<BatchAnswer> {
    const { author, viewer } = this.batches
    const outcome = await this.commands.execute(new RecallBatch(this.scope.org, id, author, viewer.mayRecallOthers))
    if (outcome === 'not-found') throw notFound()
    return batchAnswerOf(await this.find(id), viewer)
  }

  @Post(':id/retry')
  @Permission('cases.act', 'money.act')
  @Audited('batch.frozen', 'batch:{batch}', 'id')
  @ApiOperation({
    summary: 'Freeze what failed again',
    description:
      'The same action for the cases that were refused, had changed, or where it did not happen; not for those in doubt, ' +
      'and not for those that a started retry has taken over.',
  })
  @ApiCreatedResponse({ type: BatchAnswer })
  @Problems('not-understood', 'not-found', 'batch-not-retriable')
  async retry(@Param() { id }: BatchParams): Promise<BatchAnswer> {
    await this.find(id)
    const failures = { outcomes: FAILED_OUTCOMES, notRetried: true }
    const of = { ...failures, stores: this.scope.storeLimit, after: 0, limit: MAX_BATCH_CASES }
    const failed = await this.questions.execute(new BatchItemsQuery(id, of))
    const caseIds = failed.map(({ caseId }) => caseId)
    const again = await this.commands.execute(
      new RetryBatch(this.scope.org, this.batches.author, await this.batches.rights(), id, caseIds),
    )
    if (again === undefined) throw problemOf('batch-not-retriable')
    return batchAnswerOf(await this.find(again), this.batches.viewer)
  }

  /** @throws Problem where there is no such batch, or none that the caller may see */
  private async find(id: string): Promise<Batch> {
    const found = await this.questions.execute(
      new BatchQuery(this.scope.org, id, this.batches.visibleAuthor, this.scope.storeLimit),
    )
    if (found === undefined) throw notFound()
    // Of what others have frozen, a person with some stores sees the cases of those only, and nothing if there are none.
    if (found.groups.length === 0 && found.head.actor !== this.batches.author.actor) throw notFound()
    return found
  }

  private async selectCases({ caseIds, filter }: CaseSelectionRequest): Promise<readonly string[]> {
    if ((caseIds === undefined) === (filter === undefined)) throw wrongField('#/caseIds', 'missing')
    const selected =
      caseIds ??
      (await this.questions.execute(new QueueSetQuery(await this.filters.of(filter ?? {}), MAX_BATCH_CASES + 1)))
    if (selected.length > MAX_BATCH_CASES) throw problemOf('batch-too-large')
    if (selected.length === 0) throw problemOf('batch-empty')
    return selected
  }
}

/** Request classes become plain objects, without undefined members: both would be stored differently. */
const withoutUndefined = <T extends { readonly action: Action }>(value: T): T => JSON.parse(JSON.stringify(value)) as T
