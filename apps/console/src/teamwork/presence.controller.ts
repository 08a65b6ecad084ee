import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { DataSource } from 'typeorm'
import { announcePresence } from '#teamwork'
import { Problems } from '../openapi/problems'
import { notFound } from '../problems/problem.filter'
import { ChangesNothing } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission } from '../security/permission'
import { Done } from '../session/session.answer'
import { PresenceRequest } from './presence.request'

/** Who has which case open, for colleagues' pages. Nothing is stored, and no one is kept from acting. */
@ApiTags('Teamwork')
@Controller('api/presence')
export class PresenceController {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  @Post()
  @Permission('cases.read')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Report that a case is open',
    description:
      'Every 10 s while the page of a case is in sight, and when that changes. Colleagues who may see the case are shown it by ' +
      '`event: presence` of the live updates; it ends 25 s after the last report. Not stored, not audited, never a lock.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found')
  async report(@Body() { caseId, view, doing }: PresenceRequest): Promise<Done> {
    const known = await announcePresence(this.database.manager, currentPerson(), { caseId, view, presence: doing })
    if (!known) throw notFound()
    return { done: true }
  }
}
