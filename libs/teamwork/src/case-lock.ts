import type { EntityManager } from 'typeorm'
import type { PersonActor } from '#access'

export interface LockedCase {
  readonly id: string
  readonly org: number
  readonly store: number
  readonly open: boolean
}

const LOCK_CASE = `
  SELECT id, org, store, open FROM stream WHERE id = $1 AND org = $2 AND ($3::int[] IS NULL OR store = ANY ($3)) FOR UPDATE`

/**
 * Locks the case: of two people who want it, one is second; and it ends before this, or after. `undefined`: there is none at
 * the stores of the person.
 */
export async function lockCase(
  manager: EntityManager,
  { org, stores }: Pick<PersonActor, 'org' | 'stores'>,
  caseId: string,
): Promise<LockedCase | undefined> {
  const [row] = await manager.query<LockedCase[]>(LOCK_CASE, [caseId, org, stores === 'all' ? null : stores])
  return row
}
