import type { ProcessRole } from './roles'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'
import type { TenantTable } from './table-access'

/** A policy of row-level security: tables get it from here, and the check compares with it. It is permissive. */
export interface RowRule {
  readonly name: string
  readonly command: 'ALL' | 'SELECT'
  readonly roles: readonly string[]
  /** For rows that are read and, as no other condition is given, for those that are written. */
  readonly using: string
}

// The setting is read in a subquery, so that it is evaluated once a statement and not once a row, and an index on the
// organisation can be used.
const NAMED_ORGANISATIONS = `(SELECT nullif(current_setting('shouhou.orgs', true), '')::int[])::int[]`

/** All names that our policies have; `owner` is for migrations and maintenance. */
export const ROW_RULE_NAMES = ['owner', 'tenants', 'logins', ...PROCESS_ROLES.map((role) => `across_${role}`)]

/** The policies of a table. `owner`: the role that owns it. */
export function rowRules(
  access: TenantTable,
  { prefix, owner }: { readonly prefix: string; readonly owner: string },
): RowRule[] {
  const namesOf = (roles: readonly ProcessRole[]): string[] => roles.map((role) => roleName(prefix, role))
  const byName = PROCESS_ROLES.filter((role) => role !== 'analytics' && access[role] !== undefined)
  const across = PROCESS_ROLES.filter((role) => access.across[role] !== undefined)
  const all: RowRule[] = [
    { name: 'owner', command: 'ALL', roles: [owner], using: 'true' },
    {
      name: 'tenants',
      command: 'ALL',
      roles: namesOf(byName),
      using: `${access.organisation} = ANY (${NAMED_ORGANISATIONS})`,
    },
    ...(access.loginRows === undefined
      ? []
      : [{ name: 'logins', command: 'SELECT' as const, roles: namesOf(['analytics']), using: access.loginRows }]),
    ...across.map((role): RowRule => ({
      name: `across_${role}`,
      command: access.writesAcross.includes(role) ? 'ALL' : 'SELECT',
      roles: namesOf([role]),
      using: 'true',
    })),
  ]
  return all.filter(({ roles }) => roles.length > 0)
}

export const createRuleSql = (table: string, { name, command, roles, using }: RowRule): string =>
  `CREATE POLICY ${name} ON ${quoteIdentifier(table)} FOR ${command} TO ${roles.map(quoteIdentifier).join(', ')} USING (${using})`
