import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'

const PROJECTED = tenantTable({ worker: READS_AND_WRITES, console: READS_AND_WRITES })

export const READ_MODEL_TABLES: TableAccess = {
  queue_row: PROJECTED,
  queue_count: PROJECTED,
  case_search: PROJECTED,
  parcel_case: PROJECTED,
  task: PROJECTED,
  evidence_wanted: PROJECTED,
  appeal_candidate: PROJECTED,
  rebuild: sharedTable('how far a rebuild has come; of maintenance'),
}
