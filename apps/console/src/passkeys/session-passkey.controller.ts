import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Directory } from '#access'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso } from '../core/instants'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { originOf } from '../security/authentication'
import { currentPerson } from '../security/current-actor'
import { Permission, Public } from '../security/permission'
import { ProofAnswer, SignInAnswer } from '../session/session.answer'
import { sendSession } from '../session/send-session'
import { uncheckedAttemptProblem } from '../session/sign-in-problems'
import { PasskeyRequestAnswer } from './passkey.answer'
import { BeginPasskeyRequest, ProofByPasskeyRequest, SignInByPasskeyRequest } from './passkey.request'
import { requestAnswerOf } from './descriptor-answers'
import { RelyingParties } from './relying-parties'

/** A passkey where a code of an app could be given: after the password, and to prove again who asks. */
@ApiTags('Session')
@Controller('api/session')
export class SessionPasskeyController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly directory: Directory,
    private readonly relyingParties: RelyingParties,
  ) {}

  // Challenges change no rights and expire by themselves; what they lead to is audited.
  @Post('passkey/begin')
  @Public()
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to log in with a passkey',
    description: 'With the challenge that the log-in answered. Answers what the device must sign.',
  })
  @ApiOkResponse({ type: PasskeyRequestAnswer })
  @Problems('not-understood', 'sign-in-refused', 'passkey-needs-host-name')
  async begin(
    @Body() { challenge }: BeginPasskeyRequest,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyRequestAnswer> {
    const options = await this.identity.passkeys.beginSignIn(challenge, this.relyingParties.require(request))
    if (options === undefined) throw problemOf('sign-in-refused')
    return requestAnswerOf(options)
  }

  @Post('passkey')
  @Public()
  @AuditsItself('session.opened', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Log in with a passkey',
    description: 'With the challenge that the log-in answered, and what the device signed.',
  })
  @ApiOkResponse({ type: SignInAnswer })
  @Problems('not-understood', 'sign-in-refused', 'passkey-needs-host-name', 'too-many-attempts')
  async signIn(
    @Body() { challenge, assertion }: SignInByPasskeyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInAnswer> {
    const proof = { assertion: { ...assertion }, at: this.relyingParties.require(request) }
    const result = await this.identity.signIn.withPasskey(challenge, proof, originOf(request))
    if (result.outcome === 'signed-in') return sendSession(result.session, reply, this.directory)
    throw result.outcome === 'refused' ? problemOf('sign-in-refused') : uncheckedAttemptProblem(result)
  }

  @Post('proof/passkey/begin')
  @Permission('account.own')
  @ChangesNothing()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to prove again who asks, with a passkey',
    description: 'Answers what the device must sign. It replaces an earlier one of this session.',
  })
  @ApiOkResponse({ type: PasskeyRequestAnswer })
  @Problems('not-understood', 'not-found', 'passkey-needs-host-name')
  async beginProof(@Req() request: FastifyRequest): Promise<PasskeyRequestAnswer> {
    const options = await this.identity.passkeys.beginProof(currentPerson(), this.relyingParties.require(request))
    if (options === undefined) throw notFound()
    return requestAnswerOf(options)
  }

  @Post('proof/passkey')
  @Permission('account.own')
  @AuditsItself('session.reauthenticated', 'session:{session}')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Prove again who asks, with a passkey',
    description: 'With what the device signed. It counts for five minutes.',
  })
  @ApiOkResponse({ type: ProofAnswer })
  @Problems('not-understood', 'proof-refused', 'passkey-needs-host-name', 'too-many-attempts')
  async prove(@Body() { assertion }: ProofByPasskeyRequest, @Req() request: FastifyRequest): Promise<ProofAnswer> {
    const passkey = { assertion: { ...assertion }, at: this.relyingParties.require(request) }
    const result = await this.identity.sessions.reauthenticate(currentPerson(), { passkey }, originOf(request))
    if (result.outcome === 'done') return { provenAt: iso(result.at) }
    throw result.outcome === 'refused' ? problemOf('proof-refused') : uncheckedAttemptProblem(result)
  }
}
