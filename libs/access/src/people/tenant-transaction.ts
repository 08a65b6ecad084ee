import type { DataSource, EntityManager } from 'typeorm'
import { withTenants } from '#event-store'
import { audited } from '../audit/audit'
import type { AuditDetails } from '../audit/audit-entry'
import type { Actor } from './actor'
import type { IdentityContext } from './identity-context'

/** A transaction for one organisation: row-level security shows it only that organisation's rows. */
export const tenantTransaction = <T>(
  database: DataSource,
  org: number,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> => withTenants([org], () => database.transaction(work))

/** A transaction for the actor's organisation; `work` gets the time at which it began, UTC ms. */
export const actorTransaction = <T>(
  { database, now }: IdentityContext,
  { org }: Pick<Actor, 'org'>,
  work: (manager: EntityManager, now: number) => Promise<T>,
): Promise<T> => tenantTransaction(database, org, (manager) => work(manager, now()))

/** Appends an audit entry of the actor, stamped with the present time, in the caller's transaction. */
export const auditNow = (
  { now }: IdentityContext,
  manager: EntityManager,
  actor: Actor,
  action: string,
  subject: string,
  details: AuditDetails = {},
): Promise<void> => audited(manager, actor, action, subject, details, now())
