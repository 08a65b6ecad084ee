import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import { failpoint, runWhileLeased, loadStreams } from '#event-store'
import type { CaseTable, ReadModel } from '../question'
import { lockAsOpenedChanges } from './lock-cases'
import { readComparableRows } from './comparable-rows'
import type { RebuildProgress } from './progress'
import { advanceRebuild, startRebuild, finishRebuild } from './progress'

export interface RebuildOptions {
  /** Identifies this process: only one process at a time rebuilds a read model. */
  readonly holder: string
  readonly signal: AbortSignal
  /** Cases per transaction: so many are locked at a time. */
  readonly batch?: number
  /** Starts from the beginning instead of continuing a rebuild that was interrupted. */
  readonly startOver?: boolean
  readonly onProgress?: (progress: RebuildProgress) => void
}

/** What a rebuild has found and corrected. */
export interface RebuildReport {
  readonly cases: number
  /** Cases whose rows were missing or wrong. */
  readonly differing: number
  /** Cases that had rows and do not exist. */
  readonly orphans: number
  /** Totals that were wrong. */
  readonly totals: number
}

/** After this another process can continue the rebuild of one that died. */
const LEASE_MS = 10_000
/** Few enough that a writer waits only for a moment. */
const CASES_PER_BATCH = 200
/** Orphans per transaction. */
const ORPHANS_PER_BATCH = 1_000

/**
 * Rebuilds the rows of a read model from the cases while workers continue to write. It takes a few cases at a time, with the
 * same row locks as a writer, and replaces their rows in one transaction. Therefore:
 *
 * - No reader misses a row: one commit replaces the old rows of a case by the new ones.
 * - No change is lost: a writer holds the lock of a case from reading it to committing its rows. If it comes before the
 *   rebuild of that case, the rebuild sees its state; if it comes after, it writes the rows itself.
 * - A case that is opened meanwhile gets its rows from the writer that opens it.
 *
 * Correct rows stay unchanged to the byte. Returns `undefined` if another process is rebuilding the read model.
 * @throws the signal's reason when it is stopped; called again, it continues
 */
export async function rebuild(
  database: DataSource,
  readModel: ReadModel,
  options: RebuildOptions,
): Promise<RebuildReport | undefined> {
  let report: RebuildReport | undefined
  const lease = { name: `rebuild/${readModel.name}`, holder: options.holder, ms: LEASE_MS }
  await runWhileLeased(database, lease, options.signal, async (leaseSignal) => {
    report = await rebuildWhileLeased(database, readModel, options, leaseSignal)
  })
  return report
}

async function rebuildWhileLeased(
  database: DataSource,
  readModel: ReadModel,
  { batch = CASES_PER_BATCH, startOver = false, onProgress }: RebuildOptions,
  leaseSignal: AbortSignal,
): Promise<RebuildReport> {
  let progress = await startRebuild(database, readModel.name, startOver)
  for (let hasMore = true; hasMore;) {
    leaseSignal.throwIfAborted()
    const next = await database.transaction((manager) => rebuildBatch(manager, readModel, progress, batch))
    failpoint('rebuild.batch')
    hasMore = next !== undefined
    progress = next ?? progress
    onProgress?.(progress)
  }
  const orphans = await removeOrphans(database, readModel, leaseSignal)
  const { totals } = readModel
  const corrected = totals === undefined ? [] : await database.query<unknown[]>(totals.correct)
  await finishRebuild(database, readModel.name)
  return { cases: progress.cases, differing: progress.differing, orphans, totals: corrected.length }
}

async function rebuildBatch(
  manager: EntityManager,
  readModel: ReadModel,
  progress: RebuildProgress,
  batch: number,
): Promise<RebuildProgress | undefined> {
  const next = await manager.query<{ id: string }[]>('SELECT id FROM stream WHERE id > $1 ORDER BY id LIMIT $2', [
    progress.after,
    batch,
  ])
  const last = next.at(-1)?.id
  if (last === undefined) return undefined
  const openedChanges = await lockAsOpenedChanges(
    manager,
    next.map(({ id }) => id),
  )
  const differing = await replaceDiffering(manager, readModel, openedChanges)
  return advanceRebuild(manager, readModel.name, progress, { last, cases: next.length, differing })
}

/** Writes the rows of all cases again and compares them. If some were right, rolls back and replaces only the others. */
async function replaceDiffering(
  manager: EntityManager,
  readModel: ReadModel,
  cases: readonly Change<AfterSaleCase>[],
): Promise<number> {
  const ids = cases.map(({ id }) => id)
  const rowsBefore = await readComparableRows(manager, readModel, ids)
  await manager.query('SAVEPOINT before_rebuild')
  await replaceRows(manager, readModel, cases)
  const rowsAfter = await readComparableRows(manager, readModel, ids)
  const differing = cases.filter(({ id }) => rowsBefore.get(id) !== rowsAfter.get(id))
  if (differing.length === cases.length) return differing.length
  await manager.query('ROLLBACK TO SAVEPOINT before_rebuild')
  await replaceRows(manager, readModel, differing)
  return differing.length
}

async function replaceRows(
  manager: EntityManager,
  readModel: ReadModel,
  cases: readonly Change<AfterSaleCase>[],
): Promise<void> {
  if (cases.length === 0) return
  await removeRows(
    manager,
    readModel,
    cases.map(({ id }) => id),
  )
  await readModel.apply(manager, cases)
}

async function removeRows(
  manager: EntityManager,
  { tables, totals }: ReadModel,
  ids: readonly string[],
): Promise<void> {
  await totals?.subtract(manager, ids)
  for (const table of tables) await manager.query(buildDeleteSql(table), [ids])
}

const buildDeleteSql = ({ name, caseColumn }: CaseTable): string =>
  `DELETE FROM ${name} WHERE ${caseColumn} = ANY($1::uuid[])`

/** Removes the rows of cases that do not exist. Their ids are locked as for opening, so that no such case is opened meanwhile. */
async function removeOrphans(database: DataSource, readModel: ReadModel, leaseSignal: AbortSignal): Promise<number> {
  const removed: string[] = []
  for (;;) {
    leaseSignal.throwIfAborted()
    const orphanRows = await database.query<{ id: string }[]>(buildOrphansSql(readModel), [ORPHANS_PER_BATCH])
    if (orphanRows.length === 0) return removed.length
    const orphans = await database.transaction(async (manager) => {
      const ids = orphanRows.map(({ id }) => id)
      const opened = new Set((await loadStreams(manager, ids)).map(({ id }) => id))
      const absent = ids.filter((id) => !opened.has(id))
      await removeRows(manager, readModel, absent)
      return absent
    })
    removed.push(...orphans)
  }
}

const buildOrphansSql = ({ tables }: ReadModel): string =>
  `SELECT id FROM (${tables
    .map(
      ({ name, caseColumn }) =>
        `SELECT ${caseColumn} AS id FROM ${name} t WHERE NOT EXISTS (SELECT FROM stream s WHERE s.id = t.${caseColumn})`,
    )
    .join(' UNION ')}) o ORDER BY id LIMIT $1`
