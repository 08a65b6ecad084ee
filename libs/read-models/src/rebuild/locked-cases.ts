import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change, StreamRow } from '#event-store'
import { loadStreams } from '#event-store'
import { loadCurrentState } from '../current-state'

/** Locks these cases as a writer does, and returns each as if it had just been opened in its current state. */
export async function lockCases(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<readonly Change<AfterSaleCase>[]> {
  const rows = await loadStreams<AfterSaleCase>(manager, caseIds)
  const changedAt = await readLastChanges(manager, rows)
  const changes: Change<AfterSaleCase>[] = []
  for (const row of rows) {
    const after = await loadCurrentState(manager, row)
    const { id, org, store } = row
    if (after !== undefined) changes.push({ id, org, store, before: undefined, after, at: changedAt.get(id) ?? 0 })
  }
  return changes
}

async function readLastChanges(
  manager: EntityManager,
  rows: readonly StreamRow[],
): Promise<ReadonlyMap<string, number>> {
  const lastChangeRows = await manager.query<{ id: string; at: number | null }[]>(LAST_CHANGES, [
    rows.map(({ id }) => id),
  ])
  return new Map(lastChangeRows.map(({ id, at }) => [id, at ?? 0]))
}

const LAST_CHANGES = `
  SELECT s.id, (SELECT recorded_at FROM event e WHERE e.stream = s.id ORDER BY version DESC LIMIT 1) AS at
  FROM unnest($1::uuid[]) AS s(id)`
