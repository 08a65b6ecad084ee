import type { DataSource } from 'typeorm'
import type { Vault } from '#access'
import { ACCESS_TABLES, verifyKeys } from '#access'
import type { ProcessRole, TableAccess } from '#event-store'
import {
  EVENT_STORE_TABLES,
  PROCESS_ROLES,
  databaseUrlAs,
  findUnsettableRoles,
  migrate,
  openDatabase,
  roleName,
  readRolePrefix,
  schemaMismatch,
  secureTables,
} from '#event-store'

export interface DatabaseAccess {
  readonly databaseUrl: string
  /** The address of the tables' owner, for migrations; absent: `databaseUrl` is the owner's, or the tables are ready. */
  readonly ownerUrl?: string | undefined
  /** What the names of the roles begin with; absent: the prefix in use, or the database's name. */
  readonly rolePrefix?: string | undefined
  /** The role that the process works with; absent: it works as the owner. */
  readonly role?: ProcessRole | undefined
  /** The tables of the libraries beside `event-store` and `access`. */
  readonly tables: TableAccess
}

/** A process that connects with its own role cannot bring the tables up to date. */
export class TablesTooOld extends Error {
  constructor() {
    super('the tables are older than this version; start one process with DATABASE_OWNER_URL first')
  }
}

/**
 * Brings tables, roles and row-level security up to date where the address is the owner's, and checks the keys.
 * @returns the database URL that the process works with: that of its role, where the role exists
 */
export async function prepareDatabase(
  { databaseUrl, ownerUrl, rolePrefix, role, tables }: DatabaseAccess,
  migrations: readonly (new () => object)[],
  vault: Vault,
  report: (line: string) => void,
): Promise<string> {
  const database = await openDatabase({ url: ownerUrl ?? databaseUrl, pool: 2, migrations: [...migrations] })
  try {
    if (await isProcessRole(database)) {
      if ((await schemaMismatch(database)) !== undefined) throw new TablesTooOld()
      return databaseUrl
    }
    await migrate(database, { report })
    const prefix = await secureTables(
      database,
      { ...EVENT_STORE_TABLES, ...ACCESS_TABLES, ...tables },
      { prefix: rolePrefix, report },
    )
    await verifyKeys(database, vault)
    if (role === undefined || ownerUrl !== undefined) return databaseUrl
    if (prefix !== undefined && !(await findUnsettableRoles(database, prefix)).includes(roleName(prefix, role)))
      return databaseUrlAs(databaseUrl, roleName(prefix, role))
    report(
      `row-level security is OFF: ${prefix === undefined ? 'the roles are missing and this user may not create them' : `this user may not act as ${roleName(prefix, role)}`}. ` +
        '`npm run database -- roles` prints what an administrator has to run (see Roles of the database in apps/README.md)',
    )
    return databaseUrl
  } finally {
    await database.destroy()
  }
}

async function isProcessRole(database: DataSource): Promise<boolean> {
  const [currentUser] = await database.query<{ name: string }[]>('SELECT current_user AS name')
  const prefix = await readRolePrefix(database).catch(() => undefined)
  return prefix !== undefined && PROCESS_ROLES.some((role) => roleName(prefix, role) === currentUser?.name)
}

/** A warning where row-level security does not hold for the user that the process works as; `undefined`: it holds. */
export async function roleWarning(database: DataSource): Promise<string | undefined> {
  const [currentUser] = await database.query<{ name: string; strong: boolean; owns: boolean }[]>(
    `SELECT current_user AS name, rolsuper OR rolbypassrls AS strong,
       EXISTS (SELECT FROM pg_class WHERE relname = 'event' AND relnamespace = current_schema()::regnamespace AND relowner = r.oid) AS owns
     FROM pg_roles r WHERE rolname = current_user`,
  )
  if (currentUser === undefined || !(currentUser.strong || currentUser.owns)) return undefined
  return `this process works as ${currentUser.name}, for whom row-level security does not hold; see Roles of the database in apps/README.md`
}
