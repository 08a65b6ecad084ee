import type { EntityManager } from 'typeorm'
import type { Actor } from '../people/actor'
import { actorRef } from '../people/actor'
import type { AuditDetails, AuditEntry, AuditFilter, NewAuditEntry } from './audit-entry'

/**
 * Appends an entry to the chain of its organisation, in the caller's transaction. To be the last statement of it: from here
 * to its end no other entry of the organisation can be written.
 */
export function appendAudit(_manager: EntityManager, _entry: NewAuditEntry, _at: number): Promise<void> {
  throw new Error('not built yet')
}

/** The same for what an actor did: `audited(manager, actor, 'case.acted', 'case:…', { action: 'approve-refund' })`. */
export const audited = (
  manager: EntityManager,
  actor: Pick<Actor, 'org' | 'kind' | 'id'>,
  action: string,
  subject: string,
  details: AuditDetails = {},
  at = Date.now(),
): Promise<void> => appendAudit(manager, { org: actor.org, actor: actorRef(actor), action, subject, details }, at)

/** Newest first. */
export function auditOf(
  _database: Pick<EntityManager, 'query'>,
  _org: number,
  _filter: AuditFilter,
): Promise<AuditEntry[]> {
  throw new Error('not built yet')
}
