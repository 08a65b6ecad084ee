import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, tenantTable } from '#event-store'

export const TEAMWORK_TABLES: TableAccess = {
  // The worker deletes: an assignment ends in the transaction that ends its case.
  case_assignment: tenantTable({ worker: 'select, delete', console: READS_AND_WRITES }),
  // The worker takes the texts out when the buyer of the case is erased.
  case_note: tenantTable({ worker: 'select, update (body, erased_at)', console: 'select, insert, update' }),
}
