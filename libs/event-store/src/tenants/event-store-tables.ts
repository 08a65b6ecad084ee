import type { TableAccess } from './table-access'
import { APPENDS, ownersFunction, READS_AND_WRITES, sharedTable, tenantTable } from './table-access'

/** Worker and console write cases in the same way, with everything that follows from them. */
const WRITTEN_WITH_CASES = { worker: READS_AND_WRITES, console: READS_AND_WRITES }

export const EVENT_STORE_TABLES: TableAccess = {
  // The worker overwrites what names a buyer who is erased: bodies, never which rows there are.
  // The gateway sees whether a message is stored already, never its content.
  message: tenantTable({
    gateway: 'select (id, org, app, digest), insert',
    worker: `${APPENDS}, update (raw)`,
    console: 'select',
  }),
  pending: tenantTable({
    gateway: 'select (message_id), insert',
    worker: READS_AND_WRITES,
    console: APPENDS,
  }),
  quarantine: tenantTable({ worker: READS_AND_WRITES, console: 'select' }),
  stream: tenantTable({ worker: 'select, insert, update', console: 'select, insert, update' }),
  event: tenantTable({ worker: APPENDS, console: APPENDS }),
  outgoing: tenantTable(
    { worker: APPENDS, console: APPENDS },
    {
      across: {
        worker: 'published in the order of commits; a hidden row of a new organisation would be skipped forever',
      },
    },
  ),
  timer: tenantTable(WRITTEN_WITH_CASES),
  reading: tenantTable(WRITTEN_WITH_CASES),
  effect: tenantTable({ worker: 'select, insert, update', console: 'select, insert, update' }),
  action_id: tenantTable({ worker: APPENDS, console: APPENDS }),
  pull_window: tenantTable({ worker: READS_AND_WRITES, console: 'select' }),
  pull_cursor: tenantTable({ worker: READS_AND_WRITES, console: 'select' }),
  unproven_window: tenantTable({ worker: READS_AND_WRITES, console: 'select' }),
  connection: tenantTable({ worker: READS_AND_WRITES, console: 'select' }),
  lease: sharedTable('names of work and of processes', { worker: READS_AND_WRITES }),
  migrations: sharedTable('versions of the tables', { gateway: 'select', worker: 'select', console: 'select' }),
  table_security: sharedTable('which roles the row-level security is for', {
    gateway: 'select',
    worker: 'select',
    console: 'select',
  }),
  'feed_stall_ms()': ownersFunction('worker', 'console'),
}
