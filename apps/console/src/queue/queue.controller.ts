import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QueueCountsQuery, QueuePageQuery } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { QueueRequest, QueueScopeRequest } from './queue.request'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { casePageOf } from './case-row'
import { QueueFilters } from './queue-filters'
import { CasePage, QueueCounts } from './queue.answer'
import { Assignees } from '../core/assignees'
import { Scope } from '../core/scope'
import { Permission } from '../security/permission'

@ApiTags('Queue')
@Controller('api/queue')
export class QueueController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly filters: QueueFilters,
    private readonly assignees: Assignees,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Permission('queue.read')
  @ApiOperation({
    summary: 'List the queue',
    description: 'Open cases, a page at a time: nearest deadline first, or most money at risk first.',
  })
  @ApiOkResponse({ type: CasePage })
  @Problems('not-understood', 'wrong-cursor')
  async page(@Query() request: QueueRequest): Promise<CasePage> {
    const filter = await this.filters.of(request)
    const page = await this.questions.execute(new QueuePageQuery(filter, request.sort, request.limit, request.cursor))
    return this.assignees.addTo(casePageOf(page, await this.scope.storeNames(), this.clock()))
  }

  @Get('counts')
  @Permission('queue.read')
  @ApiOperation({
    summary: 'Count the queue',
    description:
      'How many cases wait for whom; of ours, how many are overdue and how many are due within four hours (up to 2,000 each).',
  })
  @ApiOkResponse({ type: QueueCounts })
  @Problems('not-understood')
  async counts(@Query() request: QueueScopeRequest): Promise<QueueCounts> {
    const now = this.clock()
    const counts = await this.questions.execute(new QueueCountsQuery(await this.filters.scopeOf(request), now))
    return { now: iso(now), ...counts }
  }
}
