import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { acquireMigrationLock, releaseMigrationLock, retryWhileTablesLocked } from '../migrations/migrate'
import type { SqlExecutor } from './roles'
import { ensureRoles } from './roles'
import type { OwnersFunction, TableAccess } from './table-access'
import {
  functionSecurityStatements,
  schemaSecurityStatements,
  sequenceSecurityStatements,
  tableSecurityStatements,
} from './security-statements'

export interface SecureOptions {
  /** The prefix of the role names; absent: the one in use, or the database's name. */
  readonly prefix?: string | undefined
  readonly report?: (line: string) => void
  /** Also where the lists were applied already: undoes what was changed by hand. */
  readonly again?: boolean
}

/** What `secureTables` applied last; `digest` is that of all its statements. */
interface AppliedSecurity {
  readonly prefix: string
  readonly digest: string
}

/** The prefix of the roles that the policies of this database are for; `undefined`: it has none yet. */
export async function readRolePrefix(database: SqlExecutor): Promise<string | undefined> {
  const [existing] = await database.query<{ is: boolean }[]>(`SELECT to_regclass('table_security') IS NOT NULL AS is`)
  if (existing?.is !== true) return undefined
  const [applied] = await database.query<AppliedSecurity[]>('SELECT prefix, digest FROM table_security')
  return applied?.prefix
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
    return await secureTablesLocked(database, tables, options)
  } finally {
    await releaseMigrationLock(runner)
    await runner.release()
  }
}

async function secureTablesLocked(
  database: DataSource,
  tables: TableAccess,
  { prefix: configuredPrefix, report = () => undefined, again = false }: SecureOptions,
): Promise<string | undefined> {
  const [names] = await database.query<{ database: string; schema: string }[]>(
    'SELECT current_database() AS database, current_schema() AS schema',
  )
  const prefixInUse = await readRolePrefix(database)
  const prefix = configuredPrefix ?? prefixInUse ?? names?.database ?? ''
  if (await isSchemaNewer(database)) return prefixInUse
  if (!(await ensureRoles(database, prefix))) return undefined
  const steps = await listSecurityStatements(database, tables, { prefix, schema: names?.schema ?? 'public' })
  const digest = createHash('sha256').update(JSON.stringify(steps)).digest('hex')
  const [applied] = await database.query<AppliedSecurity[]>('SELECT prefix, digest FROM table_security')
  if (applied?.digest === digest && !again) return prefix
  for (const statements of steps)
    await retryWhileTablesLocked(report, () =>
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

async function isSchemaNewer({ migrations, manager }: DataSource): Promise<boolean> {
  const knownNames = migrations.map((migration) => migration.name ?? migration.constructor.name)
  const [row] = await manager.query<{ n: number }[]>(
    'SELECT count(*)::int AS n FROM migrations WHERE name <> ALL($1::text[])',
    [knownNames],
  )
  return (row?.n ?? 0) > 0
}

/** The functions of the list that exist in the database: those of newer migrations may be missing. */
async function findExistingFunctions(database: DataSource, tables: TableAccess): Promise<[string, OwnersFunction][]> {
  const all = Object.entries(tables).flatMap(([name, access]): [string, OwnersFunction][] =>
    access.type === 'function' ? [[name, access]] : [],
  )
  const existing = await database.query<{ name: string }[]>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE to_regprocedure(name) IS NOT NULL',
    [all.map(([name]) => name)],
  )
  return all.filter(([name]) => existing.some((one) => one.name === name))
}

interface SecuredSchema {
  readonly prefix: string
  readonly schema: string
}

/** The statements, a list for each transaction: a table is never seen with half of its policies. */
async function listSecurityStatements(
  database: DataSource,
  tables: TableAccess,
  { prefix, schema }: SecuredSchema,
): Promise<string[][]> {
  const rows = await database.query<{ name: string; owner: string; is_sequence: boolean }[]>(
    `SELECT relname AS name, pg_get_userbyid(relowner) AS owner, relkind = 'S' AS is_sequence FROM pg_class
     WHERE relkind IN ('r', 'p', 'S') AND relnamespace = $1::regnamespace ORDER BY relname`,
    [schema],
  )
  const sequences = rows.filter(({ is_sequence }) => is_sequence)
  const functions = await findExistingFunctions(database, tables)
  return [
    schemaSecurityStatements(schema, prefix),
    sequences.flatMap(({ name }) => sequenceSecurityStatements(name, prefix)),
    ...rows.flatMap(({ name, owner }) => {
      const access = Object.hasOwn(tables, name) ? tables[name] : undefined
      return access === undefined || access.type === 'function'
        ? []
        : [tableSecurityStatements(name, access, { prefix, owner })]
    }),
    ...functions.map(([name, access]) => functionSecurityStatements(name, access, prefix)),
  ]
}
