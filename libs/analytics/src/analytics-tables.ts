import type { TableAccess } from '#event-store'
import { READS_AND_WRITES, tenantTable } from '#event-store'

/** The rows of the organisation that a login was made for, while it is valid. In a view `current_user` is the one who asks. */
const loginRows = `org = (SELECT l.org FROM analytics_login l WHERE l.login = current_user AND l.valid_until > now())`

const FACTS = tenantTable({ worker: READS_AND_WRITES, console: 'select' }, { loginRows })

export const ANALYTICS_TABLES: TableAccess = {
  case_fact: FACTS,
  action_fact: FACTS,
  appeal_fact: FACTS,
  deadline_fact: FACTS,
  measure_day: FACTS,
  analytics_checkpoint: tenantTable({ worker: 'select, insert, update', console: 'select' }, { loginRows }),
  analytics_login: tenantTable({}, { loginRows: 'login = current_user' }),
}
