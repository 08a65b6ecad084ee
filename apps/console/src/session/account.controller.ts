import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Req } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { IDENTITY, type IdentityService } from '../core/identity'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { originOf } from '../security/authentication'
import { currentPerson } from '../security/current-actor'
import { Audited, AuditsItself } from '../security/audited'
import { Permission, RecentProof } from '../security/permission'
import { AccountAnswer, RecoveryCodes, SecretAnswer } from './account.answer'
import { ChangePasswordRequest, ConfirmCodeRequest, RenameRequest } from './account.request'
import { requireOwnProofs } from './own-proofs'
import { Done } from './session.answer'
import { flawsProblem, uncheckedAttemptProblem } from './sign-in-problems'

/** What a person does with the own account: name, password, second factor. */
@ApiTags('Account')
@Controller('api/account')
export class AccountController {
  constructor(@Inject(IDENTITY) private readonly identity: IdentityService) {}

  @Get()
  @Permission('account.own')
  @ApiOperation({ summary: 'Get my account', description: 'Whether it has a password and a second factor.' })
  @ApiOkResponse({ type: AccountAnswer })
  @Problems()
  async view(): Promise<AccountAnswer> {
    const { organisations, passkeys: _passkeys, ...account } = await this.identity.ownAccount.view(currentPerson())
    return { ...account, organisations: organisations.map(({ slug, name }) => ({ slug, name })) }
  }

  @Put('name')
  @Permission('account.own')
  @AuditsItself('person.renamed', 'person:{self}')
  @ApiOperation({ summary: 'Change my name', description: 'The name that colleagues see; the login stays.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood')
  async rename(@Body() { displayName }: RenameRequest): Promise<Done> {
    await this.identity.ownAccount.rename(currentPerson(), displayName)
    return { done: true }
  }

  @Post('password')
  @Permission('account.own')
  @AuditsItself('password.changed', 'person:{self}')
  @HttpCode(200)
  @ApiOperation({ summary: 'Change my password', description: 'All other sessions of the caller end.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'proof-refused', 'too-many-attempts', 'works-elsewhere')
  async changePassword(@Body() passwords: ChangePasswordRequest, @Req() request: FastifyRequest): Promise<Done> {
    await requireOwnProofs(this.identity, currentPerson())
    const result = await this.identity.ownAccount.changePassword(currentPerson(), { ...passwords }, originOf(request))
    if (result.outcome === 'done') return { done: true }
    if (result.outcome === 'flawed') throw flawsProblem(result.flaws, 'next')
    throw result.outcome === 'refused' ? problemOf('proof-refused') : uncheckedAttemptProblem(result)
  }

  @Post('second-factor')
  @Permission('account.own')
  @Audited('second-factor.prepared', 'person:{self}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to set up a second factor',
    description: 'Answers a new secret. It counts once a code of it was confirmed.',
  })
  @ApiOkResponse({ type: SecretAnswer })
  @Problems('not-understood', 'reauthentication-required', 'works-elsewhere')
  async begin(): Promise<SecretAnswer> {
    await requireOwnProofs(this.identity, currentPerson())
    return this.identity.ownAccount.beginTotp(currentPerson())
  }

  @Post('second-factor/confirm')
  @Permission('account.own')
  @AuditsItself('second-factor.added', 'person:{self}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm the second factor',
    description: 'With a code that the app shows. Answers the recovery codes, once.',
  })
  @ApiOkResponse({ type: RecoveryCodes })
  @Problems('not-understood', 'proof-refused', 'reauthentication-required', 'works-elsewhere')
  async confirm(@Body() { code }: ConfirmCodeRequest): Promise<RecoveryCodes> {
    await requireOwnProofs(this.identity, currentPerson())
    const codes = await this.identity.ownAccount.confirmTotp(currentPerson(), code)
    if (codes === undefined) throw problemOf('proof-refused')
    return { codes: [...codes] }
  }

  @Delete('second-factor')
  @Permission('account.own')
  @AuditsItself('second-factor.removed', 'person:{self}')
  @RecentProof()
  @ApiOperation({
    summary: 'Remove the second factor',
    description: 'App, passkeys and recovery codes: from then on the password alone logs in.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'reauthentication-required', 'works-elsewhere')
  async remove(): Promise<Done> {
    await requireOwnProofs(this.identity, currentPerson())
    await this.identity.ownAccount.removeSecondFactor(currentPerson())
    return { done: true }
  }

  @Post('recovery-codes')
  @Permission('account.own')
  @AuditsItself('recovery-codes.renewed', 'person:{self}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({ summary: 'Make new recovery codes', description: 'Those of before are void.' })
  @ApiOkResponse({ type: RecoveryCodes })
  @Problems('not-understood', 'not-found', 'reauthentication-required', 'works-elsewhere')
  async renewCodes(): Promise<RecoveryCodes> {
    await requireOwnProofs(this.identity, currentPerson())
    const codes = await this.identity.ownAccount.renewRecoveryCodes(currentPerson())
    if (codes === undefined) throw notFound()
    return { codes: [...codes] }
  }
}
