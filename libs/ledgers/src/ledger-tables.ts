import type { TableAccess } from '#event-store'
import { APPENDS, ownersFunction, READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'

/** A worker judges the cases of all stores, so it reads what is in force across organisations and keeps it in memory. */
const IN_FORCE = { across: { worker: 'what is in force is kept in memory for all stores; no personal data is in it' } }

/** Written by every transaction that judges cases: the worker's, and the console's for a command of a person. */
const WRITTEN_BY_JUDGING = { worker: READS_AND_WRITES, console: READS_AND_WRITES }

/** Which role may do what with each table of the ledgers; row-level security and grants are made from it. */
export const LEDGER_TABLES: TableAccess = {
  strategy: tenantTable({ worker: 'select', console: 'select, insert, update' }, IN_FORCE),
  strategy_version: tenantTable({ worker: 'select', console: APPENDS }, IN_FORCE),
  // `update`, since the worker locks the rows by which it decides.
  arming: tenantTable({ worker: 'select, update', console: 'select, insert, update' }, IN_FORCE),
  store_terms: tenantTable({ worker: 'select', console: APPENDS }, IN_FORCE),
  in_force: sharedTable('one number that counts changes', { worker: 'select', console: 'select, update' }),
  look_again: tenantTable({ worker: READS_AND_WRITES, console: APPENDS }),
  budget: tenantTable(WRITTEN_BY_JUDGING),
  shadow: tenantTable(WRITTEN_BY_JUDGING),
  trial: tenantTable({ console: 'select, insert, update' }),
  main_account: tenantTable({ console: 'select, insert, update' }),
  strategy_grant: tenantTable({ console: 'select, insert, update' }),
  appeal_result: tenantTable({ worker: 'select', console: 'select, insert, update' }),
  evidence_piece: tenantTable({ worker: 'select, update, delete', console: READS_AND_WRITES }),
  // Requested by the console and `npm run erase`. A worker records how far it came, and can request nothing.
  erasure: tenantTable({
    worker: 'select, update (message_after, message_until, messages, pieces, notes, finished_at)',
    console: APPENDS,
  }),
  erasure_case: tenantTable({ worker: 'select, update (erased_at)', console: APPENDS }),
  // Events are never changed by a process, except by this function: the bodies of a case that is to be erased.
  'rewrite_erased_case(uuid,integer[],text[],xid8[],bigint[],text[])': ownersFunction('worker'),
  operator_log: tenantTable({ console: APPENDS }),
  // The console freezes, starts and calls back; the worker carries out and forgets.
  action_batch: tenantTable({ worker: 'select, update, delete', console: 'select, insert, update' }),
  action_batch_item: tenantTable({ worker: 'select, update', console: 'select, insert, update' }),
}
