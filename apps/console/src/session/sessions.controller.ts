import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import { iso } from '../core/instants'
import { IDENTITY, type IdentityService } from '../core/identity'
import { Problems } from '../openapi/problems'
import { notFound } from '../problems/problem.filter'
import { currentPerson } from '../security/current-actor'
import { AuditsItself } from '../security/audited'
import { Permission } from '../security/permission'
import { Done, SessionList } from './session.answer'
import { SessionParams } from './session.request'

/** The caller's own sessions. */
@ApiTags('Session')
@Controller('api/sessions')
export class SessionsController {
  constructor(@Inject(IDENTITY) private readonly identity: IdentityService) {}

  @Get()
  @Permission('account.own')
  @ApiOperation({ summary: 'List my sessions', description: 'Where the caller is logged in, newest first.' })
  @ApiOkResponse({ type: SessionList })
  @Problems()
  async list(): Promise<SessionList> {
    const person = currentPerson()
    const rows = await this.identity.sessions.list(person)
    return {
      items: rows.map(({ id, createdAt, lastSeenAt, endsAt, userAgent, address }) => ({
        id,
        createdAt: iso(createdAt),
        lastSeenAt: iso(lastSeenAt),
        endsAt: iso(endsAt),
        userAgent,
        address,
        current: id === person.session,
      })),
    }
  }

  @Post(':id/revoke')
  @Permission('account.own')
  @AuditsItself('session.revoked', 'session:{id}')
  @HttpCode(200)
  @ApiOperation({ summary: 'End one of my sessions', description: 'The next request with its cookie is refused.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found')
  async revoke(@Param() { id }: SessionParams): Promise<Done> {
    if (!(await this.identity.sessions.revoke(currentPerson(), id))) throw notFound()
    return { done: true }
  }

  @Post('revoke-others')
  @Permission('account.own')
  @AuditsItself('session.others-revoked', 'person:{self}')
  @HttpCode(200)
  @ApiOperation({ summary: 'End my other sessions', description: 'All but the one that asks.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood')
  async revokeOthers(): Promise<Done> {
    await this.identity.sessions.revokeOthers(currentPerson())
    return { done: true }
  }
}
