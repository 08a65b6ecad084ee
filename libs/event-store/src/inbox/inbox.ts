import { hash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { numberArray, textArray } from '../sql/array-parameters'
import { prepared } from '../sql/prepared-statements'
import { storableJson } from '../sql/storable-text'
import { withTenants } from '../tenants/tenants'

/** One message to be made durable. `raw` is already sealed; the store never looks into it. */
export interface NewMessage {
  readonly org: number
  readonly app: number
  readonly store: number | null
  readonly channel: string
  /** Equal for a repetition, unique otherwise within the app and channel. */
  readonly key: string
  /** `hashMessageKey(channel, key)`, if the caller has already computed it; absent: it is computed here. */
  readonly digest?: Buffer
  readonly receivedAt: number
  readonly raw: Buffer
}

export interface ClaimedMessage {
  readonly id: number
  readonly org: number
  readonly app: number
  readonly store: number | null
  readonly channel: string
  /** Identifies the message, unique for its app; `raw` is sealed for it. */
  readonly digest: Buffer
  readonly receivedAt: number
  readonly raw: Buffer
  readonly attempts: number
}

/**
 * The first 16 bytes of SHA-256 over channel and key. It identifies a repetition, even a year later: the digest is kept as
 * long as the message (F5: test/faults/README.md).
 */
export const hashMessageKey = (channel: string, key: string): Buffer =>
  Buffer.from(hash('sha256', `${channel}\n${key}`, 'hex').slice(0, 32), 'hex')

// One binary parameter for all bytes: no hex, no escaping. Sorted by digest, so that two gateways that store the same
// repetitions at once wait for each other instead of dying in a deadlock.
const INSERT_MESSAGES = prepared(`
  WITH arrived AS (
    SELECT * FROM unnest($3::int[], $4::int[], $5::int[], $6::text[], $7::bigint[], $8::int[], $9::int[], $10::int[])
      AS a(org, app, store, channel, received_at, digest_at, raw_at, raw_length)
  ), stored AS (
    INSERT INTO message (org, app, store, channel, digest, received_at, raw)
    SELECT org, app, store, channel, d.digest, received_at, substring($2::bytea FROM raw_at FOR raw_length)
    FROM arrived, LATERAL (SELECT substring($1::bytea FROM digest_at FOR 16) AS digest) d
    ORDER BY d.digest
    ON CONFLICT (app, digest) DO NOTHING
    RETURNING id, org
  ), queued AS (
    INSERT INTO pending (message_id, org) SELECT id, org FROM stored RETURNING message_id
  )
  SELECT count(*)::int AS fresh, pg_notify('shouhou_pending', '') FROM queued`)

/** Makes messages durable; returns how many were new. Repetitions, also within the batch, change nothing. */
export async function acceptMessages(
  database: DataSource | EntityManager,
  arrivals: readonly NewMessage[],
): Promise<number> {
  if (arrivals.length === 0) return 0
  const digests = Buffer.concat(arrivals.map((a) => a.digest ?? hashMessageKey(a.channel, a.key)))
  const starts: number[] = []
  let offset = 1
  for (const { raw } of arrivals) {
    starts.push(offset)
    offset += raw.length
  }
  const tenants = arrivals.map(({ org }) => org)
  const [row] = await withTenants(tenants, () =>
    database.query<{ fresh: number }[]>(INSERT_MESSAGES, [
      digests,
      Buffer.concat(arrivals.map((a) => a.raw)),
      numberArray(arrivals.map((a) => a.org)),
      numberArray(arrivals.map((a) => a.app)),
      numberArray(arrivals.map((a) => a.store)),
      textArray(arrivals.map((a) => a.channel)),
      numberArray(arrivals.map((a) => a.receivedAt)),
      numberArray(arrivals.map((_, i) => i * 16 + 1)),
      numberArray(starts),
      numberArray(arrivals.map((a) => a.raw.length)),
    ]),
  )
  return row?.fresh ?? 0
}

const CLAIM_DUE = `
  WITH taken AS (
    DELETE FROM pending WHERE message_id IN (
      SELECT message_id FROM pending WHERE not_before <= $2 ORDER BY message_id LIMIT $1 FOR UPDATE SKIP LOCKED
    ) RETURNING message_id, attempts
  )
  SELECT m.id, m.org, m.app, m.store, m.channel, m.digest, m.received_at AS "receivedAt", m.raw, t.attempts
  FROM taken t JOIN message m ON m.id = t.message_id ORDER BY m.id`

const CLAIM_BY_ID = `
  WITH taken AS (
    DELETE FROM pending WHERE message_id IN (
      SELECT message_id FROM pending WHERE message_id = ANY($1) ORDER BY message_id FOR UPDATE SKIP LOCKED
    ) RETURNING message_id, attempts
  )
  SELECT m.id, m.org, m.app, m.store, m.channel, m.digest, m.received_at AS "receivedAt", m.raw, t.attempts
  FROM taken t JOIN message m ON m.id = t.message_id ORDER BY m.id`

/**
 * Takes the oldest due messages out of the queue within the caller's transaction: if that is rolled back, they are pending
 * again. Messages that another worker is claiming are skipped.
 */
export const claimMessages = (manager: EntityManager, limit: number, now: number): Promise<ClaimedMessage[]> =>
  manager.query<ClaimedMessage[]>(CLAIM_DUE, [limit, now])

/** The same for certain messages; those that are not pending, or that another worker is claiming, are left out. */
export const claimMessagesById = (manager: EntityManager, ids: readonly number[]): Promise<ClaimedMessage[]> =>
  manager.query<ClaimedMessage[]>(CLAIM_BY_ID, [ids])

/** Quarantines messages that could not be understood, with the reason; the rest of the batch continues. */
export async function quarantineMessages(
  manager: EntityManager,
  rows: readonly { id: number; org: number; reason: string; detail: string }[],
  at: number,
): Promise<void> {
  if (rows.length === 0) return
  await manager.query(
    `INSERT INTO quarantine (message_id, org, reason, detail, at)
     SELECT id, org, reason, detail, $2 FROM jsonb_to_recordset($1::jsonb) AS r(id bigint, org int, reason text, detail text)
     ON CONFLICT (message_id) DO UPDATE
       SET reason = excluded.reason, detail = excluded.detail, at = excluded.at, attempts = quarantine.attempts + 1`,
    [storableJson(rows), at],
  )
}

/** Removes messages from quarantine that have been understood since. */
export async function releaseFromQuarantine(manager: EntityManager, ids: readonly number[]): Promise<void> {
  if (ids.length > 0) await manager.query(RELEASE_FROM_QUARANTINE, [ids])
}

const RELEASE_FROM_QUARANTINE = prepared('DELETE FROM quarantine WHERE message_id = ANY($1)')

/** Queues quarantined messages again, after a fix; returns which of them existed. */
export function requeueQuarantined(
  database: DataSource | EntityManager,
  org: number,
  ids: readonly number[],
): Promise<{ id: number }[]> {
  return database.query<{ id: number }[]>(
    `WITH again AS (SELECT message_id, org FROM quarantine WHERE org = $1 AND message_id = ANY($2)),
          queued AS (INSERT INTO pending (message_id, org) SELECT message_id, org FROM again ON CONFLICT DO NOTHING)
     SELECT message_id AS id, pg_notify('shouhou_pending', '') FROM again`,
    [org, ids],
  )
}
