import type { EntityManager } from 'typeorm'
import { booleanArray, numberArray, textArray, uuidArray } from '#event-store'

/**
 * `frozen`: shown to the person, nothing is done. `running`: its items are requested step by step. `recalling`: what has not
 * left is withdrawn. `ended`: nothing more is done by itself.
 */
export type BatchState = 'frozen' | 'running' | 'recalling' | 'ended'

/** Who froze or started a batch. `by`: the name that actions record; `actor`: the id that the audit records. */
export interface BatchAuthor {
  readonly by: string
  readonly actor: string
}

export interface NewBatch extends BatchAuthor {
  readonly id: string
  readonly org: number
  readonly action: string
  readonly sealed: Buffer
  /** UTC ms. */
  readonly at: number
  /** How many cases were asked for; more than there are items, if some do not exist. */
  readonly asked: number
  readonly retryOf: string | null
}

/** One case of a frozen set. `amount`: the most that it costs, fen; null: unknown. `warnings`: codes joined by `-`. */
export interface BatchItem {
  readonly n: number
  readonly caseId: string
  readonly store: number
  readonly intent: string
  /** The revision of the case that was judged, UTC ms. */
  readonly judged: number
  readonly amount: number | null
  readonly byHand: boolean
  readonly state: 'ready' | 'taken' | 'refused' | 'recalled'
  readonly reason: string | null
  readonly rule: string | null
  readonly warnings: string
}

/** Stores a frozen set, in the caller's transaction. */
export async function insertBatch(
  manager: EntityManager,
  { id, org, action, sealed, at, by, actor, asked, retryOf }: NewBatch,
  items: readonly BatchItem[],
): Promise<void> {
  await manager.query(
    `INSERT INTO action_batch (id, org, action, sealed, state, created_at, created_by, actor, asked, retry_of)
     VALUES ($1, $2, $3, $4, 'frozen', $5, $6, $7, $8, $9)`,
    [id, org, action, sealed, at, by, actor, asked, retryOf],
  )
  await manager.query(INSERT_ITEMS, [
    id,
    org,
    numberArray(items.map(({ n }) => n)),
    uuidArray(items.map(({ caseId }) => caseId)),
    numberArray(items.map(({ store }) => store)),
    uuidArray(items.map(({ intent }) => intent)),
    numberArray(items.map(({ judged }) => judged)),
    numberArray(items.map(({ amount }) => amount)),
    booleanArray(items.map(({ byHand }) => byHand)),
    textArray(items.map(({ state }) => state)),
    textArray(items.map(({ reason }) => reason)),
    textArray(items.map(({ rule }) => rule)),
    textArray(items.map(({ warnings }) => warnings)),
  ])
}

const INSERT_ITEMS = `
  INSERT INTO action_batch_item
    (batch, org, n, case_id, store, intent, judged, amount_fen, by_hand, state, reason, rule, warnings)
  SELECT $1::uuid, $2::int, i.* FROM unnest($3::int[], $4::uuid[], $5::int[], $6::uuid[], $7::bigint[], $8::bigint[],
    $9::boolean[], $10::text[], $11::text[], $12::text[], $13::text[]) AS i`

/** A batch as it is stored. */
export interface BatchRow extends BatchAuthor {
  readonly id: string
  readonly org: number
  readonly action: string
  readonly sealed: Buffer | null
  readonly state: BatchState
  readonly createdAt: number
  /** The batch of which it repeats what failed. */
  readonly retryOf: string | null
  readonly undoMs: number
  readonly recalledBy: string | null
  readonly recallActor: string | null
  readonly recallAfter: number
}

export const BATCH_COLUMNS = `id, org, action, sealed, state, created_at AS "createdAt", created_by AS by, actor,
  retry_of AS "retryOf", undo_ms AS "undoMs", recalled_by AS "recalledBy", recall_actor AS "recallActor", recall_after AS "recallAfter"`

/** Locks a batch until the transaction ends; `undefined`: the organisation has no such batch. */
export const lockBatch = async (manager: EntityManager, org: number, id: string): Promise<BatchRow | undefined> =>
  (
    await manager.query<BatchRow[]>(`SELECT ${BATCH_COLUMNS} FROM action_batch WHERE id = $1 AND org = $2 FOR UPDATE`, [
      id,
      org,
    ])
  )[0]

export const ITEM_FIELDS = `n, case_id AS "caseId", store, intent, judged, amount_fen AS amount, by_hand AS "byHand",
  state, reason, rule, warnings`

/** All items of a batch, in their order. */
export const itemsOfBatch = (manager: EntityManager, id: string): Promise<BatchItem[]> =>
  manager.query(`SELECT ${ITEM_FIELDS} FROM action_batch_item WHERE batch = $1 ORDER BY n`, [id])

/** Lets the worker request the items. The caller has locked the batch. */
export const setRunning = (
  manager: EntityManager,
  id: string,
  { at, undoMs }: { readonly at: number; readonly undoMs: number },
): Promise<unknown> =>
  manager.query(
    `WITH started AS (
       UPDATE action_batch SET state = 'running', started_at = $2, undo_ms = $3 WHERE id = $1 RETURNING 1
     ) SELECT pg_notify('shouhou_batch', '') FROM started`,
    [id, at, undoMs],
  )

/** Lets the worker call back what has not left, from the first item on. The caller has locked the batch. */
export const setRecalling = (
  manager: EntityManager,
  id: string,
  { at, by, actor }: BatchAuthor & { readonly at: number },
): Promise<unknown> =>
  manager.query(
    `WITH recalled AS (
       UPDATE action_batch SET state = 'recalling', recalled_at = $2, recalled_by = $3, recall_actor = $4, recall_after = 0,
         ended_at = NULL WHERE id = $1 RETURNING 1
     ) SELECT pg_notify('shouhou_batch', '') FROM recalled`,
    [id, at, by, actor],
  )

/**
 * The cases that another started retry of the same batch has taken over. Two starts ask one after the other, so that a case
 * is repeated by one of them only. By a lock of its own: rows of batches are locked in other orders elsewhere.
 */
export async function casesRetriedElsewhere(
  manager: EntityManager,
  { org, id, retryOf }: Pick<BatchRow, 'org' | 'id' | 'retryOf'>,
): Promise<ReadonlySet<string>> {
  if (retryOf === null) return new Set()
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('batch-retries/' || $1, 0))`, [retryOf])
  const rows = await manager.query<{ caseId: string }[]>(
    `SELECT DISTINCT x.case_id AS "caseId" FROM action_batch r JOIN action_batch_item x ON x.batch = r.id
     WHERE r.retry_of = $1 AND r.org = $2 AND r.id <> $3 AND r.started_at IS NOT NULL AND x.state IN ('ready', 'taken')`,
    [retryOf, org, id],
  )
  return new Set(rows.map(({ caseId }) => caseId))
}
