import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change, StreamRow } from '#event-store'
import { loadStreams } from '#event-store'
import { loadCurrentState } from '../current-state'

/**
 * Locks these cases as a writer does. Returns each as the change that would have opened it in its current state: a
 * projection given a change without `before` writes all rows of the case. `at` is the time of the last real change, so
 * that a rebuild writes the same times as the workers did.
 */
export async function lockAsOpenedChanges(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<readonly Change<AfterSaleCase>[]> {
  const rows = await loadStreams<AfterSaleCase>(manager, caseIds)
  const changedAt = await readLastChanges(manager, rows)
  const changes: Change<AfterSaleCase>[] = []
  for (const row of rows) {
    const after = await loadCurrentState(manager, row)
    const { id, org, store } = row
    // Rows seeded without events have no time of a change. They must not stop the rebuild, so they count as the oldest.
    const at = changedAt.get(id) ?? 0
    if (after !== undefined) changes.push({ id, org, store, before: undefined, after, at })
  }
  return changes
}

/** When each case was last changed, UTC ms; `null` for one without events. */
async function readLastChanges(
  manager: EntityManager,
  rows: readonly StreamRow[],
): Promise<ReadonlyMap<string, number | null>> {
  const lastChangeRows = await manager.query<{ id: string; at: number | null }[]>(LAST_CHANGES, [
    rows.map(({ id }) => id),
  ])
  return new Map(lastChangeRows.map(({ id, at }) => [id, at]))
}

const LAST_CHANGES = `
  SELECT s.id, (SELECT recorded_at FROM event e WHERE e.stream = s.id ORDER BY version DESC LIMIT 1) AS at
  FROM unnest($1::uuid[]) AS s(id)`
