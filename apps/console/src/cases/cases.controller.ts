import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { CaseDetailsQuery, TimelineQuery, type TimelineEntry } from '#read-models'
import type { Clock } from '#runtime'
import { CLOCK } from '#runtime'
import { Problems } from '../openapi/problems'
import { CaseDetail } from './case.answer'
import { caseDetailOf } from './case-detail'
import { CaseParams, TimelineRequest } from './cases.request'
import { TimelinePage, type TimelineEvent } from './timeline.answer'
import { maskPersonalData, maskPhones } from '../core/mask-personal-data'
import { notFound } from '../problems/problem.filter'
import { iso } from '../core/instants'
import { Assignees } from '../core/assignees'
import { Scope } from '../core/scope'
import { Permission } from '../security/permission'

@ApiTags('Cases')
@Controller('api/cases')
export class CasesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    private readonly assignees: Assignees,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'Get a case',
    description: 'With its rails, amounts, lines, parcels, deadlines, actions, and other cases of the order.',
  })
  @ApiOkResponse({ type: CaseDetail })
  @Problems('not-understood', 'not-found')
  async detail(@Param() { id }: CaseParams): Promise<CaseDetail> {
    const found = await this.questions.execute(new CaseDetailsQuery(this.scope.org, id, this.scope.storeLimit))
    if (found === undefined) throw notFound()
    const detail = caseDetailOf(found, await this.scope.storeNames(), this.clock())
    const [row = detail.row, ...siblings] = await this.assignees.addToRows([detail.row, ...detail.siblings])
    return { ...detail, row, siblings }
  }

  @Get(':id/events')
  @Permission('cases.read')
  @ApiOperation({
    summary: 'List the events of a case',
    description: 'What happened to it, newest first, with the message behind each event.',
  })
  @ApiOkResponse({ type: TimelinePage })
  @Problems('not-understood', 'not-found')
  async events(@Param() { id }: CaseParams, @Query() { before, limit }: TimelineRequest): Promise<TimelinePage> {
    const timeline = await this.questions.execute(new TimelineQuery(this.scope.org, id, limit, before))
    if (timeline === undefined) throw notFound()
    return { items: timeline.items.map(timelineEventOf), next: timeline.next }
  }
}

const timelineEventOf = ({
  version,
  type,
  at,
  recordedAt,
  summary,
  changes,
  message,
}: TimelineEntry): TimelineEvent => ({
  version,
  type,
  at: iso(at),
  recordedAt: iso(recordedAt),
  summary: { zh: maskPhones(summary.zh), en: maskPhones(summary.en) },
  changes: maskChanges(changes),
  message:
    message === null ? null : { id: String(message.id), channel: message.channel, receivedAt: iso(message.receivedAt) },
})

/** The field `buyer` holds masks only and is kept; in all other fields personal data is masked. */
function maskChanges({ buyer, ...changes }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = JSON.parse(maskPersonalData(JSON.stringify(changes))) as Record<string, unknown>
  return buyer === undefined ? shown : { ...shown, buyer }
}
