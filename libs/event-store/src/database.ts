import pg from 'pg'
import type { MixedList } from 'typeorm'
import { DataSource } from 'typeorm'
import { RememberingClient } from './remembered'

export interface DatabaseOptions {
  readonly url: string
  /** Connections of this process. */
  readonly pool: number
  // TypeORM wants constructors of any shape here; so does its own type.
  readonly migrations: MixedList<string | (new () => object)>
  readonly entities?: MixedList<new () => object>
  readonly onTrouble?: (error: Error) => void
}

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
      statement_timeout: 60_000,
      // Whoever stands still with a transaction open, as a process that was stopped does, loses it and its locks.
      idle_in_transaction_session_timeout: 20_000,
      keepAlive: true,
    },
  })
  return database.initialize()
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

/** Brings the tables up to date; processes that start together wait for each other. */
export async function migrate(database: DataSource): Promise<void> {
  const runner = database.createQueryRunner()
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await database.runMigrations({ transaction: 'each' })
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
    await runner.release()
  }
}
