/** A fresh database with connections to it, for the tests of one file, and transactions that stand open as long as a test wants. */
import type { DataSource, EntityManager } from 'typeorm'
import { openDatabase } from '#event-store'
import type { FreshDatabase } from './database'
import { freshDatabase } from './database'

export interface TestDatabase {
  readonly url: string
  readonly database: DataSource
  /** Tables that have rows from the migrations on. */
  readonly seeded: readonly string[]
}

/** Filled before the first test of the file, gone after the last. */
export function useTestDatabase(pool = 8): TestDatabase {
  const opened = {} as { -readonly [Key in keyof TestDatabase]: TestDatabase[Key] }
  let fresh: FreshDatabase
  beforeAll(async () => {
    fresh = await freshDatabase()
    opened.url = fresh.url
    opened.database = await openDatabase({ url: fresh.url, pool, migrations: [] })
    opened.seeded = await nonEmptyTables(opened.database)
  })
  afterAll(async () => {
    await opened.database.destroy()
    await fresh.drop()
  })
  return opened
}

/** Empties every table except those that the migrations have filled; the numbers of rows begin anew. For `beforeEach`. */
export async function emptyTables({ database, seeded }: TestDatabase): Promise<void> {
  const written = (await nonEmptyTables(database)).filter((name) => ![...seeded, ...TRUNCATED_BY_TRIGGER].includes(name))
  const TABLES = written.map((name) => `"${name}"`).join(', ')
  if (written.length > 0) await database.query(`TRUNCATE ${TABLES} RESTART IDENTITY CASCADE`)
}

/** A trigger of `effect` truncates it, in the middle of the statement. */
const TRUNCATED_BY_TRIGGER = ['action_id']

/** Which tables have taken room on disk since they were made or truncated; the others need not be touched. */
async function nonEmptyTables(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0`,
  )
  return rows.map(({ name }) => name)
}

export interface OpenTransaction<T> {
  /** What the work answered. */
  readonly value: T
  /** Does more in it. */
  run<R>(work: (manager: EntityManager) => Promise<R>): Promise<R>
  commit(): Promise<void>
  rollBack(): Promise<void>
}

/** Does the work in a transaction that is not ended yet. */
export async function beginTransaction<T>(
  database: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<OpenTransaction<T>> {
  const runner = database.createQueryRunner()
  await runner.startTransaction()
  const value = await work(runner.manager)
  return {
    value,
    run: (more) => more(runner.manager),
    commit: () => runner.commitTransaction().finally(() => runner.release()),
    rollBack: () => runner.rollbackTransaction().finally(() => runner.release()),
  }
}

/** Polls until this many statements of the database wait for a lock. */
export async function untilLockWaits(database: DataSource, statements: number): Promise<void> {
  const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  for (let n = -1; n < statements;) [{ n }] = (await database.query<{ n: number }[]>(waiting)) as [{ n: number }]
}

/**
 * Polls until no row of the feed is behind a transaction still open. The numbers of transactions are
 * the whole server's, so one of another test's database can hold ours back for as long as it lasts.
 */
export async function untilFeedReadable(database: DataSource): Promise<void> {
  while (!(await isFeedReadable(database)));
}

/** Whether no row of the feed is behind a transaction still open, of whatever database. */
export async function isFeedReadable(database: DataSource): Promise<boolean> {
  const [row] = await database.query<{ all: boolean }[]>(
    'SELECT NOT EXISTS (SELECT FROM outgoing WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())) AS "all"',
  )
  return row?.all ?? false
}

/** All rows of a query, for what is asked once. */
export const rowsOf = <T>({ database }: TestDatabase, sql: string, values: readonly unknown[] = []): Promise<T[]> =>
  database.query<T[]>(sql, [...values])
