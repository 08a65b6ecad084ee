import type { DataSource, EntityManager } from 'typeorm'
import { withTenants } from '#event-store'

/** A transaction for one organisation: row-level security shows it only that organisation's rows. */
export const tenantTransaction = <T>(
  database: DataSource,
  org: number,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> => withTenants([org], () => database.transaction(work))
