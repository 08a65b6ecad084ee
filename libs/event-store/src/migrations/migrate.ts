import { setTimeout as pause } from 'node:timers/promises'
import type { QueryRunner } from 'typeorm'
import { AbstractLogger, DataSource } from 'typeorm'

const MIGRATION_LOCK = 7_340_021
/** Building an index of a large table takes as long as it takes. */
const STATEMENT_TIMEOUT_MS = 3_600_000
/** Less than the second after which the server looks for a deadlock: it is the migration that gives way, never another transaction. */
const LOCK_TIMEOUT_MS = 800
const RETRY_PAUSE_MS = 400
const LOCK_POLL_MS = 200
const RETRY_FOR_MS = 300_000
/** PostgreSQL's own: lock timeout; deadlock. */
const LOCK_FAILURES = ['55P03', '40P01']

export interface MigrateOptions {
  /** Receives what an operator should know: that tables were changed, that they are newer than this code. */
  readonly report?: (line: string) => void
  /** How long it is tried while others hold the tables, ms. */
  readonly retryForMs?: number
}

/** A change that gives way is no error; one that fails is thrown. Neither belongs on the console in words of the library. */
class SilentLogger extends AbstractLogger {
  protected writeLog(): void {}
}

/**
 * Brings the tables up to date while others go on working with them; processes that start together wait for each other.
 * A statement that waits for a table blocks all behind it: so a migration that does not get its table at once gives way,
 * and is tried again. On connections of its own. @throws Error when the tables stay locked for too long
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
 * Asks again and again instead of waiting in one statement: a statement that waits has a snapshot, and an index that is built
 * concurrently by the lock's holder waits for every snapshot that is older.
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
  retryWhileTablesLocked(report, async () => void (await database.runMigrations({ transaction: 'each' })), retryForMs)

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
