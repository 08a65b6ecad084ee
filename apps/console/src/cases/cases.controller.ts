import { Controller, Get, Inject, Param, Query } from '@nestjs/common'
import { QueryBus } from '@nestjs/cqrs'
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { CaseDetailsQuery, TimelineQuery, type TimelineEntry } from '#read-models'
import { problemAnswer, refTo } from '../openapi/answer-schemas'
import { caseFileOf } from './case-file'
import { CaseParams, TimelineRequest } from './cases.request'
import { maskPersonalData, withoutPhones } from '../core/mask-personal-data'
import { PARTS, type ConsoleParts } from '../parts'
import { notFound } from '../problems/problem.filter'
import { iso } from '../queue/case-row'
import { Scope } from '../core/scope'

@ApiTags('cases')
@ApiNotFoundResponse(problemAnswer)
@Controller('api/cases')
export class CasesController {
  constructor(
    private readonly questions: QueryBus,
    private readonly scope: Scope,
    @Inject(PARTS) private readonly parts: ConsoleParts,
  ) {}

  @Get(':id')
  @ApiOperation({ summary: 'One case: rails, money, lines, parcels, deadlines, other cases of the order' })
  @ApiOkResponse({ schema: refTo('CaseFile') })
  async file(@Param() { id }: CaseParams): Promise<unknown> {
    const found = await this.questions.execute(new CaseDetailsQuery(this.scope.org, id))
    if (found === undefined) throw notFound()
    return caseFileOf(found, await this.scope.names(), this.parts.clock())
  }

  @Get(':id/events')
  @ApiOperation({ summary: 'What happened to a case, newest first, with the message behind each event' })
  @ApiOkResponse({ schema: refTo('Timeline') })
  async events(@Param() { id }: CaseParams, @Query() { before, limit }: TimelineRequest): Promise<unknown> {
    const timeline = await this.questions.execute(new TimelineQuery(this.scope.org, id, limit, before))
    if (timeline === undefined) throw notFound()
    return { items: timeline.items.map(entryOf), next: timeline.next }
  }
}

const entryOf = ({ version, type, at, recordedAt, summary, changes, message }: TimelineEntry): unknown => ({
  version,
  type,
  at: iso(at),
  recordedAt: iso(recordedAt),
  summary: { zh: withoutPhones(summary.zh), en: withoutPhones(summary.en) },
  changes: withoutPeople(changes),
  message:
    message === null ? null : { id: String(message.id), channel: message.channel, receivedAt: iso(message.receivedAt) },
})

/** The buyer is in it by masks only; what else a person wrote may hold a phone number. */
function withoutPeople({ buyer, ...changes }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = JSON.parse(maskPersonalData(JSON.stringify(changes))) as Record<string, unknown>
  return buyer === undefined ? shown : { ...shown, buyer }
}
