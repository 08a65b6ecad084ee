import { randomBytes } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { SqlExecutor } from '#event-store'
import { quoteIdentifier, scramVerifier } from '#event-store'
import { VIEW_SCHEMA, createViews, grantViews } from './create-views'

/** A database login of an organisation. Its name says nothing of whose it is: every role of a server is seen by all others. */
export interface AnalyticsLogin {
  readonly login: string
  readonly org: number
  readonly validUntil: Date
}

export interface NewLogin extends AnalyticsLogin {
  /** Shown once; the database keeps a verifier of it. */
  readonly password: string
}

/** What the names of logins begin with; with six digits they are as long as the longest role of a process. */
export const loginPrefix = (prefix: string): string => `${prefix}_bi_`

/**
 * A person of the organisation can undo these for a session of his own: the wall are grants and policies, these keep a careless
 * question from taking the server.
 */
const SETTINGS = {
  search_path: VIEW_SCHEMA,
  timezone: `'Asia/Shanghai'`,
  default_transaction_read_only: 'on',
  statement_timeout: `'60s'`,
  idle_in_transaction_session_timeout: `'30s'`,
}
const MOST_CONNECTIONS = 4
/** Of one session on the disk, for sorting and joining. */
const MOST_TEMPORARY_FILES = '1GB'

/** Makes the views where they are missing, and a login that reads them: one organisation's rows, until the day given. */
export async function makeLogin(
  manager: EntityManager,
  { prefix, org, validUntil }: { readonly prefix: string; readonly org: number; readonly validUntil: Date },
): Promise<NewLogin> {
  await createViews(manager, prefix)
  const login = `${loginPrefix(prefix)}${randomBytes(3).toString('hex')}`
  const password = randomBytes(24).toString('base64url')
  const role = quoteIdentifier(login)
  for (const statement of [
    `CREATE ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT
     CONNECTION LIMIT ${MOST_CONNECTIONS} PASSWORD '${scramVerifier(password)}' VALID UNTIL '${validUntil.toISOString()}'`,
    ...Object.entries(SETTINGS).map(([name, value]) => `ALTER ROLE ${role} SET ${name} = ${value}`),
  ])
    await manager.query(statement)
  await manager.query('INSERT INTO analytics_login (login, org, valid_until) VALUES ($1, $2, $3)', [
    login,
    org,
    validUntil,
  ])
  await limitTemporaryFiles(manager, login)
  await grantViews(manager, login)
  return { login, org, validUntil, password }
}

/** A limit that a login cannot lift; only a superuser can set it, or whom one has granted the parameter. */
async function limitTemporaryFiles(manager: EntityManager, login: string): Promise<void> {
  const [may] = await manager.query<{ set: boolean }[]>(
    `SELECT has_parameter_privilege('temp_file_limit', 'SET') AS set`,
  )
  if (may?.set !== true) return
  const limited = `ALTER ROLE ${quoteIdentifier(login)} SET temp_file_limit = '${MOST_TEMPORARY_FILES}'`
  await manager.query(limited)
}

/**
 * Takes its rows and its rights from a login: open sessions see nothing at once. The role itself is left for `dropLogin`, since
 * what a login does to its own role could hold up its revocation. @returns whose it was
 */
export async function revokeLogin(manager: EntityManager, login: string): Promise<number | undefined> {
  const [[row]] = await manager.query<[{ org: number }[], number]>(
    'DELETE FROM analytics_login WHERE login = $1 RETURNING org',
    [login],
  )
  if (row === undefined) return undefined
  const [role] = await manager.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [login])
  if (role === undefined) return row.org
  const [schema] = await manager.query<unknown[]>('SELECT 1 FROM pg_namespace WHERE nspname = $1', [VIEW_SCHEMA])
  if (schema === undefined) return row.org
  // Of whatever is there: a view of another version must not keep a login from being revoked.
  for (const right of [`SELECT ON ALL TABLES IN SCHEMA ${VIEW_SCHEMA}`, `USAGE ON SCHEMA ${VIEW_SCHEMA}`]) {
    const revoked = `REVOKE ${right} FROM ${quoteIdentifier(login)}`
    await manager.query(revoked)
  }
  return row.org
}

export const listLogins = (database: SqlExecutor): Promise<AnalyticsLogin[]> =>
  database.query('SELECT login, org, valid_until AS "validUntil" FROM analytics_login ORDER BY org, valid_until, login')
