/** The processes that connect with a role of their own. None is a superuser, none owns a table, none passes row-level security. */
export const PROCESS_ROLES = ['gateway', 'worker', 'console', 'analytics'] as const
export type ProcessRole = (typeof PROCESS_ROLES)[number]

/** Roles belong to the whole server: two installations on it differ by this prefix. By default it is the database's name. */
export const roleName = (prefix: string, role: ProcessRole): string => `${prefix}_${role}`

export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`

const ROLE_ATTRIBUTES = 'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT'
/** PostgreSQL cuts longer names (`NAMEDATALEN` is 64), so two roles could become one. */
const MAX_NAME_BYTES = 63

/** Without a password: the administrator who makes the addresses sets it. */
export const createRoleSql = (prefix: string, role: ProcessRole): string =>
  `CREATE ROLE ${quoteIdentifier(roleName(prefix, role))} ${ROLE_ATTRIBUTES}`

/** A database, a transaction or a query runner: whatever sends statements. */
export interface SqlExecutor {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

interface FoundRole {
  readonly name: string
  readonly overprivileged: boolean
}

/** Missing roles of a prefix, and those with more rights than a process should have. Both empty: all is right. */
export async function findRoleFlaws(
  database: SqlExecutor,
  prefix: string,
): Promise<{ readonly missing: readonly ProcessRole[]; readonly overprivileged: readonly string[] }> {
  const names = PROCESS_ROLES.map((role) => roleName(prefix, role))
  const tooLong = names.find((name) => Buffer.byteLength(name) > MAX_NAME_BYTES)
  if (tooLong !== undefined)
    throw new Error(`DATABASE_ROLES: ${tooLong} is longer than a role of PostgreSQL may be called`)
  const existingRoles = await database.query<FoundRole[]>(
    `SELECT rolname AS name, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication AS overprivileged
     FROM pg_roles WHERE rolname = ANY($1::text[])`,
    [names],
  )
  return {
    missing: PROCESS_ROLES.filter((role) => !existingRoles.some(({ name }) => name === roleName(prefix, role))),
    overprivileged: existingRoles.filter(({ overprivileged }) => overprivileged).map(({ name }) => name),
  }
}

/** PostgreSQL's `insufficient_privilege`. */
const INSUFFICIENT_PRIVILEGE = '42501'
/** `duplicate_object` or `unique_violation`: another process created it at the same moment. */
const ALREADY_EXISTS: readonly unknown[] = ['42710', '23505']

/**
 * Creates the roles that are missing, and grants them to this user. `false`: this user may not create roles; an administrator
 * has to.
 * @throws Error where a role of that name may do more than a process should
 */
export async function ensureRoles(database: SqlExecutor, prefix: string): Promise<boolean> {
  const { missing, overprivileged } = await findRoleFlaws(database, prefix)
  if (overprivileged.length > 0)
    throw new Error(
      `the roles ${overprivileged.join(', ')} may do more than a process should: ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION`,
    )
  for (const role of missing) {
    const errorCode = await expectedErrorCode(database.query(createRoleSql(prefix, role)))
    if (errorCode === INSUFFICIENT_PRIVILEGE) return false
  }
  // Since PostgreSQL 16 the creator of a role may grant it to itself, and has to before it may act as it.
  const foreign = await findUnsettableRoles(database, prefix)
  if (foreign.length > 0) await expectedErrorCode(database.query(grantToOwnerSql(foreign)))
  return true
}

const grantToOwnerSql = (roles: readonly string[]): string =>
  `GRANT ${roles.map(quoteIdentifier).join(', ')} TO CURRENT_USER`

/** The roles of a prefix that this user may not act as (`SET ROLE`). */
export async function findUnsettableRoles(database: SqlExecutor, prefix: string, user?: string): Promise<string[]> {
  const rows = await database.query<{ name: string }[]>(
    `SELECT rolname AS name FROM pg_roles WHERE rolname = ANY($1::text[]) AND NOT pg_has_role(coalesce($2, current_user)::name, oid,
       CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END) ORDER BY rolname`,
    [PROCESS_ROLES.map((role) => roleName(prefix, role)), user ?? null],
  )
  return rows.map(({ name }) => name)
}

/** The code of an expected failure; `undefined`: success. Other failures are thrown. */
const expectedErrorCode = (statement: Promise<unknown>): Promise<string | undefined> =>
  statement.then(
    () => undefined,
    (error: { code?: string }) => {
      if (error.code === INSUFFICIENT_PRIVILEGE || ALREADY_EXISTS.includes(error.code)) return error.code
      throw error
    },
  )
