import type { EntityManager } from 'typeorm'

const LOCK_ORGANISATION = 7_340_200

/** Changes of an organisation's people happen one after the other. Until the transaction ends. */
export const lockMembers = (manager: EntityManager, org: number): Promise<unknown> =>
  manager.query('SELECT pg_advisory_xact_lock($1, $2)', [LOCK_ORGANISATION, org])
