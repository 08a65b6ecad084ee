import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common'
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger'
import type { ApiKeyRow, CreateKeyResult } from '#access'
import { IDENTITY, type IdentityService } from '../core/identity'
import { iso, isoOrNull } from '../core/instants'
import { Problems } from '../openapi/problems'
import { storeRightsOf, storeNumbersOf } from '../people/people.controller'
import type { ProblemCode } from '../problems/problem-codes'
import { notFound, problemOf } from '../problems/problem.filter'
import { currentActor, currentPerson } from '../security/current-actor'
import { AuditsItself } from '../security/audited'
import { Permission, RecentProof } from '../security/permission'
import { Done } from '../session/session.answer'
import { CreatedKey, KeyList, type KeyAnswer } from './key.answer'
import { CreateKeyRequest, KeyParams } from './keys.request'

const REFUSALS: Readonly<Record<Extract<CreateKeyResult, { outcome: 'refused' }>['reason'], ProblemCode>> = {
  'more-than-own-rights': 'more-than-own-rights',
  'not-for-keys': 'not-for-keys',
  'expiry-out-of-range': 'expiry-out-of-range',
}

/** API keys: for programs, e.g. adapters and BI tools. */
@ApiTags('API keys')
@Controller('api/keys')
export class KeysController {
  constructor(@Inject(IDENTITY) private readonly identity: IdentityService) {}

  @Get()
  @Permission('keys.read')
  @ApiOperation({ summary: 'List the API keys', description: 'With their last use; never their secrets.' })
  @ApiOkResponse({ type: KeyList })
  @Problems()
  async list(): Promise<KeyList> {
    return { items: (await this.identity.apiKeys.list(currentActor())).map(keyAnswerOf) }
  }

  @Post()
  @Permission('keys.write')
  @AuditsItself('key.created', 'key:{key}')
  @RecentProof()
  @ApiOperation({
    summary: 'Create an API key',
    description: 'With at most the rights of the caller. The secret is shown once.',
  })
  @ApiCreatedResponse({ type: CreatedKey })
  @Problems(
    'not-understood',
    'no-such-store',
    'more-than-own-rights',
    'not-for-keys',
    'expiry-out-of-range',
    'reauthentication-required',
  )
  async create(@Body() { stores, ...key }: CreateKeyRequest): Promise<CreatedKey> {
    const result = await this.identity.apiKeys.create(currentPerson(), { ...key, stores: storeRightsOf(stores) })
    if (result.outcome === 'refused') throw problemOf(REFUSALS[result.reason])
    return { key: keyAnswerOf(result.key), secret: result.secret }
  }

  @Post(':id/revoke')
  @Permission('keys.write')
  @AuditsItself('key.revoked', 'key:{id}')
  @RecentProof()
  @HttpCode(200)
  @ApiOperation({ summary: 'Revoke an API key', description: 'The next request with it is refused.' })
  @ApiOkResponse({ type: Done })
  @Problems('not-understood', 'not-found', 'reauthentication-required')
  async revoke(@Param() { id }: KeyParams): Promise<Done> {
    if (!(await this.identity.apiKeys.revoke(currentPerson(), id))) throw notFound()
    return { done: true }
  }
}

const keyAnswerOf = (row: ApiKeyRow): KeyAnswer => ({
  id: row.id,
  label: row.label,
  permissions: [...row.permissions],
  stores: storeNumbersOf(row.stores),
  createdAt: iso(row.createdAt),
  expiresAt: iso(row.expiresAt),
  lastUsedAt: isoOrNull(row.lastUsedAt),
  revokedAt: isoOrNull(row.revokedAt),
})
