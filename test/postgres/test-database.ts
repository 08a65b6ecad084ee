/** A fresh database for the tests of one file, and transactions that stay open as long as a test needs. */
import type { DataSource, EntityManager } from 'typeorm'
import type { ProcessRole } from '#event-store'
import { databaseUrlAs, openDatabase, roleName } from '#event-store'
import type { FreshDatabase } from './database'
import { freshDatabase } from './database'
import { TEST_ROLES } from './test-roles'

export interface TestDatabase {
  readonly url: string
  readonly database: DataSource
  /** Tables that the migrations have filled. */
  readonly seeded: readonly string[]
}

/** Created before the first test of the file, dropped after the last. */
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

/** The same database over the role of a process, as in a deployment. */
export function useRole(db: TestDatabase, role: ProcessRole): { readonly database: DataSource } {
  const opened = {} as { database: DataSource }
  beforeAll(async () => {
    const url = databaseUrlAs(db.url, roleName(TEST_ROLES, role))
    opened.database = await openDatabase({ url, pool: 8, migrations: [] })
  })
  afterAll(() => opened.database.destroy())
  return opened
}

/** Empties every table except those that the migrations have filled, and restarts the sequences. For `beforeEach`. */
export async function emptyTables({ database, seeded }: TestDatabase): Promise<void> {
  const nonEmpty = await nonEmptyTables(database)
  const tablesToEmpty = nonEmpty.filter((name) => ![...seeded, ...TRUNCATED_BY_TRIGGER, ...APPEND_ONLY].includes(name))
  const TABLES = tablesToEmpty.map((name) => `"${name}"`).join(', ')
  if (tablesToEmpty.length > 0) await database.query(`TRUNCATE ${TABLES} RESTART IDENTITY CASCADE`)
  if (nonEmpty.some((name) => APPEND_ONLY.includes(name)))
    await database.transaction(async (manager) => {
      await manager.query('SET LOCAL session_replication_role = replica')
      await manager.query('TRUNCATE audit_entry, audit_head')
    })
}

/** Their triggers refuse a truncation. */
const APPEND_ONLY = ['audit_entry', 'audit_head']

/** A trigger of `effect` truncates it within the same statement. */
const TRUNCATED_BY_TRIGGER = ['action_id']

/** Tables that occupy space on disk; the others have no rows to remove. */
async function nonEmptyTables(database: DataSource): Promise<string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_class
     WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND pg_relation_size(oid) > 0`,
  )
  return rows.map(({ name }) => name)
}

export interface OpenTransaction<T> {
  /** What the first work returned. */
  readonly value: T
  /** Does more work in the same transaction. */
  run<R>(work: (manager: EntityManager) => Promise<R>): Promise<R>
  commit(): Promise<void>
  rollBack(): Promise<void>
}

/** Does the work in a transaction and leaves it open. */
export async function beginTransaction<T>(
  database: DataSource,
  work: (manager: EntityManager) => Promise<T>,
): Promise<OpenTransaction<T>> {
  const runner = database.createQueryRunner()
  await runner.startTransaction()
  const value = await work(runner.manager)
  const endWith = async (end: () => Promise<void>): Promise<void> => {
    try {
      await end()
    } finally {
      await runner.release()
    }
  }
  return {
    value,
    run: (more) => more(runner.manager),
    commit: () => endWith(() => runner.commitTransaction()),
    rollBack: () => endWith(() => runner.rollbackTransaction()),
  }
}

/** Polls until this many statements of the database wait for locks. */
export async function untilLockWaits(database: DataSource, statements: number): Promise<void> {
  const countSql = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  for (let n = -1; n < statements;) [{ n }] = (await database.query<{ n: number }[]>(countSql)) as [{ n: number }]
}

/**
 * Polls until no row of the feed is hidden behind an open transaction. Transaction ids belong to the whole
 * server, so an open transaction in another test's database delays ours, too.
 */
export async function untilFeedReadable(database: DataSource): Promise<void> {
  while (!(await isFeedReadable(database)));
}

/** Whether no row of the feed is hidden behind an open transaction of any database. */
export async function isFeedReadable(database: DataSource): Promise<boolean> {
  const [row] = await database.query<{ all: boolean }[]>(
    'SELECT NOT EXISTS (SELECT FROM outgoing WHERE tx >= pg_snapshot_xmin(pg_current_snapshot())) AS "all"',
  )
  return row?.all ?? false
}

/** All rows of one query. */
export const rowsOf = <T>({ database }: TestDatabase, sql: string, values: readonly unknown[] = []): Promise<T[]> =>
  database.query<T[]>(sql, [...values])
