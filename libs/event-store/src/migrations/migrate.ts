import { setTimeout as pause } from 'node:timers/promises'
import type { QueryRunner } from 'typeorm'
import { AbstractLogger, DataSource, MigrationExecutor } from 'typeorm'
import { LOCK_TIMEOUT_MS, limitLockWaits } from './lock-waits'

/** The key of our advisory lock. Any number would do; it must be the same in every version. */
const MIGRATION_LOCK = 7_340_021
/** Building an index of a large table may take long: an hour. */
const STATEMENT_TIMEOUT_MS = 3_600_000
const RETRY_PAUSE_MS = 400
const LOCK_POLL_MS = 200
/** How long transactions that hold the tables are waited for; after that, a person has to look (`pg_stat_activity`). */
const RETRY_FOR_MS = 300_000
/** Error codes of PostgreSQL: `lock_not_available` and `deadlock_detected`. */
const LOCK_FAILURES = ['55P03', '40P01']

export interface MigrateOptions {
  /** Receives what an operator should know: that tables were changed, that they are newer than this code. */
  readonly report?: (line: string) => void
  /** How long it is tried while others hold the tables, ms. */
  readonly retryForMs?: number
}

/** TypeORM would print every failed attempt. An attempt that is retried is no error, and one that is not is thrown. */
class SilentLogger extends AbstractLogger {
  protected writeLog(): void {}
}

/**
 * Brings the tables up to date while other processes work with them; processes that start together wait for each other. A
 * statement that waits for the lock of a table blocks every later statement on it. So a migration that does not get its lock
 * at once is rolled back and retried. It has connections of its own, with their own timeouts.
 * @throws Error when the tables stay locked for too long
 */
export async function migrate(
  { options }: DataSource,
  { report = () => undefined, retryForMs = RETRY_FOR_MS }: MigrateOptions = {},
): Promise<void> {
  const extra = {
    ...(options.extra as object),
    max: 2,
    clientTimeoutMs: STATEMENT_TIMEOUT_MS,
    statement_timeout: 0,
    lock_timeout: LOCK_TIMEOUT_MS,
  }
  const database = await new DataSource({ ...options, extra, logger: new SilentLogger() }).initialize()
  const runner = database.createQueryRunner()
  try {
    await acquireMigrationLock(runner)
    const appliedBefore = await appliedMigrations(database)
    await runWithRetries(database, retryForMs, report)
    const knownNames = new Set(database.migrations.map((migration) => migration.name ?? migration.constructor.name))
    const newlyApplied = [...knownNames].filter((name) => !appliedBefore.has(name))
    if (appliedBefore.size > 0 && newlyApplied.length > 0)
      report(`the tables were brought up to date: ${newlyApplied.join(', ')}`)
    const unknownNames = [...appliedBefore].filter((name) => !knownNames.has(name))
    if (unknownNames.length > 0 && knownNames.size > 0)
      report(`the tables are newer than this version, which works with them as well: ${unknownNames.join(', ')}`)
  } finally {
    await releaseMigrationLock(runner)
    await runner.release()
    await database.destroy()
  }
}

/**
 * Polls instead of waiting in one statement: a waiting statement has a snapshot, and an index that the lock's holder builds
 * concurrently waits for every older snapshot, so the two would wait for each other.
 */
export async function acquireMigrationLock(runner: QueryRunner): Promise<void> {
  for (;;) {
    const [row] = (await runner.query('SELECT pg_try_advisory_lock($1) AS acquired', [MIGRATION_LOCK])) as {
      acquired: boolean
    }[]
    if (row?.acquired === true) return
    await pause(LOCK_POLL_MS)
  }
}

export async function releaseMigrationLock(runner: QueryRunner): Promise<void> {
  await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
}

async function appliedMigrations(database: DataSource): Promise<Set<string>> {
  const [migrationsTable] = await database.query<{ is: boolean }[]>(
    `SELECT to_regclass('migrations') IS NOT NULL AS is`,
  )
  if (migrationsTable?.is !== true) return new Set()
  return new Set(
    (await database.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id')).map(({ name }) => name),
  )
}

const runWithRetries = (database: DataSource, retryForMs: number, report: (line: string) => void): Promise<void> =>
  retryWhileTablesLocked(report, () => runMigrations(database), retryForMs)

async function runMigrations(database: DataSource): Promise<void> {
  const runner = limitLockWaits(database.createQueryRunner())
  try {
    const executor = new MigrationExecutor(database, runner)
    executor.transaction = 'each'
    await executor.executePendingMigrations()
  } finally {
    await runner.release()
  }
}

/** Runs a change of tables, retried while other transactions hold them; `work` must set a short `lock_timeout`. */
export async function retryWhileTablesLocked(
  report: (line: string) => void,
  work: () => Promise<void>,
  retryForMs = RETRY_FOR_MS,
): Promise<void> {
  const giveUpAt = performance.now() + retryForMs
  for (let reported = false; ; reported = true) {
    try {
      await work()
      return
    } catch (error) {
      if (!LOCK_FAILURES.includes(String((error as { code?: unknown }).code))) throw error
      if (performance.now() > giveUpAt)
        throw new Error(
          'the tables are held by a transaction that does not end, and cannot be brought up to date: see pg_stat_activity',
          { cause: error },
        )
      if (!reported) report('the tables are in use; they are brought up to date as soon as they can be had')
      await pause(RETRY_PAUSE_MS)
    }
  }
}
