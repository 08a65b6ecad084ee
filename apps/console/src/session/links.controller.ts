import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Directory } from '#access'
import { iso } from '../core/instants'
import { IDENTITY, type IdentityService } from '../core/identity'
import { LiveConnections } from '../live/live-connections'
import { Problems } from '../openapi/problems'
import { RelyingParties } from '../passkeys/relying-parties'
import { problemOf } from '../problems/problem.filter'
import { originOf } from '../security/authentication'
import { currentPerson } from '../security/current-actor'
import { Permission, Public, RecentProof } from '../security/permission'
import { Done, LinkAnswer, SignInAnswer } from './session.answer'
import { LinkRequest, OpenLinkRequest } from './session.request'
import { secondFactorAnswer, sendSession } from './send-session'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { flawsProblem, uncheckedAttemptProblem } from './sign-in-problems'

/** One-time links. Their tokens are in bodies, never in addresses: addresses are logged. */
@ApiTags('Session')
@Controller('api/links')
export class LinksController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly directory: Directory,
    private readonly connections: LiveConnections,
    private readonly relyingParties: RelyingParties,
  ) {}

  @Post('view')
  @Public()
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'See what a link is for',
    description: 'Does not use it up. A link that is unknown, expired or used is answered alike.',
  })
  @ApiOkResponse({ type: LinkAnswer })
  @Problems('not-understood', 'link-not-usable')
  async view(@Body() { token }: LinkRequest): Promise<LinkAnswer> {
    const view = await this.identity.links.view(token)
    if (view === undefined) throw problemOf('link-not-usable')
    return { ...view, expiresAt: iso(view.expiresAt) }
  }

  @Post('open')
  @Public()
  @AuditsItself('link.used', 'link:{link}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Open a one-time link',
    description: 'Uses it up and logs in. For a new person with login, name and password; for a reset with a password.',
  })
  @ApiOkResponse({ type: SignInAnswer })
  @Problems('not-understood', 'link-not-usable', 'oidc-wanted', 'too-many-attempts')
  async open(
    @Body() { token, ...answers }: OpenLinkRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.identity.links.open(token, { ...answers }, originOf(request))
    switch (result.outcome) {
      case 'signed-in':
        return sendSession(result.session, reply, this.directory)
      case 'refused':
        throw problemOf('link-not-usable')
      case 'second-factor-wanted':
        return secondFactorAnswer(result, this.relyingParties.offered(result.factors, request))
      case 'flawed':
        throw flawsProblem(result.flaws)
      default:
        throw uncheckedAttemptProblem(result)
    }
  }

  @Post('join')
  @Permission('account.own')
  @AuditsItself('link.used', 'link:{link}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Join an organisation by a link',
    description:
      'For a person who has a log-in, instead of opening the link as a new person. Uses it up, adds the membership, and the session goes on in that organisation.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'link-not-usable', 'link-of-another-login', 'already-member', 'reauthentication-required')
  async join(@Body() { token }: LinkRequest): Promise<Done> {
    const person = currentPerson()
    const result = await this.identity.links.join(token, person)
    if (result.outcome === 'refused') throw problemOf(result.reason)
    this.connections.closeOf(person)
    return { done: true }
  }
}
