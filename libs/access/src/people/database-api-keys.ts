import { randomBytes } from 'node:crypto'
import { IsNull, LessThan, Or } from 'typeorm'
import { storableText, withTenants } from '#event-store'
import { audited } from '../audit/audit'
import { sameSecret } from '../vault'
import type { Actor, KeyActor, PersonActor } from './actor'
import { isWithin } from './actor'
import type { ApiKeyRow, ApiKeys, CreateKeyResult, NewApiKey } from './api-keys'
import { ApiKeyEntity } from './entities/api-key.entity'
import type { IdentityContext } from './identity-context'
import { lockMembers } from './lock-members'
import { currentRightsOf } from './membership-rights'
import { storeRightsOf, storesOfRights } from './open-sessions'
import type { Permission } from './roles'
import { FOR_PEOPLE_ONLY, PERMISSIONS } from './roles'
import { areStoresOf } from './stores-of'
import { hashOfToken, newToken } from './tokens'
import { tenantTransaction } from './tenant-transaction'

/** `shk_<id>_<32 random bytes>`: scanners for leaked secrets recognise the prefix. */
const API_KEY_PATTERN = /^shk_([0-9a-f]{16})_[A-Za-z0-9_-]{43}$/
const MAX_VALIDITY_MS = 366 * 24 * 3_600_000
const MINUTE_MS = 60_000

export class DatabaseApiKeys implements ApiKeys {
  constructor(private readonly context: IdentityContext) {}

  async create(actor: PersonActor, { label, permissions, stores, expiresAt }: NewApiKey): Promise<CreateKeyResult> {
    const { database, now: clock } = this.context
    const now = clock()
    const refused = (reason: Extract<CreateKeyResult, { outcome: 'refused' }>['reason']): CreateKeyResult => ({
      outcome: 'refused',
      reason,
    })
    if (permissions.some((permission) => FOR_PEOPLE_ONLY.has(permission))) return refused('not-for-keys')
    if (!(expiresAt > now && expiresAt <= now + MAX_VALIDITY_MS)) return refused('expiry-out-of-range')
    return tenantTransaction(database, actor.org, async (manager): Promise<CreateKeyResult> => {
      // With the rights of now: a concurrent demotion revokes only the keys that it finds.
      await lockMembers(manager, actor.org)
      const creator = await currentRightsOf(manager, actor)
      if (creator === undefined || !isWithin({ permissions, stores }, creator)) return refused('more-than-own-rights')
      if (!(await areStoresOf(manager, actor.org, stores))) return refused('more-than-own-rights')
      const id = randomBytes(8).toString('hex')
      const secret = `shk_${id}_${newToken()}`
      const key = {
        ...{
          id,
          org: actor.org,
          label: storableText(label),
          secret: hashOfToken(secret),
          permissions: [...new Set(permissions)].sort(),
        },
        ...{ stores: storesOfRights(stores), createdBy: actor.id, createdAt: now, expiresAt },
        ...{ lastUsedAt: null, revokedAt: null },
      }
      await manager.getRepository(ApiKeyEntity).insert(key)
      const details = { permissions: key.permissions, stores: key.stores ?? 'all', expiresAt }
      await audited(manager, actor, 'key.created', `key:${id}`, details, now)
      return { outcome: 'created', key: rowOf(key), secret }
    })
  }

  async find(secret: string): Promise<KeyActor | undefined> {
    const { database, now: clock } = this.context
    const id = API_KEY_PATTERN.exec(secret)?.[1]
    if (id === undefined) return undefined
    const now = clock()
    const repository = database.getRepository(ApiKeyEntity)
    const key = await repository.findOneBy({ id, revokedAt: IsNull() })
    if (key === null || key.expiresAt <= now || !sameSecret(key.secret, hashOfToken(secret))) return undefined
    const minute = now - (now % MINUTE_MS)
    if (key.lastUsedAt === null || key.lastUsedAt < minute)
      await withTenants([key.org], () =>
        repository.update({ id, lastUsedAt: Or(IsNull(), LessThan(minute)) }, { lastUsedAt: minute }),
      )
    const { org, label, permissions, stores } = key
    return {
      ...{ kind: 'key', id, org, label, stores: storeRightsOf(stores) },
      permissions: new Set(keepKnownPermissions(permissions).filter((permission) => !FOR_PEOPLE_ONLY.has(permission))),
    }
  }

  async list({ org }: Pick<Actor, 'org'>): Promise<ApiKeyRow[]> {
    const keys = await this.context.database
      .getRepository(ApiKeyEntity)
      .find({ where: { org }, order: { createdAt: 'DESC', id: 'ASC' } })
    return keys.map(rowOf)
  }

  revoke(actor: PersonActor, key: string): Promise<boolean> {
    const { database, now: clock } = this.context
    return tenantTransaction(database, actor.org, async (manager) => {
      const { affected } = await manager
        .getRepository(ApiKeyEntity)
        .update({ id: key, org: actor.org, revokedAt: IsNull() }, { revokedAt: clock() })
      if (affected !== 1) return false
      await audited(manager, actor, 'key.revoked', `key:${key}`, {}, clock())
      return true
    })
  }
}

/** Ignores what only a later version of the code knows. */
const keepKnownPermissions = (permissions: readonly string[]): Permission[] =>
  PERMISSIONS.filter((permission) => permissions.includes(permission))

function rowOf({ secret: _secret, org: _org, ...key }: ApiKeyEntity): ApiKeyRow {
  return { ...key, permissions: keepKnownPermissions(key.permissions), stores: storeRightsOf(key.stores) }
}
