import type { EntityManager } from 'typeorm'
import type { ErasureReason } from '#after-sale'
import type { Ledger } from '../author'

/** A request to erase a buyer, and how far it has come. Instants are UTC ms. */
export interface ErasureRow {
  readonly id: number
  readonly org: number
  readonly why: ErasureReason
  /** A person's login; null: the retention of the store. */
  readonly requestedBy: string | null
  readonly requestedAt: number
  /** Whether cases that are still open are erased, too. */
  readonly withOpen: boolean
  /** Messages after this one, up to `messageUntil`, are still to be looked through; `messageUntil` is null until all cases are erased. */
  readonly messageAfter: number
  readonly messageUntil: number | null
  readonly messages: number
  readonly pieces: number
  readonly finishedAt: number | null
}

export interface NewErasure extends Pick<ErasureRow, 'org' | 'why' | 'requestedBy' | 'requestedAt' | 'withOpen'> {
  /** The requester's own id of the request. */
  readonly requestId?: string
  readonly cases: readonly { readonly id: string; readonly store: number }[]
}

/**
 * Requests of one organisation are entered one after the other: what was requested already is then known to the next one. Until
 * the end of the transaction.
 */
export const lockErasureRequests = (manager: Ledger, org: number): Promise<unknown> =>
  manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('erasures/' || $1::int, 0))`, [org])

const COLUMNS = `e.id, e.org, e.why, e.requested_by AS "requestedBy", e.requested_at AS "requestedAt", e.with_open AS "withOpen",
  e.message_after AS "messageAfter", e.message_until AS "messageUntil", e.messages, e.pieces, e.finished_at AS "finishedAt"`

/** Enters a request in the caller's transaction. A case that an earlier request has already is left to that one. */
export async function insertErasure(ledger: Ledger, erasure: NewErasure): Promise<number> {
  const { org, why, requestedBy, requestedAt, withOpen, requestId, cases } = erasure
  const [row] = await ledger.query<{ id: number }[]>(
    `INSERT INTO erasure (org, why, requested_by, requested_at, with_open, request_id) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id`,
    [org, why, requestedBy, requestedAt, withOpen, requestId ?? null],
  )
  const id = row?.id ?? 0
  await ledger.query(
    `INSERT INTO erasure_case (stream, erasure, org, store) SELECT c.id, $1, $2, c.store FROM unnest($3::uuid[], $4::int[]) AS c(id, store)
     ORDER BY c.id ON CONFLICT DO NOTHING`,
    [id, org, cases.map((one) => one.id), cases.map(({ store }) => store)],
  )
  return id
}

/** Those of the cases that are erased or to be erased. */
export const requestedErasures = async (ledger: Ledger, streams: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await ledger.query<{ stream: string }[]>('SELECT stream FROM erasure_case WHERE stream = ANY($1::uuid[])', [
        streams,
      ])
    ).map(({ stream }) => stream),
  )

/** Those of the cases that are erased: what waits for an obstacle is still needed. */
export const erasedStreams = async (ledger: Ledger, streams: readonly string[]): Promise<Set<string>> =>
  new Set(
    (
      await ledger.query<{ stream: string }[]>(
        'SELECT stream FROM erasure_case WHERE stream = ANY($1::uuid[]) AND erased_at IS NOT NULL',
        [streams],
      )
    ).map(({ stream }) => stream),
  )

/** Requests that are not finished, oldest first. */
export const unfinishedErasures = (ledger: Ledger): Promise<ErasureRow[]> =>
  ledger.query(`SELECT ${COLUMNS} FROM erasure e WHERE finished_at IS NULL ORDER BY id`)

/** Locks a request, so that one worker at a time carries it out. `undefined`: another one does, or it is finished. */
export const lockErasure = async (manager: EntityManager, id: number): Promise<ErasureRow | undefined> =>
  (
    await manager.query<ErasureRow[]>(
      `SELECT ${COLUMNS} FROM erasure e WHERE id = $1 AND finished_at IS NULL FOR UPDATE SKIP LOCKED`,
      [id],
    )
  )[0]

/** The cases of a request that still hold personal data, after a certain one. */
export const casesToErase = async (ledger: Ledger, id: number, after: string, limit: number): Promise<string[]> =>
  (
    await ledger.query<{ stream: string }[]>(
      `SELECT stream FROM erasure_case WHERE erasure = $1 AND erased_at IS NULL AND stream > $2::uuid ORDER BY stream LIMIT $3`,
      [id, after, limit],
    )
  ).map(({ stream }) => stream)

export const markErased = (ledger: Ledger, streams: readonly string[], at: number): Promise<unknown> =>
  ledger.query('UPDATE erasure_case SET erased_at = $2 WHERE stream = ANY($1::uuid[])', [streams, at])

/** All cases of a request are erased: from now on its messages up to the newest one are looked through. */
export const beginMessages = (ledger: Ledger, id: number, until: number): Promise<unknown> =>
  ledger.query('UPDATE erasure SET message_until = $2 WHERE id = $1', [id, until])

/** What a batch has done. `finishedAt`: it was the last one. */
export const advanceErasure = (
  ledger: Ledger,
  id: number,
  {
    messageAfter,
    messages = 0,
    pieces = 0,
    notes = 0,
    finishedAt,
  }: { messageAfter?: number; messages?: number; pieces?: number; notes?: number; finishedAt?: number },
): Promise<unknown> =>
  ledger.query(
    `UPDATE erasure SET message_after = greatest(message_after, $2), messages = messages + $3, pieces = pieces + $4,
       notes = notes + $5, finished_at = $6 WHERE id = $1`,
    [id, messageAfter ?? 0, messages, pieces, notes, finishedAt ?? null],
  )

/** Those of the messages that changed a case of the request, as its events record: true also of one that cannot be understood now. */
export const messagesOfErasure = async (
  ledger: Ledger,
  id: number,
  messages: readonly number[],
): Promise<Set<number>> =>
  new Set(
    (
      await ledger.query<{ id: number }[]>(
        `SELECT DISTINCT e.message_id AS id FROM erasure_case c JOIN event e ON e.stream = c.stream
         WHERE c.erasure = $1 AND e.message_id = ANY($2::bigint[])`,
        [id, messages],
      )
    ).map((row) => row.id),
  )
