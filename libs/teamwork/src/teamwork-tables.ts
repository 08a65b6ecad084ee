import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, tenantTable } from '#event-store'

export const TEAMWORK_TABLES: TableAccess = {
  // The worker deletes: an assignment ends in the transaction that ends its case.
  case_assignment: tenantTable({ worker: 'select, delete', console: READS_AND_WRITES }),
  case_note: tenantTable({ console: 'select, insert, update' }),
}
