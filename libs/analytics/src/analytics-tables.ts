import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, tenantTable } from '#event-store'

/**
 * The rows of the organisation that a login was made for, while it is valid. In a view `current_user` is the one who asks; `now()`
 * would stand still in a transaction that is kept open beyond that time.
 */
const loginRows = `org = (SELECT l.org FROM analytics_login l WHERE l.login = current_user AND l.valid_until > clock_timestamp())`

const FACT_TABLE_ACCESS = tenantTable({ worker: READS_AND_WRITES, console: 'select' }, { loginRows })

export const ANALYTICS_TABLES: TableAccess = {
  case_fact: FACT_TABLE_ACCESS,
  action_fact: FACT_TABLE_ACCESS,
  appeal_fact: FACT_TABLE_ACCESS,
  deadline_fact: FACT_TABLE_ACCESS,
  measure_day: FACT_TABLE_ACCESS,
  analytics_checkpoint: tenantTable({ worker: 'select, insert, update', console: 'select' }, { loginRows }),
  analytics_login: tenantTable({}, { loginRows: 'login = current_user' }),
}
