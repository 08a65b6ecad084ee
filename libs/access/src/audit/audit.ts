import type { EntityManager } from 'typeorm'
import type { RecordStatement } from '#event-store'
import { noteOwnRecord, prepared } from '#event-store'
import type { Actor } from '../people/actor'
import { actorRef } from '../people/actor'
import type { AuditDetails, AuditEntry, AuditFilter, NewAuditEntry } from './audit-entry'
import { codeOf, detailsText, digestOf, GENESIS, subjectOf } from './encoding'

/** The organisation number of the chain for events without an organisation. */
export const NO_ORGANISATION = 0

// By hand: number and hash follow from the row that is locked, in one round trip. Prepared: the plan is made once a connection.
const buildAppendSql = (condition: string): string =>
  prepared(`
  WITH head AS (
    INSERT INTO audit_head AS h (org, n, previous, hash)
    SELECT $1::int, 1, $8::bytea, sha256($8::bytea || int8send(1) || $7::bytea) ${condition}
    ON CONFLICT (org) DO UPDATE
      SET n = h.n + 1, previous = h.hash, hash = sha256(h.hash || int8send(h.n + 1) || $7::bytea)
    RETURNING org, n, previous, hash
  )
  INSERT INTO audit_entry (org, n, at, actor, action, subject, details, previous, hash)
  SELECT org, n, $2, $3, $4, $5, $6::json, previous, hash FROM head`)

const APPEND_ENTRY = buildAppendSql('')
/** Only where the transaction has changed or locked a row. */
const APPEND_TO_CHANGE = buildAppendSql('WHERE pg_current_xact_id_if_assigned() IS NOT NULL')

function valuesOf(entry: NewAuditEntry, at: number): readonly unknown[] {
  const { org } = entry
  const actor = codeOf(entry.actor)
  const action = codeOf(entry.action)
  const subject = subjectOf(entry.subject)
  const details = detailsText(entry.details)
  const digest = digestOf({ org, at, actor, action, subject, details })
  return [org, at, actor, action, subject, details, digest, GENESIS]
}

/**
 * Appends an entry to the chain of its organisation, in the caller's transaction. It should be the last statement: it locks
 * the chain, so no other entry of the organisation can be written until the transaction ends.
 */
export async function appendAudit(manager: EntityManager, entry: NewAuditEntry, at: number): Promise<void> {
  await manager.query(APPEND_ENTRY, [...valuesOf(entry, at)])
  noteOwnRecord()
}

/** The same as the last statement of whatever transaction changes something: see `recordingChanges`. */
export const auditOfChange = (entry: NewAuditEntry, at: number): RecordStatement => ({
  sql: APPEND_TO_CHANGE,
  values: valuesOf(entry, at),
})

/** Appends what an actor did: `audited(manager, actor, 'case.acted', 'case:…', { action: 'approve-refund' })`. */
export const audited = (
  manager: EntityManager,
  actor: Pick<Actor, 'org' | 'kind' | 'id'>,
  action: string,
  subject: string,
  details: AuditDetails = {},
  at = Date.now(),
): Promise<void> => appendAudit(manager, { org: actor.org, actor: actorRef(actor), action, subject, details }, at)

const MAX_ENTRIES = 1_000

/** Newest first. By hand: every filter is optional, and one statement serves all. */
export const auditOf = (
  database: Pick<EntityManager, 'query'>,
  org: number,
  { actor, action, subject, from, until, before, limit }: AuditFilter,
): Promise<AuditEntry[]> =>
  database.query<AuditEntry[]>(
    `SELECT org, n, at, actor, action, subject, details FROM audit_entry
     WHERE org = $1 AND ($2::text IS NULL OR actor = $2)
       AND ($3::text IS NULL OR action = $3 OR right($3, 1) = '.' AND starts_with(action, $3))
       AND ($4::text IS NULL OR subject = $4) AND ($5::bigint IS NULL OR at >= $5) AND ($6::bigint IS NULL OR at < $6)
       AND ($7::bigint IS NULL OR n < $7)
     ORDER BY n DESC LIMIT $8`,
    [org, actor, action, subject, from, until, before, Math.min(limit, MAX_ENTRIES)].map((value) => value ?? null),
  )
