import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import type { PersonActor, StoreRights } from './actor'
import { isWithin } from './actor'
import { ApiKeyEntity } from './entities/api-key.entity'
import { OneTimeLinkEntity } from './entities/one-time-link.entity'
import { MembershipEntity } from './entities/person.entity'
import { roleOf, storeRightsOf } from './open-sessions'
import type { Permission } from './roles'
import { permissionsOf } from './roles'

/** What a membership allows. */
export interface MembershipRights {
  readonly permissions: ReadonlySet<Permission>
  readonly stores: StoreRights
}

/** A role that only a later version of the code knows allows nothing here. */
export function rightsOf({ role: written, stores }: Pick<MembershipEntity, 'role' | 'stores'>): MembershipRights {
  const role = roleOf(written)
  return { permissions: role === undefined ? new Set() : permissionsOf(role), stores: storeRightsOf(stores) }
}

/** The actor's rights as they are in this transaction; those of the actor are as old as the request. */
export async function currentRightsOf(
  manager: EntityManager,
  { org, id: person }: PersonActor,
): Promise<MembershipRights | undefined> {
  const member = await manager.getRepository(MembershipEntity).findOneBy({ org, person, disabledAt: IsNull() })
  return member === null ? undefined : rightsOf(member)
}

/** How many API keys and invitations of a person ended. */
export interface EndedGifts {
  readonly keys: number
  readonly invitations: number
}

/**
 * Ends what a person gave with rights that the person has no more: API keys, and invitations that were not opened yet.
 * The caller holds the lock of the organisation's people.
 */
export async function endGiftsBeyond(
  manager: EntityManager,
  { org, person }: Pick<MembershipEntity, 'org' | 'person'>,
  rights: MembershipRights,
  now: number,
): Promise<EndedGifts> {
  const keys = manager.getRepository(ApiKeyEntity)
  const links = manager.getRepository(OneTimeLinkEntity)
  const beyondKeys = (await keys.findBy({ org, createdBy: person, revokedAt: IsNull() })).filter(
    (key) => !isWithin({ permissions: key.permissions, stores: storeRightsOf(key.stores) }, rights),
  )
  const beyondLinks = (await links.findBy({ org, madeBy: person, purpose: 'invite', endedAt: IsNull() })).filter(
    ({ role, stores }) =>
      !rights.permissions.has('people.write') || !isWithin(rightsOf({ role: role ?? '', stores }), rights),
  )
  for (const { id } of beyondKeys) await keys.update({ id }, { revokedAt: now })
  for (const { id } of beyondLinks) await links.update({ id, endedAt: IsNull() }, { endedAt: now })
  return { keys: beyondKeys.length, invitations: beyondLinks.length }
}
