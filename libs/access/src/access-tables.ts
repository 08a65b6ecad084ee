import type { TableAccess, TenantTable } from '#event-store'
import { APPENDS, ownersFunction, READS_AND_WRITES, sharedTable, tenantTable } from '#event-store'

/**
 * A push names an app, and only its row tells whose it is; the worker serves all stores. Both keep the directory in memory.
 * What is secret in it is sealed, and the keys are wrapped by the master key, which the database does not have.
 */
const DIRECTORY_READ_ACROSS = {
  gateway: 'a push names an app; its organisation is known from the row only',
  worker: 'it serves the stores of all organisations, and learns from here which there are',
}

/** A login, a cookie, a link or a key comes first; only its row tells for which organisation. Tokens are kept as hashes. */
const BEFORE_SIGN_IN = {
  console: 'who asks is found by login or by the hash of a token, before the organisation is known',
}

const OF_A_PERSON = 'a person may work for several organisations'

/** A session moves to another organisation of its person; a new password ends all of them; a second factor counts everywhere. */
const WHEREVER_A_PERSON_WORKS: Pick<TenantTable, 'across' | 'writesAcross'> = {
  across: {
    console: 'it is its person’s, who may work for several organisations; only its hash or sealed secret is kept',
  },
  writesAcross: ['console'],
}

const EVERY_PROCESS = { gateway: 'select', worker: 'select', console: 'select' }

const TOKEN_COLUMNS = 'access_token, refresh_token, token_expires_at, authorised_until, authorised'

export const ACCESS_TABLES: TableAccess = {
  organisation: tenantTable(EVERY_PROCESS, { organisation: 'id', across: DIRECTORY_READ_ACROSS }),
  app: tenantTable(
    { ...EVERY_PROCESS, console: 'select, insert, update (secret, service, endpoints)' },
    { across: DIRECTORY_READ_ACROSS },
  ),
  store: tenantTable(
    {
      ...EVERY_PROCESS,
      worker: `select, update (${TOKEN_COLUMNS})`,
      console: `select, insert, update (name, paused_at, removed_at, ${TOKEN_COLUMNS})`,
    },
    { across: DIRECTORY_READ_ACROSS },
  ),
  store_authorisation: tenantTable({ console: 'select, insert, update (used_at), delete' }),
  organisation_key: tenantTable(EVERY_PROCESS, { across: DIRECTORY_READ_ACROSS }),
  person: sharedTable(OF_A_PERSON, { console: 'select, insert, update' }),
  membership: tenantTable(
    { worker: 'select (org, person, role, stores, disabled_at)', console: 'select, insert, update' },
    { across: BEFORE_SIGN_IN },
  ),
  session: tenantTable({ console: READS_AND_WRITES }, WHEREVER_A_PERSON_WORKS),
  // The worker asks whether who started a batch may still act; the hash of a key is not for it.
  api_key: tenantTable(
    { worker: 'select (org, id, permissions, stores, expires_at, revoked_at)', console: 'select, insert, update' },
    { across: BEFORE_SIGN_IN },
  ),
  one_time_link: tenantTable({ console: READS_AND_WRITES }, { across: BEFORE_SIGN_IN }),
  oidc_provider: tenantTable({ console: READS_AND_WRITES }, { across: BEFORE_SIGN_IN }),
  oidc_attempt: tenantTable({ console: READS_AND_WRITES }, { across: BEFORE_SIGN_IN }),
  oidc_subject: tenantTable({ console: READS_AND_WRITES }),
  totp: tenantTable({ console: READS_AND_WRITES }, WHEREVER_A_PERSON_WORKS),
  passkey: sharedTable(OF_A_PERSON, { console: READS_AND_WRITES }),
  passkey_challenge: sharedTable('of one session or log-in, whose person may work for several organisations', {
    console: READS_AND_WRITES,
  }),
  recovery_code: sharedTable(OF_A_PERSON, { console: READS_AND_WRITES }),
  sign_in_throttle: sharedTable('attempts of people who are not signed in', { console: READS_AND_WRITES }),
  quota_use: tenantTable({ console: READS_AND_WRITES }),
  // An entry is never changed; the head of its chain moves on.
  audit_entry: tenantTable({ worker: APPENDS, console: APPENDS }),
  audit_head: tenantTable({ worker: 'select, insert, update', console: 'select, insert, update' }),
  'find_organisation(text)': ownersFunction('console'),
  'organisations_without_owner()': ownersFunction('console'),
  key_check: sharedTable('check values of the master keys', {
    gateway: 'select, insert',
    worker: 'select, insert',
    console: 'select, insert',
  }),
  sealing: sharedTable('the format of sealed values', EVERY_PROCESS),
  reseal: sharedTable('how far a change of keys has come; of maintenance'),
}
