import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { IDENTITY, type IdentityService } from '../core/identity'
import { Problems } from '../openapi/problems'
import { problemOf } from '../problems/problem.filter'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { originOf } from '../security/authentication'
import { currentPerson } from '../security/current-actor'
import { Permission, Public } from '../security/permission'
import { OidcBegun, OidcCompleted } from './oidc.answer'
import { BeginOidcRequest, CompleteOidcRequest } from './oidc.request'
import { OidcLogIn } from './oidc-log-in'

/** Logging in through the organisation's provider. The page that the provider sends the browser back to calls `complete`. */
@ApiTags('Single sign-on')
@Controller('api/session')
export class SessionOidcController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly logIn: OidcLogIn,
  ) {}

  // The attempt changes no rights and expires by itself; what it leads to is audited.
  @Post('oidc')
  @Public()
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to log in through a provider',
    description: 'With the key of the organisation’s log-in link, or with an invitation. Answers the provider’s page.',
  })
  @ApiOkResponse({ type: OidcBegun })
  @Problems('not-understood', 'oidc-unknown', 'oidc-unreachable', 'oidc-address-not-allowed', 'too-many-attempts')
  begin(
    @Body() { organisation, token, login, displayName }: BeginOidcRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OidcBegun> {
    const { oidc } = this.identity
    const origin = originOf(request)
    const names = { ...(login === undefined ? {} : { login }), ...(displayName === undefined ? {} : { displayName }) }
    return this.logIn.begin(request, reply, async (browser) => {
      if (token !== undefined) return oidc.beginInvitation({ token, ...names }, browser, origin)
      if (organisation !== undefined) return oidc.beginSignIn(organisation, browser, origin)
      throw problemOf('oidc-unknown')
    })
  }

  @Post('oidc/complete')
  @Public()
  @AuditsItself('session.opened', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Complete the way to the provider',
    description:
      'With what the provider sent the browser back with. Each state counts once, in the browser that began.',
  })
  @ApiOkResponse({ type: OidcCompleted })
  @Problems(
    ...(['not-understood', 'oidc-start-again', 'oidc-unreachable', 'oidc-declined', 'oidc-code-refused'] as const),
    ...(['oidc-not-verified', 'oidc-not-linked', 'oidc-person-disabled', 'oidc-not-allowed'] as const),
    ...(['oidc-already-linked', 'oidc-not-fresh', 'oidc-other-person', 'oidc-address-not-allowed'] as const),
    ...(['link-not-usable', 'proof-refused'] as const),
  )
  complete(
    @Body() returned: CompleteOidcRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OidcCompleted> {
    return this.logIn.complete({ ...returned }, request, reply)
  }

  @Post('proof/oidc')
  @Permission('account.own')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to prove again who asks, at the provider',
    description: 'For a session that the provider opened. The provider asks again; then complete.',
  })
  @ApiOkResponse({ type: OidcBegun })
  @Problems('not-understood', 'oidc-unknown', 'oidc-unreachable', 'oidc-address-not-allowed')
  prove(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OidcBegun> {
    const person = currentPerson()
    return this.logIn.begin(request, reply, (browser) => this.identity.oidc.beginOwn(person, 'proof', browser))
  }
}
