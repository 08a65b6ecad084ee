import { storableText } from '../sql/storable-text'
import type { DataSource, EntityManager } from 'typeorm'
import { uuidArray, numberArray, textArray } from '../sql/array-parameters'
import { prepared } from '../sql/prepared-statements'

/** A request to read a case from its marketplace. */
export interface ReadRequest {
  readonly stream: string
  readonly org: number
  readonly store: number
  readonly case_number: string
  readonly order_number: string | null
  readonly why: string
  /** Not before this instant (UTC ms); absent: at once. A request that is there already keeps its own time. */
  readonly not_before?: number
}

export interface ClaimedRead extends ReadRequest {
  /** How often the read was requested until now: it tells a request that is made during the read from the claimed one. */
  readonly asked_times: number
  readonly attempts: number
}

/** Requests reads of cases; a case has one request at most, and counts how often it was made. */
export async function requestReads(
  manager: EntityManager,
  requests: readonly ReadRequest[],
  now: number,
): Promise<void> {
  if (requests.length === 0) return
  const unique = [...new Map(requests.map((r) => [r.stream, r])).values()].sort((a, b) =>
    a.stream < b.stream ? -1 : 1,
  )
  await manager.query(INSERT_READ_REQUESTS, [
    uuidArray(unique.map((r) => r.stream)),
    numberArray(unique.map((r) => r.org)),
    numberArray(unique.map((r) => r.store)),
    textArray(unique.map((r) => r.case_number)),
    textArray(unique.map((r) => r.order_number)),
    textArray(unique.map((r) => r.why)),
    now,
    numberArray(unique.map((r) => r.not_before ?? 0)),
  ])
}

const INSERT_READ_REQUESTS = prepared(`
  WITH asked AS (
    INSERT INTO reading (stream, org, store, case_number, order_number, why, asked_at, not_before)
    SELECT stream, org, store, case_number, order_number, why, $7, not_before
    FROM unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::text[], $6::text[], $8::bigint[])
      AS r(stream, org, store, case_number, order_number, why, not_before)
    ON CONFLICT (stream) DO UPDATE SET asked_times = reading.asked_times + 1, why = excluded.why,
      order_number = coalesce(excluded.order_number, reading.order_number)
  ) SELECT pg_notify('shouhou_reading', '')`)

/**
 * Claims due requests for `claimMs`; after that they are due again, so those of a dead reader are not lost. Store by store, so
 * that a store whose marketplace is slow does not keep the others waiting.
 */
export const claimReads = async (
  database: DataSource,
  store: number,
  limit: number,
  now: number,
  claimMs: number,
): Promise<ClaimedRead[]> => {
  const [rows] = await database.query<[ClaimedRead[], number]>(
    `UPDATE reading SET not_before = $3::bigint + $4, attempts = attempts + 1 WHERE stream IN (
       SELECT stream FROM reading WHERE store = $1 AND not_before <= $3 ORDER BY not_before, asked_at LIMIT $2 FOR UPDATE SKIP LOCKED
     ) RETURNING stream, org, store, case_number, order_number, why, asked_times, attempts`,
    [store, limit, now, claimMs],
  )
  return rows
}

/** Which stores have requests that are due now. */
export const findStoresWithReads = (database: DataSource, now: number): Promise<{ store: number }[]> =>
  database.query<{ store: number }[]>('SELECT DISTINCT store FROM reading WHERE not_before <= $1', [now])

/** Removes requests that were answered. A case that was requested again during the read stays requested. */
export async function completeReads(
  manager: DataSource | EntityManager,
  readings: readonly ClaimedRead[],
  now: number,
): Promise<void> {
  for (const { stream, asked_times } of readings)
    await manager.query(
      `WITH gone AS (DELETE FROM reading WHERE stream = $1 AND asked_times = $2 RETURNING stream)
       UPDATE reading SET not_before = 0, attempts = 0, asked_at = $3,
         failing_since = NULL, failure_kind = NULL, failure = NULL WHERE stream = $1 AND asked_times <> $2`,
      [stream, asked_times, now],
    )
}

/** Gives a claimed request back until `until` (UTC ms): nothing was asked, so it counts neither as an attempt nor as a failure. */
export async function releaseRead(database: DataSource, stream: string, until: number): Promise<void> {
  await database.query('UPDATE reading SET not_before = $2, attempts = attempts - 1 WHERE stream = $1', [stream, until])
}

/** Why a case could not be read. `kind` is for programs; `text` is for people, and cut to 200 characters. */
export interface ReadFailure {
  readonly kind: 'refused' | 'reauthorise' | 'try-later' | 'no-answer' | 'unintelligible' | 'from-the-future'
  readonly text: string
}

/** Delays a read that was not answered, or not intelligibly, until `until` (UTC ms), and stores the failure. */
export const postponeRead = (
  database: DataSource,
  stream: string,
  until: number,
  { kind, text }: ReadFailure,
  now: number,
): Promise<unknown> =>
  database.query(
    `UPDATE reading SET not_before = $2, failing_since = coalesce(failing_since, $5), failure_kind = $3, failure = $4
     WHERE stream = $1`,
    [stream, until, kind, storableText(text, 200), now],
  )
