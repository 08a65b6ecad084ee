import { Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IDENTITY, type IdentityService } from '../core/identity'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'
import { Done } from '../session/session.answer'
import { OidcBegun, OwnOidcAnswer } from './oidc.answer'
import { OidcLogIn } from './oidc-log-in'

/** The own account and that at the organisation's provider. */
@ApiTags('Account')
@Controller('api/account/oidc')
export class AccountOidcController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly logIn: OidcLogIn,
  ) {}

  @Get()
  @Permission('account.own')
  @ApiOperation({ summary: 'Get the link to the provider', description: 'Whether the own account is linked.' })
  @ApiOkResponse({ type: OwnOidcAnswer })
  @Problems()
  async view(): Promise<OwnOidcAnswer> {
    const own = await this.identity.oidc.ownLink(currentPerson())
    return { available: own !== undefined, linked: own?.linked ?? false, required: own?.required ?? false }
  }

  @Post()
  @Permission('account.own')
  @RecentProof()
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to link my account to the provider',
    description: 'Answers the provider’s page. From then on a log-in there is one of the caller here.',
  })
  @ApiOkResponse({ type: OidcBegun })
  @Problems(
    ...(['not-understood', 'oidc-unknown', 'oidc-unreachable', 'oidc-address-not-allowed'] as const),
    'reauthentication-required',
  )
  link(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OidcBegun> {
    const person = currentPerson()
    return this.logIn.begin(request, reply, (browser) => this.identity.oidc.beginOwn(person, 'link', browser))
  }

  @Delete()
  @Permission('account.own')
  @RecentProof()
  @AuditsItself('oidc.unlinked', 'person:{self}')
  @ApiOperation({
    summary: 'Unlink my account from the provider',
    description: 'Other sessions that it opened end. Refused where it is the only log-in.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'oidc-no-other-log-in', 'reauthentication-required')
  async unlink(): Promise<Done> {
    const result = await this.identity.oidc.unlink(currentPerson())
    if (result === 'no-other-log-in') throw problemOf('oidc-no-other-log-in')
    if (result === 'not-linked') throw notFound()
    return { done: true }
  }
}
