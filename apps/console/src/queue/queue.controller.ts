import { Controller, Get, Inject, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { QueueCountsQuery, QueuePageQuery, type QueueFilter } from '#read-models'
import { refTo } from '../openapi/answer-schemas'
import { PARTS, type ConsoleParts } from '../parts'
import { QueueRequest, QueueScopeRequest } from './queue.request'
import { iso, pageOf } from './case-row'
import { Scope } from '../core/scope'

@ApiTags('queue')
@Controller('api/queue')
export class QueueController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The queue, a page at a time, nearest deadline or most money at risk first' })
  @ApiOkResponse({ schema: refTo('QueuePage') })
  async page(@Query() asked: QueueRequest): Promise<unknown> {
    const filter = { ...(await this.filterOf(asked)), ...boundsOf(asked) }
    const page = await this.questions.execute(new QueuePageQuery(filter, asked.sort, asked.limit, asked.cursor))
    return pageOf(page, await this.scope.names(), this.parts.clock())
  }

  @Get('counts')
  @ApiOperation({
    summary: 'How many cases wait for whom; of ours, how many are overdue and due within four hours (up to 2,000 each)',
  })
  @ApiOkResponse({ schema: refTo('Counts') })
  async counts(@Query() asked: QueueScopeRequest): Promise<unknown> {
    const now = this.parts.clock()
    const counts = await this.questions.execute(new QueueCountsQuery(await this.filterOf(asked), now))
    return { now: iso(now), ...counts }
  }

  private async filterOf({ marketplace, store, kind, status }: QueueScopeRequest): Promise<QueueFilter> {
    return {
      org: this.scope.org,
      stores: await this.scope.storesAsked(marketplace, store),
      everyStore: marketplace === undefined && store === undefined,
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
