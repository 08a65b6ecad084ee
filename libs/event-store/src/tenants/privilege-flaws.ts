import type { SecurityFlaw } from './role-flaws'
import { APPLY } from './role-flaws'
import type { ProcessRole, SqlExecutor } from './roles'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'
import { SEQUENCE_USERS } from './security-statements'
import type { TableAccess } from './table-access'

/** One privilege of one role, e.g. `SELECT (id) on message to shouhou_gateway`. */
interface GrantedPrivilege {
  /** As GRANT names it; empty: a table or a view. */
  readonly kind: '' | 'SEQUENCE' | 'FUNCTION' | 'SCHEMA'
  readonly privilege: string
  readonly object: string
  readonly role: string
}

const PUBLIC = 'PUBLIC'
const textOf = ({ privilege, object, role }: GrantedPrivilege): string => `${privilege} on ${object} to ${role}`

const GRANTED_PRIVILEGES = `
  WITH owned AS (SELECT * FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND relnamespace = current_schema()::regnamespace),
  granted AS (
    SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE '' END AS kind, relname::text AS object, privilege_type AS privilege, grantee
    FROM owned, aclexplode(relacl)
    UNION ALL
    SELECT '', relname::text, privilege_type || ' (' || attname || ')', grantee
    FROM owned JOIN pg_attribute ON attrelid = owned.oid, aclexplode(attacl)
    UNION ALL
    SELECT 'FUNCTION', oid::regprocedure::text, privilege_type, grantee
    FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
    WHERE prosecdef AND pronamespace = current_schema()::regnamespace
    UNION ALL
    SELECT 'SCHEMA', nspname::text, privilege_type, grantee FROM pg_namespace, aclexplode(nspacl) WHERE nspname = current_schema()
  )
  SELECT kind, object, privilege, CASE grantee WHEN 0 THEN '${PUBLIC}' ELSE pg_get_userbyid(grantee) END AS role FROM granted
  WHERE grantee = 0 OR pg_get_userbyid(grantee) = ANY($1::text[])`

/** Privileges that processes lack, or have beyond the lists; and those of PUBLIC. */
export async function findFlawsOfPrivileges(
  database: SqlExecutor,
  tables: TableAccess,
  prefix: string,
): Promise<SecurityFlaw[]> {
  const [names] = await database.query<{ schema: string; objects: string[]; sequences: string[] }[]>(
    `SELECT current_schema() AS schema, array(
       SELECT name FROM unnest($1::text[]) AS name WHERE to_regclass(quote_ident(name)) IS NOT NULL OR to_regprocedure(name) IS NOT NULL
     ) AS objects, array(
       SELECT relname::text FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace ORDER BY 1
     ) AS sequences`,
    [Object.keys(tables)],
  )
  const { schema = '', objects = [], sequences = [] } = names ?? {}
  const usageOf = (kind: GrantedPrivilege['kind'], object: string, roles: readonly ProcessRole[]): GrantedPrivilege[] =>
    roles.map((role) => ({ kind, privilege: 'USAGE', object, role: roleName(prefix, role) }))
  const wanted = [
    ...usageOf('SCHEMA', schema, PROCESS_ROLES),
    ...sequences.flatMap((sequence) => usageOf('SEQUENCE', sequence, SEQUENCE_USERS)),
    ...objects.flatMap((object) => privilegesOf(object, tables, prefix)),
  ]
  const found = await database.query<GrantedPrivilege[]>(GRANTED_PRIVILEGES, [
    PROCESS_ROLES.map((role) => roleName(prefix, role)),
  ])
  const [wantedTexts, foundTexts] = [wanted, found].map((all) => new Set(all.map(textOf))) as [Set<string>, Set<string>]
  // Looking up names in the schema `public` is allowed to all roles of a server: it shows no row.
  const harmless = (one: GrantedPrivilege): boolean =>
    one.role === PUBLIC && one.kind === 'SCHEMA' && one.privilege === 'USAGE'
  return [
    ...wanted
      .filter((one) => !foundTexts.has(textOf(one)))
      .map((one) => ({ flaw: `missing: ${textOf(one)}`, fix: APPLY })),
    ...found
      .filter((one) => !wantedTexts.has(textOf(one)) && !harmless(one))
      .map((one) => ({ flaw: `in no list: ${textOf(one)}`, fix: revokeSql(one) })),
  ]
}

const revokeSql = ({ kind, privilege, object, role }: GrantedPrivilege): string => {
  // The name of a function contains the types of its arguments and is quoted already.
  const name = kind === 'FUNCTION' ? object : quoteIdentifier(object)
  const what = kind === '' ? name : `${kind} ${name}`
  return `REVOKE ${privilege} ON ${what} FROM ${role === PUBLIC ? PUBLIC : quoteIdentifier(role)};`
}

function privilegesOf(object: string, tables: TableAccess, prefix: string): GrantedPrivilege[] {
  const access = tables[object]
  if (access === undefined) return []
  return PROCESS_ROLES.flatMap((process): GrantedPrivilege[] => {
    const role = roleName(prefix, process)
    if (access.type === 'function')
      return access.callers.includes(process) ? [{ kind: 'FUNCTION', privilege: 'EXECUTE', object, role }] : []
    return privilegesIn(access[process] ?? '').map((privilege) => ({ kind: '', privilege, object, role }))
  })
}

/** `select (id, org), insert` as `SELECT (id)`, `SELECT (org)`, `INSERT`. */
export const privilegesIn = (list: string): string[] =>
  [...list.matchAll(/(\w+)(?:\s*\(([^)]*)\))?/g)].flatMap(([, name = '', columns]) =>
    columns === undefined
      ? [name.toUpperCase()]
      : columns.split(',').map((column) => `${name.toUpperCase()} (${column.trim()})`),
  )
