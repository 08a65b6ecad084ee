import type { EntityManager } from 'typeorm'
import type { StoreRights } from './actor'

/** Whether all of them are stores of the organisation. SQL by hand: it counts a list. */
export async function areStoresOf(manager: EntityManager, org: number, rights: StoreRights): Promise<boolean> {
  if (rights === 'all') return true
  const ids = [...new Set(rights)]
  const [row] = await manager.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM store WHERE org = $1 AND id = ANY ($2::int[])',
    [org, ids],
  )
  return row?.n === ids.length
}
