import type { EntityManager } from 'typeorm'
import type { StoreRights } from './actor'
import { rightsOf } from './membership-rights'
import { storeRightsOf, storesOfRights } from './open-sessions'

/** What a batch needs of the rights of who started it. `stores` absent: every store. */
export interface BatchAuthorRights {
  readonly stores?: readonly number[]
  readonly mayActFree: boolean
  readonly mayActForMoney: boolean
}

/**
 * The rights of a person or an API key as they are in this transaction, for work that goes on after their request. `undefined`:
 * the person was disabled, or the key is over. SQL by hand: the worker may read these columns only.
 *
 * @param actor as the audit names it
 */
export async function batchRightsOf(
  manager: EntityManager,
  { org, actor }: { readonly org: number; readonly actor: string },
  now: number,
): Promise<BatchAuthorRights | undefined> {
  const [kind, id] = actor.split(':')
  if (kind === 'person') {
    const [member] = await manager.query<{ role: string; stores: number[] | null }[]>(
      'SELECT role, stores FROM membership WHERE org = $1 AND person = $2::uuid AND disabled_at IS NULL',
      [org, id],
    )
    return member && batchRights(rightsOf(member))
  }
  const [key] = await manager.query<{ permissions: string[]; stores: number[] | null }[]>(
    'SELECT permissions, stores FROM api_key WHERE org = $1 AND id = $2 AND revoked_at IS NULL AND expires_at > $3',
    [org, id, now],
  )
  return key && batchRights({ permissions: new Set(key.permissions), stores: storeRightsOf(key.stores) })
}

function batchRights({
  permissions,
  stores,
}: {
  readonly permissions: ReadonlySet<string>
  readonly stores: StoreRights
}): BatchAuthorRights {
  const limit = storesOfRights(stores)
  return {
    mayActFree: permissions.has('cases.act'),
    mayActForMoney: permissions.has('money.act'),
    ...(limit === null ? {} : { stores: limit }),
  }
}
