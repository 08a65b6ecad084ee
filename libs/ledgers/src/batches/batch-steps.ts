import type { EntityManager } from 'typeorm'
import { numberArray, textArray } from '#event-store'
import type { BatchItem, BatchRow } from './batches'
import { BATCH_COLUMNS, ITEM_FIELDS } from './batches'

/**
 * Locks the batch that has waited longest for a step; batches that another worker has locked are skipped. What is called back
 * goes first: its undo windows are running out.
 */
export const lockNextBatch = async (manager: EntityManager): Promise<BatchRow | undefined> =>
  (
    await manager.query<BatchRow[]>(
      `SELECT ${BATCH_COLUMNS} FROM action_batch WHERE state IN ('running', 'recalling')
       ORDER BY state = 'running', advanced_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    )
  )[0]

export const readyItems = (manager: EntityManager, batch: string, limit: number): Promise<BatchItem[]> =>
  manager.query(
    `SELECT ${ITEM_FIELDS} FROM action_batch_item WHERE batch = $1 AND state = 'ready' ORDER BY n LIMIT $2`,
    [batch, limit],
  )

export const takenItems = (manager: EntityManager, batch: string, after: number, limit: number): Promise<BatchItem[]> =>
  manager.query(
    `SELECT ${ITEM_FIELDS} FROM action_batch_item WHERE batch = $1 AND state = 'taken' AND n > $2 ORDER BY n LIMIT $3`,
    [batch, after, limit],
  )

/** What became of an item in a step. */
export interface SettledItem extends Pick<BatchItem, 'n' | 'state'> {
  readonly reason?: string | undefined
  readonly rule?: string | undefined
}

export const settleItems = (manager: EntityManager, batch: string, items: readonly SettledItem[]): Promise<unknown> =>
  items.length === 0
    ? Promise.resolve()
    : manager.query(
        `UPDATE action_batch_item i SET state = s.state, reason = s.reason, rule = s.rule
         FROM unnest($2::int[], $3::text[], $4::text[], $5::text[]) AS s(n, state, reason, rule)
         WHERE i.batch = $1 AND i.n = s.n`,
        [
          batch,
          numberArray(items.map(({ n }) => n)),
          textArray(items.map(({ state }) => state)),
          textArray(items.map(({ reason }) => reason ?? null)),
          textArray(items.map(({ rule }) => rule ?? null)),
        ],
      )

/** What was not requested yet is not requested any more. */
export const recallReadyItems = (manager: EntityManager, batch: string): Promise<unknown> =>
  manager.query(`UPDATE action_batch_item SET state = 'recalled' WHERE batch = $1 AND state = 'ready'`, [batch])

/** Refuses whatever was not requested yet. */
export const refuseReadyItems = (manager: EntityManager, batch: string, reason: string): Promise<unknown> =>
  manager.query(`UPDATE action_batch_item SET state = 'refused', reason = $2 WHERE batch = $1 AND state = 'ready'`, [
    batch,
    reason,
  ])

/** Refuses one item. What was taken or called back meanwhile stays so. */
export const refuseReadyItem = (manager: EntityManager, batch: string, n: number, reason: string): Promise<unknown> =>
  manager.query(
    `UPDATE action_batch_item SET state = 'refused', reason = $3 WHERE batch = $1 AND n = $2 AND state = 'ready'`,
    [batch, n, reason],
  )

/** Behind the other batches that wait for a step, as after a step. */
export const postponeBatch = (manager: Pick<EntityManager, 'query'>, batch: string): Promise<unknown> =>
  manager.query('UPDATE action_batch SET advanced_at = clock_timestamp() WHERE id = $1', [batch])

/** The batch goes behind the others that wait for a step. */
export const noteStep = (manager: EntityManager, batch: string, recallAfter: number): Promise<unknown> =>
  manager.query('UPDATE action_batch SET advanced_at = clock_timestamp(), recall_after = $2 WHERE id = $1', [
    batch,
    recallAfter,
  ])

export const endBatch = (manager: EntityManager, batch: string, at: number): Promise<unknown> =>
  manager.query(`UPDATE action_batch SET state = 'ended', ended_at = $2 WHERE id = $1`, [batch, at])

/** Sets that were not started are deleted, and texts of ended ones, after which nothing is retried. */
export async function forgetBatches(manager: EntityManager, before: number): Promise<void> {
  await manager.query(`DELETE FROM action_batch WHERE state = 'frozen' AND created_at < $1`, [before])
  await manager.query(
    `UPDATE action_batch SET sealed = NULL WHERE state = 'ended' AND ended_at < $1 AND sealed IS NOT NULL`,
    [before],
  )
}
