import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { acquireMigrationLock, releaseMigrationLock, whenTablesAreFree } from '../migrations/migrate'
import type { ProcessRole, Queries } from './roles'
import { PROCESS_ROLES, ensureRoles, quoted, roleName } from './roles'
import type { OwnersFunction, TableAccess } from './table-access'
import { statementsFor, statementsForFunction } from './table-access'

export interface SecureOptions {
  /** The prefix of the role names; absent: the one in use, or the database's name. */
  readonly prefix?: string | undefined
  readonly say?: (line: string) => void
}

interface Kept {
  readonly prefix: string
  readonly digest: string
}

/** The prefix of the roles that the policies of this database are for; `undefined`: it has none yet. */
export async function rolePrefixOf(queries: Queries): Promise<string | undefined> {
  const [there] = await queries.query<{ is: boolean }[]>(`SELECT to_regclass('table_security') IS NOT NULL AS is`)
  if (there?.is !== true) return undefined
  const [kept] = await queries.query<Kept[]>('SELECT prefix, digest FROM table_security')
  return kept?.prefix
}

/**
 * Gives every table its grants and policies, and creates the roles that they are for. To be called by the owner after `migrate`.
 * Nothing is changed where they are as declared already, or where the tables are of a newer version than this code.
 * @returns the prefix of the roles; `undefined`: they are missing and this user may not create them, so nothing was changed
 */
export async function secureTables(
  database: DataSource,
  tables: TableAccess,
  options: SecureOptions = {},
): Promise<string | undefined> {
  const runner = database.createQueryRunner()
  try {
    // Two processes that start together must not change the grants of one table at the same moment.
    await acquireMigrationLock(runner)
    return await secureAlone(database, tables, options)
  } finally {
    await releaseMigrationLock(runner)
    await runner.release()
  }
}

async function secureAlone(
  database: DataSource,
  tables: TableAccess,
  { prefix: wanted, say = () => undefined }: SecureOptions,
): Promise<string | undefined> {
  const [names] = await database.query<{ database: string; schema: string }[]>(
    'SELECT current_database() AS database, current_schema() AS schema',
  )
  const inUse = await rolePrefixOf(database)
  const prefix = wanted ?? inUse ?? names?.database ?? ''
  if (await isNewer(database)) return inUse
  if (!(await ensureRoles(database, prefix))) return undefined
  const steps = await stepsFor(database, tables, { prefix, schema: names?.schema ?? 'public' })
  const digest = createHash('sha256').update(JSON.stringify(steps)).digest('hex')
  const [kept] = await database.query<Kept[]>('SELECT prefix, digest FROM table_security')
  if (kept?.digest === digest) return prefix
  for (const statements of steps)
    await whenTablesAreFree(say, () =>
      database.transaction(async (manager) => {
        await manager.query(`SET LOCAL lock_timeout = '800ms'`)
        for (const statement of statements) await manager.query(statement)
      }),
    )
  await database.query(
    `INSERT INTO table_security (prefix, digest) VALUES ($1, $2)
     ON CONFLICT (only_one) DO UPDATE SET prefix = excluded.prefix, digest = excluded.digest`,
    [prefix, digest],
  )
  return prefix
}

async function isNewer({ migrations, manager }: DataSource): Promise<boolean> {
  const ours = migrations.map((migration) => migration.name ?? migration.constructor.name)
  const [row] = await manager.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM migrations WHERE name <> ALL($1::text[])',
    [ours],
  )
  return (row?.n ?? 0) > 0
}

/** The functions of the list that exist in the database. */
async function functionsThere(database: DataSource, tables: TableAccess): Promise<[string, OwnersFunction][]> {
  const all = Object.entries(tables).flatMap(([name, access]): [string, OwnersFunction][] =>
    access.type === 'function' ? [[name, access]] : [],
  )
  const there = await database.query<{ name: string }[]>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regprocedure(name) IS NOT NULL',
    [all.map(([name]) => name)],
  )
  return all.filter(([name]) => there.some((one) => one.name === name))
}

interface Place {
  readonly prefix: string
  readonly schema: string
}

/** The statements, a list for each transaction: a table is never seen with half of its policies. */
async function stepsFor(database: DataSource, tables: TableAccess, { prefix, schema }: Place): Promise<string[][]> {
  const rows = await database.query<{ name: string; owner: string }[]>(
    `SELECT relname AS name, pg_get_userbyid(relowner) AS owner FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = $1::regnamespace ORDER BY relname`,
    [schema],
  )
  const roles = (which: readonly ProcessRole[]): string =>
    which.map((role) => quoted(roleName(prefix, role))).join(', ')
  const functions = await functionsThere(database, tables)
  return [
    [
      `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${roles(PROCESS_ROLES)}`,
      `GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${quoted(schema)} TO ${roles(['gateway', 'worker', 'console'])}`,
    ],
    ...rows.flatMap(({ name, owner }) => {
      const access = Object.hasOwn(tables, name) ? tables[name] : undefined
      return access === undefined || access.type === 'function' ? [] : [statementsFor(name, access, { prefix, owner })]
    }),
    ...functions.map(([name, access]) => statementsForFunction(name, access, prefix)),
  ]
}
