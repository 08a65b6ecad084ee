/** The statements that give tables, sequences and functions their grants and policies, whatever they had before. */
import type { ProcessRole } from './roles'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'
import { createRuleSql, ROW_RULE_NAMES, rowRules } from './row-rules'
import type { OwnersFunction, SharedTable, TenantTable } from './table-access'

/** Whose statements take numbers from sequences. */
export const SEQUENCE_USERS: readonly ProcessRole[] = ['gateway', 'worker', 'console']

const listOf = (prefix: string, roles: readonly ProcessRole[]): string =>
  roles.map((role) => quoteIdentifier(roleName(prefix, role))).join(', ')

export const schemaSecurityStatements = (schema: string, prefix: string): string[] => [
  `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${listOf(prefix, PROCESS_ROLES)}`,
]

export const sequenceSecurityStatements = (name: string, prefix: string): string[] => [
  `REVOKE ALL ON SEQUENCE ${quoteIdentifier(name)} FROM ${listOf(prefix, PROCESS_ROLES)}`,
  `GRANT USAGE ON SEQUENCE ${quoteIdentifier(name)} TO ${listOf(prefix, SEQUENCE_USERS)}`,
]

/** @param name with the types of its arguments */
export const functionSecurityStatements = (name: string, { callers }: OwnersFunction, prefix: string): string[] => [
  `REVOKE ALL ON FUNCTION ${name} FROM ${listOf(prefix, PROCESS_ROLES)}`,
  ...callers.map((role) => `GRANT EXECUTE ON FUNCTION ${name} TO ${listOf(prefix, [role])}`),
]

/** `owner`: the role that owns the table. */
export function tableSecurityStatements(
  name: string,
  access: TenantTable | SharedTable,
  { prefix, owner }: { readonly prefix: string; readonly owner: string },
): string[] {
  const table = quoteIdentifier(name)
  const privileges = [
    `REVOKE ALL ON ${table} FROM ${listOf(prefix, PROCESS_ROLES)}`,
    ...PROCESS_ROLES.flatMap((role) =>
      access[role] === undefined ? [] : [`GRANT ${access[role]} ON ${table} TO ${listOf(prefix, [role])}`],
    ),
  ]
  if (access.type === 'shared') return privileges
  return [
    ...privileges,
    `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`,
    ...ROW_RULE_NAMES.map((rule) => `DROP POLICY IF EXISTS ${rule} ON ${table}`),
    ...rowRules(access, { prefix, owner }).map((rule) => createRuleSql(name, rule)),
  ]
}
