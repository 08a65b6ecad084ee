import type { EntityManager } from 'typeorm'
import { ROLES, roleMay } from '#access'

/** A person as colleagues see one. */
export interface Colleague {
  readonly id: string
  readonly name: string
}

/** Whose work it can be: a person of the organisation who is not disabled and may see the store; `m` and the store are given. */
export const MAY_SEE_STORE = 'm.disabled_at IS NULL AND (m.stores IS NULL OR a.store = ANY (m.stores))'

/** A colleague of a case. */
export interface CaseColleague extends Colleague {
  /** Whether cases can be theirs: their role may act on cases. Others can be mentioned only. */
  readonly mayTake: boolean
}

const ROLES_THAT_ACT = ROLES.filter((role) => roleMay(role, 'cases.act'))

const FIND_COLLEAGUES = `
  SELECT p.id, p.display_name AS name, m.role = ANY ($3::text[]) AS "mayTake"
  FROM membership m JOIN person p ON p.id = m.person
  WHERE m.org = $1 AND m.disabled_at IS NULL AND (m.stores IS NULL OR m.stores && $2::int[])
  ORDER BY p.display_name, p.id LIMIT 1000`

/** The people who may see one of the stores. */
export const findColleagues = (
  manager: Pick<EntityManager, 'query'>,
  org: number,
  stores: readonly number[],
): Promise<CaseColleague[]> => manager.query<CaseColleague[]>(FIND_COLLEAGUES, [org, stores, ROLES_THAT_ACT])
