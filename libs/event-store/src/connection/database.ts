import pg from 'pg'
import type { MixedList } from 'typeorm'
import { DataSource, getMetadataArgsStorage } from 'typeorm'
import { connectionOptionsOf } from './connection-options'
import { ignorePgVariables } from './pg-environment'
import { dropSilent } from './pool'
import { PreparingClient } from '../sql/prepared'

export interface DatabaseOptions {
  readonly url: string
  /** Connections of this process. */
  readonly pool: number
  // TypeORM wants constructors of any shape here; so does its own type.
  readonly migrations: MixedList<string | (new () => object)>
  readonly onTrouble?: (error: Error) => void
  /** How long a statement may take, ms; then the server gives it up. Default: a minute. */
  readonly answersWithinMs?: number
}

const MINUTE = 60_000
const CONNECTED_WITHIN_MS = 5_000
/**
 * Where the server does not report the timeout either, the connection is dropped: a machine that has gone answers nothing, and by
 * itself TCP believes in it for a quarter of an hour. So is a commit that waits for a standby which has gone.
 */
const SILENT_AFTER_MS = 500

const patienceOf = (answersWithinMs: number): object => ({
  statement_timeout: answersWithinMs,
  answersWithinMs: answersWithinMs + SILENT_AFTER_MS,
  connectionTimeoutMillis: Math.min(CONNECTED_WITHIN_MS, answersWithinMs),
})

/** From when on a connection that nothing is asked on is asked whether it is there, ms. */
export const ASKED_AFTER_MS = 5_000

const INT8 = 20
/** Our bigints are milliseconds, fen and row numbers, all below 2^53; one that is not must not be rounded quietly. */
pg.types.setTypeParser(INT8, (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database does not fit a number')
  return value
})

const addresses = new WeakMap<DataSource, string>()

/**
 * Connects. An idle connection that breaks is reported, not thrown: the pool replaces it by itself.
 * @throws UnusableDatabaseUrl for an address that does not say how to connect, or leads elsewhere in plain text by accident
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  ignorePgVariables()
  const { user, applicationName, options: sessionOptions, ...server } = connectionOptionsOf(options.url)
  const database = new DataSource({
    type: 'postgres',
    ...server,
    username: user,
    ...(applicationName === undefined ? {} : { applicationName }),
    synchronize: false,
    migrations: options.migrations as never,
    // Every entity that this process has loaded, as Nest's `autoLoadEntities` does: no opener can forget one.
    entities: getMetadataArgsStorage().tables.map(({ target }) => target),
    poolErrorHandler: (error: Error) => options.onTrouble?.(error),
    extra: {
      Client: PreparingClient,
      // A statement is sent without waiting for the answer to the one before; see `together`.
      pipeline: true,
      max: options.pool,
      ...(sessionOptions === undefined ? {} : { options: sessionOptions }),
      ...patienceOf(options.answersWithinMs ?? MINUTE),
      // A connection idle in a transaction, as of a stopped process, loses the transaction and its locks.
      idle_in_transaction_session_timeout: 20_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: ASKED_AFTER_MS,
    },
  })
  addresses.set(database, options.url)
  await database.initialize()
  dropSilent(database)
  return database
}

/**
 * What the database lacks for a process to work, in a sentence; `undefined`: it answers, and every table is there that this
 * code has a migration for. Tables that are newer do no harm: migrations only add. @throws where it does not answer
 */
export async function schemaMismatch(database: DataSource): Promise<string | undefined> {
  const names = database.migrations.map((migration) => migration.name ?? migration.constructor.name)
  if (names.length === 0) return void (await database.query('SELECT 1'))
  const [row] = await database.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM migrations WHERE name = ANY($1::text[])',
    [names],
  )
  return row?.n === names.length ? undefined : 'The tables are older than the code.'
}

/**
 * Which settings of the server let it say that something is kept before it is: with one of them off, a crash of the server loses
 * what we have acknowledged. Empty: it keeps its word.
 */
export async function unsafeDurabilitySettings(database: DataSource): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`,
  )
  return rows.map(({ name }) => name)
}

/** The address that a database was opened with, for a thread that needs a connection of its own. A secret: it holds the password. */
export const addressOf = (database: DataSource): string => addresses.get(database) ?? ''
