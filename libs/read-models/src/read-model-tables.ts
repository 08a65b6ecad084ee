import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'
import { LEDGER_TABLES } from '#ledgers'
import { projections } from './line-up'

const PROJECTED_TABLE = tenantTable({ worker: READS_AND_WRITES, console: READS_AND_WRITES })

/** All tables of the questions, except those that `ledgers` declares. */
const projectedTables = projections
  .flatMap(({ tables, totals }) => [...tables.map(({ name }) => name), ...(totals === undefined ? [] : [totals.table])])
  .filter((name) => !Object.hasOwn(LEDGER_TABLES, name))

export const READ_MODEL_TABLES: TableAccess = {
  ...Object.fromEntries(projectedTables.map((name) => [name, PROJECTED_TABLE])),
  rebuild: sharedTable('how far a rebuild has come; used by maintenance only'),
}
