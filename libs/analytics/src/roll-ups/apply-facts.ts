import { setImmediate as pause } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import { prepared } from '#event-store'
import type { FactSubject } from '../facts/case-fact'
import type { FactTable } from '../facts/fact-tables'
import { ALL_FACT_TABLES, FACT_TABLES } from '../facts/fact-tables'
import { CELL_KEY, cellsSql } from './cells-sql'

/** The key of an advisory lock: an arbitrary number that no other lock uses. */
const FACTS_LOCK = 7_340_061

/**
 * Facts and roll-ups are written by one transaction at a time: a roll-up then moves by exactly the difference
 * between the rows before and after. Nothing else waits for this lock, and its holder waits for no lock of a case.
 */
const lockRollUps = (manager: EntityManager): Promise<unknown> =>
  manager.query('SELECT pg_advisory_xact_lock($1)', [FACTS_LOCK])

/** The same where another transaction holds it: `false` at once, without waiting. */
export async function tryLockRollUps(manager: EntityManager): Promise<boolean> {
  const [row] = await manager.query<{ locked: boolean }[]>('SELECT pg_try_advisory_xact_lock($1) AS locked', [
    FACTS_LOCK,
  ])
  return row?.locked === true
}

/** Replaces the rows of these cases, and moves the roll-ups by the difference. Rows that stay the same are not written. */
export async function applyFacts(manager: EntityManager, subjects: readonly FactSubject[]): Promise<void> {
  if (subjects.length === 0) return
  await lockRollUps(manager)
  const cases = subjects.map(({ id }) => id)
  for (const table of ALL_FACT_TABLES) {
    const rows = JSON.stringify(await rowsOf(table, subjects))
    const { moved, pruned, written } = STATEMENTS[table.source]
    await removeEmpty(manager, manager.query<RollUpCell[]>(moved, [cases, rows]))
    if (pruned !== undefined) await manager.query(pruned, [cases, rows])
    await manager.query(written, [rows])
  }
}

/** Rows are built for so many cases without a pause: what else the process does, e.g. take pushes, waits no longer than that. */
const CASES_WITHOUT_PAUSE = 25

async function rowsOf(table: FactTable, subjects: readonly FactSubject[]): Promise<unknown[]> {
  const rows: unknown[] = []
  for (const [n, subject] of subjects.entries()) {
    rows.push(...table.rowsOf(subject))
    if (n % CASES_WITHOUT_PAUSE === CASES_WITHOUT_PAUSE - 1) await pause()
  }
  return rows
}

/** Takes the rows of these cases out of the roll-ups, before they are deleted. */
export async function subtractFacts(manager: EntityManager, caseIds: readonly string[]): Promise<void> {
  await lockRollUps(manager)
  for (const table of ALL_FACT_TABLES)
    await removeEmpty(manager, manager.query<RollUpCell[]>(STATEMENTS[table.source].subtracted, [caseIds]))
}

interface RollUpCell {
  readonly at: string
}

/** A cell to which nothing adds up is no row: after any history the tables are equal to freshly built ones. */
async function removeEmpty(manager: EntityManager, moved: Promise<readonly RollUpCell[]>): Promise<void> {
  const empty = (await moved).map(({ at }) => at)
  if (empty.length > 0) await manager.query('DELETE FROM measure_day WHERE ctid = ANY($1::tid[])', [empty])
}

const CELL_KEY_COLUMNS = CELL_KEY.join(', ')

/** Adds cells to the roll-ups. Of several that fall together only the sum is written; where that is nothing, nothing is. */
export const addCellsSql = (cells: string): string => `
  INSERT INTO measure_day AS r (${CELL_KEY_COLUMNS}, n)
  SELECT ${CELL_KEY_COLUMNS}, sum(n)::bigint FROM (${cells}) AS c GROUP BY ${CELL_KEY_COLUMNS} HAVING sum(n) <> 0
  ON CONFLICT (${CELL_KEY_COLUMNS}) DO UPDATE SET n = r.n + excluded.n`

const movingSql = (cells: string): string =>
  `WITH moved AS (${addCellsSql(cells)} RETURNING r.ctid AS at, r.n) SELECT at::text FROM moved WHERE n = 0`

const storedRows = ({ name }: FactTable): string => `(SELECT * FROM ${name} WHERE case_id = ANY($1::uuid[]))`

const givenRows = ({ columns }: FactTable, parameter: string): string =>
  `json_to_recordset(${parameter}::json) AS f(${Object.entries(columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ')})`

function statementsOf(table: FactTable) {
  const { name, key, columns } = table
  const all = Object.keys(columns)
  const rest = all.filter((column) => !key.includes(column))
  const given = `(SELECT * FROM ${givenRows(table, '$2')})`
  return {
    moved: prepared(movingSql(`${cellsSql(table, storedRows(table), -1)} UNION ALL ${cellsSql(table, given, 1)}`)),
    subtracted: prepared(movingSql(cellsSql(table, storedRows(table), -1))),
    pruned:
      key.length === 1
        ? undefined
        : prepared(`DELETE FROM ${name} t WHERE t.case_id = ANY($1::uuid[]) AND NOT EXISTS (
            SELECT FROM ${givenRows(table, '$2')} WHERE ${key.map((column) => `f.${column} = t.${column}`).join(' AND ')})`),
    written: prepared(`
      INSERT INTO ${name} AS t (${all.join(', ')}) SELECT ${all.join(', ')} FROM ${givenRows(table, '$1')}
      ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${rest.map((column) => `${column} = excluded.${column}`).join(', ')}
      WHERE (${rest.map((column) => `t.${column}`).join(', ')}) IS DISTINCT FROM (${rest.map((column) => `excluded.${column}`).join(', ')})`),
  }
}

const STATEMENTS = {
  case: statementsOf(FACT_TABLES.case),
  action: statementsOf(FACT_TABLES.action),
  appeal: statementsOf(FACT_TABLES.appeal),
  deadline: statementsOf(FACT_TABLES.deadline),
}
