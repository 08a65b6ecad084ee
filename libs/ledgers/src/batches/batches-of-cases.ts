import type { EntityManager } from 'typeorm'
import type { BatchState } from './batches'

/** A batch whose texts are stored, and which of the cases in question it is about. */
export interface BatchOfCases {
  readonly id: string
  readonly state: BatchState
  readonly cases: readonly string[]
}

/** Locks the batches with texts that are about any of these cases. To be called before their streams are locked, as a step does. */
export const lockBatchesOf = (manager: EntityManager, org: number, cases: readonly string[]): Promise<BatchOfCases[]> =>
  manager.query(
    `SELECT b.id, b.state, ARRAY(
       SELECT i.case_id::text FROM action_batch_item i WHERE i.batch = b.id AND i.case_id = ANY($2::uuid[])
     ) AS cases FROM action_batch b
     WHERE b.org = $1 AND b.sealed IS NOT NULL
       AND EXISTS (SELECT FROM action_batch_item i WHERE i.batch = b.id AND i.case_id = ANY($2::uuid[]))
     ORDER BY b.id FOR UPDATE OF b`,
    [org, cases],
  )

/** Takes the texts of these batches out of the database: a set that was not started goes, an ended one can no longer be retried. */
export async function forgetTexts(manager: EntityManager, batches: readonly string[]): Promise<void> {
  await manager.query(`DELETE FROM action_batch WHERE id = ANY($1::uuid[]) AND state = 'frozen'`, [batches])
  await manager.query(`UPDATE action_batch SET sealed = NULL WHERE id = ANY($1::uuid[]) AND state = 'ended'`, [batches])
}
