import type { SqlExecutor } from './roles'
import { PROCESS_ROLES, createRoleSql, findRoleFlaws, findUnsettableRoles, quoteIdentifier, roleName } from './roles'

/** What is not as it should be, and what puts it right: SQL, or a command. */
export interface SecurityFlaw {
  readonly flaw: string
  readonly fix: string
}

/** Applies the lists of the tables again, whatever was changed by hand. */
export const APPLY = 'npm run database -- apply'

export interface RoleChecks {
  readonly prefix: string
  /** Each process has an address that logs in as its role: the owner need not act as it. */
  readonly ownAddresses: boolean
}

/** Statistics of other roles are hidden from an owner without this. */
const READS_STATISTICS = 'pg_read_all_stats'

/** What only an administrator of the server can put right: the roles themselves, and what the owner may do with them. */
export async function findFlawsOfRoles(
  database: SqlExecutor,
  { prefix, ownAddresses }: RoleChecks,
): Promise<SecurityFlaw[]> {
  const { missing, overprivileged } = await findRoleFlaws(database, prefix)
  const owner = await ownerOfTables(database)
  const unsettable = ownAddresses
    ? []
    : [...missingNames(prefix, missing), ...(await findUnsettableRoles(database, prefix, owner))]
  return [
    ...missing.map((role) => ({
      flaw: `the role ${roleName(prefix, role)} does not exist`,
      fix: `${createRoleSql(prefix, role)};`,
    })),
    ...(await attributesOf(database, overprivileged)),
    ...unsettable.map((name) => ({
      flaw: `the owner ${owner} may not act as ${name}`,
      fix: `GRANT ${quoteIdentifier(name)} TO ${quoteIdentifier(owner)};`,
    })),
    ...(await membershipsOf(database, prefix)),
    ...(await possessionsOf(database, prefix, owner)),
    ...(await hiddenStatistics(database, owner)),
  ]
}

const missingNames = (prefix: string, missing: readonly (typeof PROCESS_ROLES)[number][]): string[] =>
  missing.map((role) => roleName(prefix, role))

const namesOf = (prefix: string): string[] => PROCESS_ROLES.map((role) => roleName(prefix, role))

/** Before the first migration: the present user. */
async function ownerOfTables(database: SqlExecutor): Promise<string> {
  const [row] = await database.query<{ owner: string }[]>(
    `SELECT coalesce((SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = to_regclass('migrations')), current_user) AS owner`,
  )
  return row?.owner ?? ''
}

interface RoleAttributes {
  readonly name: string
  readonly attributes: readonly string[]
}

async function attributesOf(database: SqlExecutor, names: readonly string[]): Promise<SecurityFlaw[]> {
  const rows = await database.query<RoleAttributes[]>(
    `SELECT rolname AS name, array_remove(ARRAY[
       CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END,
       CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolcreatedb THEN 'CREATEDB' END,
       CASE WHEN rolreplication THEN 'REPLICATION' END], NULL) AS attributes
     FROM pg_roles WHERE rolname = ANY($1::text[]) ORDER BY 1`,
    [names],
  )
  return rows.map(({ name, attributes }) => ({
    flaw: `the role ${name} has ${attributes.join(', ')}`,
    fix: `ALTER ROLE ${quoteIdentifier(name)} ${attributes.map((one) => `NO${one}`).join(' ')};`,
  }))
}

/** A process has what is granted to its role, and nothing by way of another. */
async function membershipsOf(database: SqlExecutor, prefix: string): Promise<SecurityFlaw[]> {
  const rows = await database.query<{ name: string; of: string }[]>(
    `SELECT DISTINCT m.rolname AS name, r.rolname AS of FROM pg_auth_members a
     JOIN pg_roles m ON m.oid = a.member JOIN pg_roles r ON r.oid = a.roleid WHERE m.rolname = ANY($1::text[]) ORDER BY 1, 2`,
    [namesOf(prefix)],
  )
  return rows.map(({ name, of }) => ({
    flaw: `the role ${name} is a member of ${of}`,
    fix: `REVOKE ${quoteIdentifier(of)} FROM ${quoteIdentifier(name)};`,
  }))
}

/** The one thing that a role owns: the views of analysts, whose rows are those that it may see. They are checked by themselves. */
const VIEWS_OF_ANALYSTS = `
  SELECT c.oid FROM pg_class c JOIN pg_namespace s ON s.oid = relnamespace WHERE relkind = 'v' AND nspname = 'analytics'`

async function possessionsOf(database: SqlExecutor, prefix: string, owner: string): Promise<SecurityFlaw[]> {
  const rows = await database.query<{ name: string; n: number }[]>(
    `SELECT rolname AS name, count(*)::int AS n FROM pg_shdepend JOIN pg_roles r ON r.oid = refobjid
     WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' AND rolname = ANY($1::text[])
       AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND NOT (rolname = $2 AND classid = 'pg_class'::regclass AND objid IN (${VIEWS_OF_ANALYSTS})) GROUP BY 1 ORDER BY 1`,
    [namesOf(prefix), roleName(prefix, 'analytics')],
  )
  return rows.map(({ name, n }) => ({
    flaw: `the role ${name} owns ${n} ${n === 1 ? 'object' : 'objects'}`,
    fix: `REASSIGN OWNED BY ${quoteIdentifier(name)} TO ${quoteIdentifier(owner)};`,
  }))
}

/** `feed_stall_ms()` has the rights of the owner: it would answer that no transaction of another role is open. */
async function hiddenStatistics(database: SqlExecutor, owner: string): Promise<SecurityFlaw[]> {
  const [row] = await database.query<{ may: boolean }[]>(
    `SELECT pg_has_role($1::name, '${READS_STATISTICS}', 'USAGE') AS may`,
    [owner],
  )
  return row?.may === true
    ? []
    : [
        {
          flaw: `the owner ${owner} does not see how long transactions of other roles are open, so feed_stall_ms() and its alert stay at 0`,
          fix: `GRANT ${READS_STATISTICS} TO ${quoteIdentifier(owner)};`,
        },
      ]
}
