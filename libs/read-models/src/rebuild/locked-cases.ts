import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change, StreamRow } from '#event-store'
import { loadStreams } from '#event-store'
import { currentState } from '../current-state'

/** Locks these cases as a writer does, and returns each as a change from nothing to its current state. */
export async function lockedCases(
  manager: EntityManager,
  caseIds: readonly string[],
): Promise<readonly Change<AfterSaleCase>[]> {
  const rows = await loadStreams<AfterSaleCase>(manager, caseIds)
  const changedAt = await lastChanges(manager, rows)
  const changes: Change<AfterSaleCase>[] = []
  for (const row of rows) {
    const after = await currentState(manager, row)
    const { id, org, store } = row
    if (after !== undefined) changes.push({ id, org, store, before: undefined, after, at: changedAt.get(id) ?? 0 })
  }
  return changes
}

async function lastChanges(manager: EntityManager, rows: readonly StreamRow[]): Promise<ReadonlyMap<string, number>> {
  const found = await manager.query<{ id: string; at: number | null }[]>(LAST_CHANGES, [rows.map(({ id }) => id)])
  return new Map(found.map(({ id, at }) => [id, at ?? 0]))
}

const LAST_CHANGES = `
  SELECT s.id, (SELECT recorded_at FROM event e WHERE e.stream = s.id ORDER BY version DESC LIMIT 1) AS at
  FROM unnest($1::uuid[]) AS s(id)`
