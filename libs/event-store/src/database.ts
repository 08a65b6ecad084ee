import pg from 'pg'
import type { MixedList } from 'typeorm'
import { DataSource } from 'typeorm'
import { dropSilent } from './pool'
import { RememberingClient } from './remembered'

export interface DatabaseOptions {
  readonly url: string
  /** Connections of this process. */
  readonly pool: number
  // TypeORM wants constructors of any shape here; so does its own type.
  readonly migrations: MixedList<string | (new () => object)>
  readonly entities?: MixedList<new () => object>
  readonly onTrouble?: (error: Error) => void
  /**
   * A statement that has no answer after so long, ms, is given up with its connection: a server whose machine has gone
   * says nothing any more, and by itself TCP believes in it for a quarter of an hour.
   */
  readonly answersWithinMs?: number
}

const STATEMENT_MS = 60_000
/** The server gives up first, where it is still there. */
const PATIENCE_MS = STATEMENT_MS + 5_000
/** From when on a connection that nothing is asked on is asked whether it is there, ms. */
export const ASKED_AFTER_MS = 5_000

const INT8 = 20
/** Our bigints are milliseconds, fen and row numbers, all below 2^53; one that is not must not be rounded quietly. */
pg.types.setTypeParser(INT8, (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database does not fit a number')
  return value
})

/** Connects. An idle connection that breaks is reported, not thrown: the pool replaces it by itself. */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url: options.url,
    synchronize: false,
    migrations: options.migrations as never,
    entities: (options.entities ?? []) as never,
    poolErrorHandler: (error: Error) => options.onTrouble?.(error),
    extra: {
      Client: RememberingClient,
      // A statement is sent without waiting for the answer to the one before; see `together`.
      pipeline: true,
      max: options.pool,
      connectionTimeoutMillis: 5_000,
      statement_timeout: STATEMENT_MS,
      answersWithinMs: options.answersWithinMs ?? PATIENCE_MS,
      // Whoever stands still with a transaction open, as a process that was stopped does, loses it and its locks.
      idle_in_transaction_session_timeout: 20_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: ASKED_AFTER_MS,
    },
  })
  await database.initialize()
  dropSilent(database)
  return database
}

/**
 * What the database lacks for a process to work, in a sentence; `undefined`: it answers, and every table is there that this
 * code was told of. Tables that are newer do no harm: migrations only add. @throws where it does not answer
 */
export async function lackOf(database: DataSource): Promise<string | undefined> {
  const names = database.migrations.map((migration) => migration.name ?? migration.constructor.name)
  if (names.length === 0) return void (await database.query('SELECT 1'))
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM migrations WHERE name = ANY($1::text[])', [names])
  return row?.n === names.length ? undefined : 'The tables are older than the code.'
}

/** The address that a database was opened with, for a thread that needs a connection of its own. A secret: it holds the password. */
export const addressOf = ({ options }: DataSource): string => (options as { readonly url?: string }).url ?? ''

const MIGRATION_LOCK = 7_340_021

/** Brings the tables up to date; processes that start together wait for each other. On connections of its own: it may take its time. */
export async function migrate({ options }: DataSource): Promise<void> {
  const patient = { ...options, extra: { ...(options.extra as object), max: 2, answersWithinMs: PATIENCE_MS } }
  const database = await new DataSource(patient).initialize()
  const runner = database.createQueryRunner()
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await database.runMigrations({ transaction: 'each' })
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    await runner.release()
    await database.destroy()
  }
}
