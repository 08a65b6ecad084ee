import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'
import { LEDGER_TABLES } from '#ledgers'
import { projections } from './line-up'

const PROJECTED = tenantTable({ worker: READS_AND_WRITES, console: READS_AND_WRITES })

/** Every table that a question keeps; one that belongs to `ledgers` is declared there. */
const kept = projections
  .flatMap(({ tables, totals }) => [...tables.map(({ name }) => name), ...(totals === undefined ? [] : [totals.table])])
  .filter((name) => !Object.hasOwn(LEDGER_TABLES, name))

export const READ_MODEL_TABLES: TableAccess = {
  ...Object.fromEntries(kept.map((name) => [name, PROJECTED])),
  rebuild: sharedTable('how far a rebuild has come; of maintenance'),
}
