import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QueueCountsQuery, QueuePageQuery, type QueueFilter } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { QueueRequest, QueueScopeRequest } from './queue.request'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { casePageOf } from './case-row'
import { CasePage, QueueCounts } from './queue.answer'
import { Scope } from '../core/scope'
import { Permission } from '../security/permission'

@ApiTags('Queue')
@Controller('api/queue')
export class QueueController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
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
    const filter = { ...(await this.filterOf(request)), ...boundsOf(request) }
    const page = await this.questions.execute(new QueuePageQuery(filter, request.sort, request.limit, request.cursor))
    return casePageOf(page, await this.scope.storeNames(), this.clock())
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
    const counts = await this.questions.execute(new QueueCountsQuery(await this.filterOf(request), now))
    return { now: iso(now), ...counts }
  }

  private async filterOf({ marketplace, store, kind, status }: QueueScopeRequest): Promise<QueueFilter> {
    return {
      org: this.scope.org,
      stores: await this.scope.selectStores(marketplace, store),
      everyStore: marketplace === undefined && store === undefined && this.scope.storeLimit === undefined,
      ...(kind === undefined ? {} : { kinds: kind }),
      ...(status === undefined ? {} : { statuses: status }),
    }
  }
}

function boundsOf({
  turn,
  dueFrom,
  dueTo,
  riskFrom,
  riskTo,
}: QueueRequest): Pick<QueueFilter, 'turns' | 'due' | 'risk'> {
  const due = { ...(dueFrom === undefined ? {} : { from: dueFrom }), ...(dueTo === undefined ? {} : { before: dueTo }) }
  const risk = {
    ...(riskFrom === undefined ? {} : { from: riskFrom }),
    ...(riskTo === undefined ? {} : { to: riskTo }),
  }
  return {
    ...(turn === undefined ? {} : { turns: [turn] }),
    ...(Object.keys(due).length === 0 ? {} : { due }),
    ...(Object.keys(risk).length === 0 ? {} : { risk }),
  }
}
