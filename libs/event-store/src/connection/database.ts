import pg from 'pg'
import type { MixedList } from 'typeorm'
import { DataSource, getMetadataArgsStorage } from 'typeorm'
import { parseDatabaseUrl } from './connection-options'
import { ignorePgVariables } from './pg-environment'
import { dropUnresponsiveConnections } from './pool'
import { PreparingClient } from '../sql/prepared-statements'

export interface DatabaseOptions {
  readonly url: string
  /** The largest number of connections of this process. */
  readonly pool: number
  /** Classes of migrations, or path patterns: the type of TypeORM's own option. */
  readonly migrations: MixedList<string | (new () => object)>
  readonly onConnectionError?: (error: Error) => void
  /** How long a statement may take, ms; then the server cancels it. Default: a minute. */
  readonly statementTimeoutMs?: number
}

const MINUTE = 60_000
/** Opening a connection takes milliseconds; after this time the server is taken for unreachable. */
const CONNECT_TIMEOUT_MS = 5_000
/**
 * How long after a statement's timeout the connection itself is dropped. A dead machine reports no timeout, and TCP
 * alone would take a quarter of an hour to notice; a commit that waits for a dead standby is dropped the same way.
 */
const CLIENT_TIMEOUT_MARGIN_MS = 500

const timeoutSettings = (statementTimeoutMs: number): object => ({
  statement_timeout: statementTimeoutMs,
  clientTimeoutMs: statementTimeoutMs + CLIENT_TIMEOUT_MARGIN_MS,
  connectionTimeoutMillis: Math.min(CONNECT_TIMEOUT_MS, statementTimeoutMs),
})

/** An idle connection sends TCP keep-alives after this time, so that firewalls keep it and a dead server is noticed. */
export const KEEP_ALIVE_AFTER_MS = 5_000

/** The type id (OID) of `bigint` in PostgreSQL's `pg_type`. */
const INT8 = 20
// Without a parser, `pg` returns a bigint as text. Ours are milliseconds, fen and row numbers, all below 2^53; a larger one is
// an error, never rounded.
pg.types.setTypeParser(INT8, (text: string) => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint of the database does not fit a number')
  return value
})

const urls = new WeakMap<DataSource, string>()

/**
 * Connects. An idle connection that breaks is reported, not thrown: the pool replaces it by itself.
 * @throws UnusableDatabaseUrl for an address that is malformed, or that leads to another host without TLS by accident
 */
export async function openDatabase(options: DatabaseOptions): Promise<DataSource> {
  ignorePgVariables()
  const { user, applicationName, options: sessionOptions, ...server } = parseDatabaseUrl(options.url)
  const database = new DataSource({
    type: 'postgres',
    ...server,
    username: user,
    ...(applicationName === undefined ? {} : { applicationName }),
    synchronize: false,
    migrations: options.migrations as never,
    // Every entity that this process has loaded, as Nest's `autoLoadEntities` does: no opener can forget one.
    entities: getMetadataArgsStorage().tables.map(({ target }) => target),
    poolErrorHandler: (error: Error) => options.onConnectionError?.(error),
    extra: {
      Client: PreparingClient,
      // A statement is sent without waiting for the answer to the one before; see `awaitPipelined`.
      pipeline: true,
      max: options.pool,
      ...(sessionOptions === undefined ? {} : { options: sessionOptions }),
      ...timeoutSettings(options.statementTimeoutMs ?? MINUTE),
      // A process that is stopped within a transaction would keep its locks forever; so the server ends the transaction.
      idle_in_transaction_session_timeout: 20_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    },
  })
  urls.set(database, options.url)
  await database.initialize()
  dropUnresponsiveConnections(database)
  return database
}

/**
 * Why a process cannot work on this database, in a sentence; `undefined`: it answers, and every migration of this code is
 * applied. Newer tables do no harm: migrations only add. @throws where the database does not answer
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
 * Settings of the server that let it confirm a commit before it is durable: with one of them off, a crash loses what we
 * have acknowledged. Empty: commits are durable.
 */
export async function unsafeDurabilitySettings(database: DataSource): Promise<readonly string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') AND setting = 'off' ORDER BY name`,
  )
  return rows.map(({ name }) => name)
}

/** The address that a database was opened with, for a thread that needs a connection of its own. A secret: it holds the password. */
export const databaseUrlOf = (database: DataSource): string => urls.get(database) ?? ''
