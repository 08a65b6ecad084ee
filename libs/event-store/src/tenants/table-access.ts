import type { ProcessRole } from './roles'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'

/** What each process may do with a table, as in GRANT: `select, insert`, or columns of it. A process that is not named: nothing. */
export type Privileges = Partial<Readonly<Record<ProcessRole, string>>>

/** A table whose rows belong to organisations. */
export interface TenantTable extends Privileges {
  readonly type: 'tenants'
  /** The row's organisation: a column, or an expression over the row. */
  readonly organisation: string
  /** Processes that may read rows of every organisation, and why that is no leak. */
  readonly across: Partial<Readonly<Record<ProcessRole, string>>>
  /** Processes that may also write such rows. */
  readonly writesAcross: readonly ProcessRole[]
  /**
   * The rows that `analytics` reads, as a condition: views of that role are read by logins of one organisation each, and such a
   * login may set `shouhou.orgs` to anything. Absent: none.
   */
  readonly loginRows?: string
}

/** A table of the installation. `because` says why no row of it belongs to an organisation. */
export interface SharedTable extends Privileges {
  readonly type: 'shared'
  readonly because: string
}

/** A function that works with the rights of the owner: only these processes may call it. */
export interface OwnersFunction {
  readonly type: 'function'
  readonly callers: readonly ProcessRole[]
}

/** Every table of a library, by its name. A table of the migrated schema that is in none of these lists fails a test. */
export type TableAccess = Readonly<Record<string, TenantTable | SharedTable | OwnersFunction>>

export const tenantTable = (
  privileges: Omit<Privileges, 'analytics'>,
  {
    organisation = 'org',
    across = {},
    writesAcross = [],
    loginRows,
  }: Partial<Omit<TenantTable, 'type' | ProcessRole>> = {},
): TenantTable => ({
  type: 'tenants',
  organisation,
  across,
  writesAcross,
  ...privileges,
  ...(loginRows === undefined ? {} : { loginRows, analytics: 'select' }),
})

export const sharedTable = (because: string, privileges: Privileges = {}): SharedTable => ({
  type: 'shared',
  because,
  ...privileges,
})

export const ownersFunction = (...callers: readonly ProcessRole[]): OwnersFunction => ({ type: 'function', callers })

/** Every way to read and to change rows. */
export const READS_AND_WRITES = 'select, insert, update, delete'
/** Rows are added and never changed. */
export const APPENDS = 'select, insert'

// The setting is read in a subquery, so that it is evaluated once a statement and not once a row, and an index on the
// organisation can be used.
const NAMED_ORGANISATIONS = `(SELECT nullif(current_setting('shouhou.orgs', true), '')::int[])::int[]`

/** Names of our row-level security policies; `owner` is for migrations and maintenance. */
const RULE_NAMES = ['owner', 'tenants', 'logins', ...PROCESS_ROLES.map((role) => `across_${role}`)]

/** Those of them that a table has. */
export const rowRuleNames = (access: TenantTable): string[] => [
  'owner',
  ...(PROCESS_ROLES.some((role) => role !== 'analytics' && access[role] !== undefined) ? ['tenants'] : []),
  ...(access.loginRows === undefined ? [] : ['logins']),
  ...PROCESS_ROLES.filter((role) => access.across[role] !== undefined).map((role) => `across_${role}`),
]

/** @param name with the types of its arguments */
export const functionSecurityStatements = (name: string, { callers }: OwnersFunction, prefix: string): string[] => [
  `REVOKE ALL ON FUNCTION ${name} FROM ${PROCESS_ROLES.map((role) => quoteIdentifier(roleName(prefix, role))).join(', ')}`,
  ...callers.map((role) => `GRANT EXECUTE ON FUNCTION ${name} TO ${quoteIdentifier(roleName(prefix, role))}`),
]

/** The statements that give a table its grants and policies, whatever it had before. `owner`: the role that owns it. */
export function tableSecurityStatements(
  name: string,
  access: TenantTable | SharedTable,
  { prefix, owner }: { readonly prefix: string; readonly owner: string },
): string[] {
  const table = quoteIdentifier(name)
  const quotedRole = (role: ProcessRole): string => quoteIdentifier(roleName(prefix, role))
  const granted = PROCESS_ROLES.filter((role) => access[role] !== undefined)
  const privileges = [
    `REVOKE ALL ON ${table} FROM ${PROCESS_ROLES.map(quotedRole).join(', ')}`,
    ...granted.map((role) => `GRANT ${access[role] ?? ''} ON ${table} TO ${quotedRole(role)}`),
  ]
  if (access.type === 'shared') return privileges
  const condition = `USING (${access.organisation} = ANY (${NAMED_ORGANISATIONS}))`
  const across = PROCESS_ROLES.filter((role) => access.across[role] !== undefined)
  const byName = granted.filter((role) => role !== 'analytics')
  return [
    ...privileges,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    ...RULE_NAMES.map((rule) => `DROP POLICY IF EXISTS ${rule} ON ${table}`),
    `CREATE POLICY owner ON ${table} TO ${quoteIdentifier(owner)} USING (true)`,
    ...(byName.length === 0
      ? []
      : [`CREATE POLICY tenants ON ${table} TO ${byName.map(quotedRole).join(', ')} ${condition}`]),
    ...(access.loginRows === undefined
      ? []
      : [`CREATE POLICY logins ON ${table} FOR SELECT TO ${quotedRole('analytics')} USING (${access.loginRows})`]),
    ...across.map((role) => {
      const forWhat = access.writesAcross.includes(role) ? 'ALL' : 'SELECT'
      return `CREATE POLICY across_${role} ON ${table} FOR ${forWhat} TO ${quotedRole(role)} USING (true)`
    }),
  ]
}
