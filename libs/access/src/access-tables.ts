import type { TableAccess } from '#event-store'
import { APPENDS, ownersFunction, sharedTable, tenantTable } from '#event-store'

/**
 * A push names an app, and only its row tells whose it is; the worker serves all stores. Both keep the directory in memory.
 * What is secret in it is sealed, and the keys are wrapped by the master key, which the database does not have.
 */
const DIRECTORY = {
  gateway: 'a push names an app; its organisation is known from the row only',
  worker: 'it serves the stores of all organisations, and learns from here which there are',
}

const EVERY_PROCESS = { gateway: 'select', worker: 'select', console: 'select' }

export const ACCESS_TABLES: TableAccess = {
  organisation: tenantTable(EVERY_PROCESS, { organisation: 'id', across: DIRECTORY }),
  app: tenantTable(EVERY_PROCESS, { across: DIRECTORY }),
  store: tenantTable(
    { ...EVERY_PROCESS, worker: 'select, update (access_token, refresh_token, token_expires_at, authorised)' },
    { across: DIRECTORY },
  ),
  organisation_key: tenantTable(EVERY_PROCESS, { across: DIRECTORY }),
  // An entry is never changed; the head of its chain moves on.
  audit_entry: tenantTable({ worker: APPENDS, console: APPENDS }),
  audit_head: tenantTable({ worker: 'select, insert, update', console: 'select, insert, update' }),
  'find_organisation(text)': ownersFunction('console'),
  key_check: sharedTable('check values of the master keys', {
    gateway: 'select, insert',
    worker: 'select, insert',
    console: 'select, insert',
  }),
  sealing: sharedTable('the format of sealed values', EVERY_PROCESS),
  reseal: sharedTable('how far a change of keys has come; of maintenance'),
}
