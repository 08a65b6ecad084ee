import type { DataSource } from 'typeorm'
import type { SecurityFlaw } from './role-flaws'
import { APPLY } from './role-flaws'
import { PROCESS_ROLES, quoteIdentifier, roleName } from './roles'
import type { RowRule } from './row-rules'
import { createRuleSql, rowRules } from './row-rules'
import type { TableAccess } from './table-access'
import { tenantTableOf } from './table-access'

interface FoundRule {
  readonly table: string
  readonly name: string
  readonly roles: readonly string[]
  /** Everything else of it, to be compared with that of the policy as we make it. */
  readonly rest: string
}

const SELECT_RULES = `
  SELECT tablename AS "table", policyname AS name, roles::text[] AS roles,
    json_build_array(permissive, cmd, qual, with_check)::text AS rest
  FROM pg_policies WHERE schemaname = current_schema() AND ($1::text IS NULL OR tablename = $1) ORDER BY 1, 2`

/** Policies that are missing or not word for word as declared, and those that no list has. */
export async function findFlawsOfRules(
  database: DataSource,
  tables: TableAccess,
  prefix: string,
): Promise<SecurityFlaw[]> {
  const found = await database.query<FoundRule[]>(SELECT_RULES, [null])
  const owners = await database.query<{ name: string; owner: string }[]>(
    `SELECT relname AS name, pg_get_userbyid(relowner) AS owner FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY array_position($1::text[], relname::text)`,
    [Object.keys(tables)],
  )
  const wanted = owners.flatMap(({ name: table, owner }) => {
    const access = tenantTableOf(tables, table)
    return access === undefined ? [] : rowRules(access, { prefix, owner }).map((rule) => ({ table, owner, rule }))
  })
  const printed = await printRules(database, wanted)
  const flaws: SecurityFlaw[] = []
  const declared = new Set<FoundRule>()
  for (const { table, rule } of wanted) {
    const one = found.find((other) => other.table === table && other.name === rule.name)
    if (one !== undefined) declared.add(one)
    const isSound =
      one?.rest !== undefined && one.rest === printed.get(contentOf(rule)) && hasSameNames(one.roles, rule.roles)
    if (!isSound) flaws.push({ flaw: `POLICY ${rule.name} of the table ${table} is not as it should be`, fix: APPLY })
  }
  // No other policy may open a table of organisations, for any role.
  const strange = found.filter(
    (one) =>
      !declared.has(one) && (tenantTableOf(tables, one.table) !== undefined || concernsProcesses(one.roles, prefix)),
  )
  return [
    ...flaws,
    ...strange.map(({ table, name }) => ({
      flaw: `POLICY ${name} of the table ${table} is in no list`,
      fix: `DROP POLICY ${quoteIdentifier(name)} ON ${quoteIdentifier(table)};`,
    })),
  ]
}

/** A column or a function that a policy needs is missing: the tables are older than the lists. */
const OLDER_TABLES: readonly unknown[] = ['42703', '42883', '42P01']
const REFERENCE = 'rules_as_declared'
const createReferenceSql = (table: string): string => `CREATE TABLE ${REFERENCE} (LIKE ${quoteIdentifier(table)})`

interface WantedRule {
  readonly table: string
  readonly owner: string
  readonly rule: RowRule
}

/** Equal for policies that differ only in their names and roles. */
const contentOf = ({ command, using }: RowRule): string => `${command} ${using}`

/** How the server prints policies, by their contents. What is missing cannot be made: the tables are older than the lists. */
async function printRules(database: DataSource, wanted: readonly WantedRule[]): Promise<ReadonlyMap<string, string>> {
  const printed = new Map<string, string>()
  // Most tables have the same policies, and making a table takes a while.
  const distinct = new Map(wanted.map((one) => [contentOf(one.rule), one]))
  for (const [content, one] of distinct) {
    const text = await printRule(database, one)
    if (text !== undefined) printed.set(content, text)
  }
  return printed
}

/**
 * The server prints what it has parsed, not what was sent, so the policy is made for an empty table of the same columns, in a
 * transaction that is rolled back. It is for the owner here: a role may be missing.
 */
async function printRule(database: DataSource, { table, owner, rule }: WantedRule): Promise<string | undefined> {
  const runner = database.createQueryRunner()
  try {
    await runner.startTransaction()
    await runner.query(createReferenceSql(table))
    await runner.query(createRuleSql(REFERENCE, { ...rule, roles: [owner] }))
    const printed = (await runner.query(SELECT_RULES, [REFERENCE])) as FoundRule[]
    return printed[0]?.rest
  } catch (error) {
    if (OLDER_TABLES.includes((error as { code?: unknown }).code)) return undefined
    throw error
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction()
    await runner.release()
  }
}

const hasSameNames = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort())

const concernsProcesses = (roles: readonly string[], prefix: string): boolean =>
  roles.some((role) => role === 'public' || PROCESS_ROLES.some((one) => roleName(prefix, one) === role))
