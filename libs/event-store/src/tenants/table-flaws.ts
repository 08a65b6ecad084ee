import type { DataSource } from 'typeorm'
import { findFlawsOfRules } from './rule-flaws'
import { findFlawsOfPrivileges } from './privilege-flaws'
import type { SecurityFlaw } from './role-flaws'
import { APPLY } from './role-flaws'
import { quoteIdentifier } from './roles'
import type { TableAccess } from './table-access'
import { tenantTableOf } from './table-access'

interface FoundTable {
  readonly name: string
  readonly forced: boolean
  readonly of_organisations: boolean
}

/** What in the current schema is not as the lists say: row-level security, its policies, grants. For the owner to put right. */
export async function findFlawsOfTables(
  database: DataSource,
  tables: TableAccess,
  prefix: string,
): Promise<SecurityFlaw[]> {
  const found = await database.query<FoundTable[]>(
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS forced,
       EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'org' AND NOT attisdropped) AS of_organisations
     FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY 1`,
  )
  const open = found.filter(
    ({ name, forced, of_organisations }) => !forced && (of_organisations || tenantTableOf(tables, name) !== undefined),
  )
  return [
    ...open.map(({ name }) => ({
      flaw: `row-level security of the table ${name} is not forced`,
      // What is in no list is not applied.
      fix:
        tenantTableOf(tables, name) === undefined
          ? `ALTER TABLE ${quoteIdentifier(name)} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`
          : APPLY,
    })),
    ...(await findFlawsOfRules(database, tables, prefix)),
    ...(await findFlawsOfPrivileges(database, tables, prefix)),
  ]
}
