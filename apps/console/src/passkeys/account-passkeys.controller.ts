import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common'
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { FastifyRequest } from 'fastify'
import { PASSKEY_CHALLENGE_LASTS_MS } from '#access'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso, isoOrNull } from '../core/instants'
import { Problems } from '../openapi/problems'
import { notFound, problemOf } from '../problems/problem.filter'
import { AuditsItself, ChangesNothing } from '../security/audited'
import { currentPerson } from '../security/current-actor'
import { Permission, RecentProof } from '../security/permission'
import { requireOwnProofs } from '../session/own-proofs'
import { Done } from '../session/session.answer'
import { descriptorAnswers } from './descriptor-answers'
import { PasskeyCreationAnswer, PasskeyListAnswer, PasskeyRegisteredAnswer } from './passkey.answer'
import { PasskeyParams, RegisterPasskeyRequest } from './passkey.request'
import { RelyingParties } from './relying-parties'

/** The caller's own passkeys. */
@ApiTags('Account')
@Controller('api/account/passkeys')
export class AccountPasskeysController {
  constructor(
    @Inject(IDENTITY) private readonly identity: IdentityService,
    private readonly relyingParties: RelyingParties,
  ) {}

  @Get()
  @Permission('account.own')
  @ApiOperation({ summary: 'List my passkeys', description: 'And whether there can be any under this address.' })
  @ApiOkResponse({ type: PasskeyListAnswer })
  @Problems()
  async list(@Req() request: FastifyRequest): Promise<PasskeyListAnswer> {
    const { passkeys } = await this.identity.ownAccount.view(currentPerson())
    const at = this.relyingParties.at(request)
    return {
      possible: at !== undefined,
      items: passkeys.map(({ id, name, rpId, createdAt, lastUsedAt }) => ({
        ...{ id, name, host: rpId, usableHere: rpId === at?.id },
        ...{ createdAt: iso(createdAt), lastUsedAt: isoOrNull(lastUsedAt) },
      })),
    }
  }

  // The challenge changes no rights and expires by itself; what it leads to is audited.
  @Post('begin')
  @Permission('account.own')
  @ChangesNothing()
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin to register a passkey',
    description: 'Answers what the browser asks the device for. It replaces an earlier one of this session.',
  })
  @ApiOkResponse({ type: PasskeyCreationAnswer })
  @Problems('not-understood', 'passkey-needs-host-name', 'reauthentication-required', 'works-elsewhere')
  async begin(@Req() request: FastifyRequest): Promise<PasskeyCreationAnswer> {
    const person = currentPerson()
    await requireOwnProofs(this.identity, person)
    const options = await this.identity.passkeys.beginRegistration(person, this.relyingParties.require(request))
    const { challenge, rp, user, algorithms, exclude } = options
    return {
      ...{ challenge, rp, user, attestation: 'none', timeout: PASSKEY_CHALLENGE_LASTS_MS },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: descriptorAnswers(exclude),
      authenticatorSelection: {
        residentKey: 'preferred',
        requireResidentKey: false,
        userVerification: 'required',
      },
    }
  }

  @Post()
  @Permission('account.own')
  @AuditsItself('passkey.registered', 'person:{self}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Register a passkey',
    description:
      'With what the device answered. From then on it is a second factor; the first one comes with recovery codes, shown once.',
  })
  @ApiOkResponse({ type: PasskeyRegisteredAnswer })
  @Problems(
    ...(['not-understood', 'passkey-needs-host-name', 'passkey-not-verified', 'passkey-known'] as const),
    ...(['too-many-passkeys', 'reauthentication-required', 'works-elsewhere'] as const),
  )
  async register(
    @Body() { name, registration }: RegisterPasskeyRequest,
    @Req() request: FastifyRequest,
  ): Promise<PasskeyRegisteredAnswer> {
    const person = currentPerson()
    await requireOwnProofs(this.identity, person)
    const at = this.relyingParties.require(request)
    const result = await this.identity.passkeys.register(person, { ...registration }, { name, at })
    switch (result.outcome) {
      case 'registered':
        return { id: result.id, codes: result.codes === undefined ? null : [...result.codes] }
      case 'known':
        throw problemOf('passkey-known')
      case 'too-many':
        throw problemOf('too-many-passkeys')
      case 'refused':
        throw problemOf('passkey-not-verified')
    }
  }

  @Delete(':id')
  @Permission('account.own')
  @AuditsItself('passkey.removed', 'person:{self}')
  @RecentProof()
  @ApiOperation({
    summary: 'Remove a passkey',
    description:
      'Where it is the last second factor, the password alone logs in from then on, and recovery codes are void.',
  })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'reauthentication-required', 'works-elsewhere')
  async remove(@Param() { id }: PasskeyParams): Promise<Done> {
    const person = currentPerson()
    await requireOwnProofs(this.identity, person)
    if (!(await this.identity.passkeys.remove(person, id))) throw notFound()
    return { done: true }
  }
}
