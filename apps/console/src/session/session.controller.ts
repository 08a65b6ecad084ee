import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SecondFactorResult } from '#access'
import { Directory } from '#access'
import { iso } from '../core/instants'
import { IDENTITY, type IdentityService } from '../core/identity'
import { LiveConnections } from '../live/live-connections'
import { Problems } from '../openapi/problems'
import { RelyingParties } from '../passkeys/relying-parties'
import { notFound, problemOf } from '../problems/problem.filter'
import { actorOf, originOf } from '../security/authentication'
import { currentPerson } from '../security/current-actor'
import { AuditsItself } from '../security/audited'
import { Permission, Public } from '../security/permission'
import { NO_SESSION_COOKIE } from '../security/session-cookie'
import { meOf } from './me'
import { secondFactorAnswer, sendSession } from './send-session'
import { Done, ProofAnswer, SignInAnswer } from './session.answer'
import { OrganisationRequest, ProofRequest, SecondFactorRequest, SignInRequest } from './session.request'
import { uncheckedAttemptProblem } from './sign-in-problems'

/** Logging in and out, and proving once more who asks. */
@ApiTags('Session')
@Controller('api/session')
export class SessionController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly directory: Directory,
    private readonly connections: LiveConnections,
    private readonly relyingParties: RelyingParties,
  ) {}

  @Post()
  @Public()
  @AuditsItself('session.opened', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in',
    description:
      'With login and password. The session is a cookie. An unknown login and a wrong password are answered alike; ' +
      'after failures the next attempt must wait.',
  })
  @ApiOkResponse({ type: SignInAnswer })
  @Problems('not-understood', 'sign-in-refused', 'oidc-wanted', 'too-many-attempts')
  async signIn(
    @Body() credentials: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const result = await this.identity.signIn.withPassword({ ...credentials }, originOf(request))
    if (result.outcome === 'second-factor-wanted')
      return secondFactorAnswer(result, this.relyingParties.offered(result.factors, request))
    return this.answer(result, reply)
  }

  @Post('second-factor')
  @Public()
  @AuditsItself('session.opened', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in with the second factor',
    description: 'With the challenge that the log-in answered, and a code of the app or a recovery code.',
  })
  @ApiOkResponse({ type: SignInAnswer })
  @Problems('not-understood', 'sign-in-refused', 'too-many-attempts')
  async secondFactor(
    @Body() { challenge, code }: SecondFactorRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    return this.answer(await this.identity.signIn.withSecondFactor(challenge, code, originOf(request)), reply)
  }

  @Get()
  @Public()
  @ApiOperation({
    summary: 'Get who is logged in',
    description: 'With role, permissions and stores; `me` is null for a caller who is not.',
  })
  @ApiOkResponse({ type: SignInAnswer })
  @Problems()
  async me(@Req() request: FastifyRequest): Promise<SignInAnswer> {
    const actor = actorOf(request)
    return { me: actor === undefined ? null : await meOf(actor, this.directory), challenge: null, factors: [] }
  }

  @Delete()
  @Permission('account.own')
  @AuditsItself('session.closed', 'session:{session}')
  @ApiOperation({ summary: 'Log out', description: 'Ends the session; its cookie is worth nothing from then on.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood')
  async signOut(@Res({ passthrough: true }) reply: FastifyReply): Promise<Done> {
    await this.identity.sessions.signOut(currentPerson())
    this.connections.closeOf(currentPerson())
    void reply.header('set-cookie', NO_SESSION_COOKIE)
    return { done: true }
  }

  @Post('proof')
  @Permission('account.own')
  @AuditsItself('session.reauthenticated', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Prove again who asks',
    description: 'With the code of the second factor, or the password where there is none. It counts for five minutes.',
  })
  @ApiOkResponse({ type: ProofAnswer })
  @Problems('not-understood', 'proof-refused', 'too-many-attempts')
  async prove(@Body() { password, code }: ProofRequest, @Req() request: FastifyRequest): Promise<ProofAnswer> {
    const proof = code === undefined ? { password: password ?? '' } : { code }
    const result = await this.identity.sessions.reauthenticate(currentPerson(), proof, originOf(request))
    if (result.outcome === 'done') return { provenAt: iso(result.at) }
    throw result.outcome === 'refused' ? problemOf('proof-refused') : uncheckedAttemptProblem(result)
  }

  @Post('organisation')
  @Permission('account.own')
  @AuditsItself('session.switched', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change the organisation',
    description:
      'The session goes on for another organisation of the same person; its live updates of the earlier one end. Any other organisation is answered like one that does not exist.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found')
  async change(@Body() { organisation }: OrganisationRequest): Promise<Done> {
    if (!(await this.identity.sessions.switchTo(currentPerson(), organisation))) throw notFound()
    this.connections.closeOf(currentPerson())
    return { done: true }
  }

  private async answer(result: SecondFactorResult, reply: FastifyReply): Promise<SignInAnswer> {
    if (result.outcome === 'signed-in') return sendSession(result.session, reply, this.directory)
    throw result.outcome === 'refused' ? problemOf('sign-in-refused') : uncheckedAttemptProblem(result)
  }
}
