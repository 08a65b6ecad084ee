import type { SecurityFlaw } from './role-flaws'
import { APPLY } from './role-flaws'
import type { SqlExecutor } from './roles'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'
import { findFlawsOfPrivileges } from './privilege-flaws'
import type { TableAccess } from './table-access'
import { rowRuleNames } from './table-access'

interface FoundTable {
  readonly name: string
  readonly forced: boolean
  readonly of_organisations: boolean
}

interface FoundRule {
  readonly table: string
  readonly name: string
  readonly roles: readonly string[]
  readonly condition: string
}

/** What in the current schema is not as the lists say: row-level security, its policies, grants. For the owner to put right. */
export async function findFlawsOfTables(
  database: SqlExecutor,
  tables: TableAccess,
  prefix: string,
): Promise<SecurityFlaw[]> {
  const found = await database.query<FoundTable[]>(
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced,
       EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'org' AND NOT attisdropped) AS of_organisations
     FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY 1`,
  )
  const open = found.filter(
    ({ name, forced, of_organisations }) => !forced && (of_organisations || isTenants(tables, name)),
  )
  return [
    ...open.map(({ name }) => ({ flaw: `row-level security of the table ${name} is not forced`, fix: APPLY })),
    ...(await findFlawsOfRules(database, tables, prefix, new Set(found.map(({ name }) => name)))),
    ...(await findFlawsOfPrivileges(database, tables, prefix)),
  ]
}

const isTenants = (tables: TableAccess, name: string): boolean =>
  Object.hasOwn(tables, name) && tables[name]?.type === 'tenants'

async function findFlawsOfRules(
  database: SqlExecutor,
  tables: TableAccess,
  prefix: string,
  existing: ReadonlySet<string>,
): Promise<SecurityFlaw[]> {
  const found = await database.query<FoundRule[]>(
    `SELECT tablename AS "table", policyname AS name, roles::text[] AS roles, coalesce(qual, with_check, '') AS condition
     FROM pg_policies WHERE schemaname = current_schema() ORDER BY 1, 2`,
  )
  const flaws: SecurityFlaw[] = []
  for (const [table, access] of Object.entries(tables)) {
    if (access.type !== 'tenants' || !existing.has(table)) continue
    const missing = rowRuleNames(access).filter(
      (name) => !found.some((rule) => rule.table === table && rule.name === name && isSound(rule, prefix)),
    )
    flaws.push(
      ...missing.map((name) => ({
        flaw: `POLICY ${name} of the table ${table} is not as it should be`,
        fix: APPLY,
      })),
    )
  }
  for (const { table, name, roles } of found) {
    const access = Object.hasOwn(tables, table) ? tables[table] : undefined
    if (access?.type === 'tenants' && rowRuleNames(access).includes(name)) continue
    if (!concernsProcesses(roles, prefix)) continue
    flaws.push({
      flaw: `POLICY ${name} of the table ${table} is in no list`,
      fix: `DROP POLICY ${quoteIdentifier(name)} ON ${quoteIdentifier(table)};`,
    })
  }
  return flaws
}

const concernsProcesses = (roles: readonly string[], prefix: string): boolean =>
  roles.some((role) => role === 'public' || PROCESS_ROLES.some((one) => roleName(prefix, one) === role))

/**
 * For processes by the organisations that are named, for `analytics` by the login that asks; without a condition for the owner,
 * and for reading across, each for one role.
 */
function isSound({ name, roles, condition }: FoundRule, prefix: string): boolean {
  const analytics = roleName(prefix, 'analytics')
  switch (name) {
    case 'tenants':
      return (
        condition.includes('shouhou.orgs') &&
        roles.every((role) => concernsProcesses([role], prefix) && role !== 'public' && role !== analytics)
      )
    case 'logins':
      return condition.includes('CURRENT_USER') && roles.join() === analytics
    case 'owner':
      return roles.length === 1 && !concernsProcesses(roles, prefix)
    default:
      return roles.join() === `${prefix}_${name.replace('across_', '')}`
  }
}
