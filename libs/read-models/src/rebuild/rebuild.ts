import type { DataSource, EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import { failpoint, runWhileLeased, loadStreams } from '#event-store'
import type { CaseTable, ReadModel } from '../question'
import { lockedCases } from './locked-cases'
import { comparableRows } from './comparable-rows'
import type { Progress } from './progress'
import { advance, begin, finish } from './progress'

export interface RebuildOptions {
  /** Unique for each process: only one rebuilds a read model at a time. */
  readonly holder: string
  readonly signal: AbortSignal
  /** Cases in one transaction: so many are locked for a moment. */
  readonly batch?: number
  /** Starts from the beginning even where an earlier rebuild was interrupted; otherwise that one is continued. */
  readonly startOver?: boolean
  readonly onProgress?: (progress: Progress) => void
}

export interface RebuildReport {
  readonly cases: number
  /** Cases whose rows were missing or wrong. */
  readonly differing: number
  /** Cases that had rows and do not exist. */
  readonly orphans: number
  /** Sums that were wrong. */
  readonly totals: number
}

const LEASE_MS = 10_000
const BATCH = 200
const ORPHANS = 1_000

/**
 * Rebuilds the rows of a read model from the cases while workers continue to write. It takes a few cases at a time, under the
 * same row locks as a writer, and replaces their rows in one transaction. So
 *
 * - no reader ever sees less: old rows of a case are replaced by new ones in one commit;
 * - no change is missed: a writer holds the case's lock from reading the case to committing its rows, so it comes wholly
 *   before the rebuild of that case, which then sees its state, or wholly after, and then writes the rows itself;
 * - cases that are opened meanwhile have their rows by the writer that opens them.
 *
 * Rows that are right stay as they are, to the byte. `undefined`: another process is rebuilding it.
 * @throws the signal's reason when it is stopped; called again, it continues
 */
export async function rebuild(
  database: DataSource,
  readModel: ReadModel,
  options: RebuildOptions,
): Promise<RebuildReport | undefined> {
  let report: RebuildReport | undefined
  const lease = { name: `rebuild/${readModel.name}`, holder: options.holder, ms: LEASE_MS }
  await runWhileLeased(database, lease, options.signal, async (held) => {
    report = await rebuildHeld(database, readModel, options, held)
  })
  return report
}

async function rebuildHeld(
  database: DataSource,
  readModel: ReadModel,
  { batch = BATCH, startOver = false, onProgress }: RebuildOptions,
  held: AbortSignal,
): Promise<RebuildReport> {
  let progress = await begin(database, readModel.name, startOver)
  for (let more = true; more;) {
    held.throwIfAborted()
    const next = await database.transaction((manager) => rebuildBatch(manager, readModel, progress, batch))
    failpoint('rebuild.batch')
    more = next !== undefined
    progress = next ?? progress
    onProgress?.(progress)
  }
  const orphans = await removeOrphans(database, readModel, held)
  const { totals } = readModel
  const corrected = totals === undefined ? [] : await database.query<unknown[]>(totals.correct)
  await finish(database, readModel.name)
  return { cases: progress.cases, differing: progress.differing, orphans, totals: corrected.length }
}

async function rebuildBatch(
  manager: EntityManager,
  readModel: ReadModel,
  progress: Progress,
  batch: number,
): Promise<Progress | undefined> {
  const next = await manager.query<{ id: string }[]>('SELECT id FROM stream WHERE id > $1 ORDER BY id LIMIT $2', [
    progress.after,
    batch,
  ])
  const last = next.at(-1)?.id
  if (last === undefined) return undefined
  const cases = await lockedCases(
    manager,
    next.map(({ id }) => id),
  )
  const differing = await replaceDiffering(manager, readModel, cases)
  return advance(manager, readModel.name, progress, { last, cases: next.length, differing })
}

/** Writes all rows again, compares, and rolls back what was written for cases whose rows were right. */
async function replaceDiffering(
  manager: EntityManager,
  readModel: ReadModel,
  cases: readonly Change<AfterSaleCase>[],
): Promise<number> {
  const ids = cases.map(({ id }) => id)
  const kept = await comparableRows(manager, readModel, ids)
  await manager.query('SAVEPOINT before_rebuild')
  await replace(manager, readModel, cases)
  const made = await comparableRows(manager, readModel, ids)
  const differing = cases.filter(({ id }) => kept.get(id) !== made.get(id))
  if (differing.length === cases.length) return differing.length
  await manager.query('ROLLBACK TO SAVEPOINT before_rebuild')
  await replace(manager, readModel, differing)
  return differing.length
}

async function replace(
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
  for (const table of tables) await manager.query(deleteSql(table), [ids])
}

const deleteSql = ({ name, caseColumn }: CaseTable): string =>
  `DELETE FROM ${name} WHERE ${caseColumn} = ANY($1::uuid[])`

/** Rows of cases that do not exist. Their ids are locked as for opening a case, so that none is opened meanwhile. */
async function removeOrphans(database: DataSource, readModel: ReadModel, held: AbortSignal): Promise<number> {
  const removed: string[] = []
  for (;;) {
    held.throwIfAborted()
    const found = await database.query<{ id: string }[]>(orphansSql(readModel), [ORPHANS])
    if (found.length === 0) return removed.length
    const orphans = await database.transaction(async (manager) => {
      const ids = found.map(({ id }) => id)
      const opened = new Set((await loadStreams(manager, ids)).map(({ id }) => id))
      const absent = ids.filter((id) => !opened.has(id))
      await removeRows(manager, readModel, absent)
      return absent
    })
    removed.push(...orphans)
  }
}

const orphansSql = ({ tables }: ReadModel): string =>
  `SELECT id FROM (${tables
    .map(
      ({ name, caseColumn }) =>
        `SELECT ${caseColumn} AS id FROM ${name} t WHERE NOT EXISTS (SELECT FROM stream s WHERE s.id = t.${caseColumn})`,
    )
    .join(' UNION ')}) o ORDER BY id LIMIT $1`
