import type { DataSource } from 'typeorm'
import { quoteIdentifier } from '#event-store'

const ATTEMPTS = 3

/**
 * Ends the sessions of a login whose rights were taken, and drops its role with whatever it owns. A login can change its own role
 * in a transaction that it keeps open, so nothing waits for it long, and its sessions are ended first: those of a role that is
 * gone have no name to find them by.
 * @returns why the role is still there: without rights, and to be found by `npm run database -- check`; `undefined`: it is gone
 */
export async function dropLogin(database: DataSource, login: string): Promise<string | undefined> {
  let reason: string | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    reason = await dropOnce(database, login).then(
      () => undefined,
      (error: unknown) => String(error),
    )
    if (reason === undefined) return undefined
  }
  return reason
}

async function dropOnce(database: DataSource, login: string): Promise<void> {
  const [role] = await database.query<{ oid: number; mine: boolean }[]>(
    `SELECT oid, pg_has_role(oid, 'USAGE') AS mine FROM pg_roles WHERE rolname = $1`,
    [login],
  )
  if (role === undefined) return
  const quoted = quoteIdentifier(login)
  // The maker of a role may become a member of it, and needs to be one to end its sessions and drop what it owns.
  if (!role.mine)
    await database.transaction((manager) => withinTwoSeconds(manager, [`GRANT ${quoted} TO CURRENT_USER`]))
  await endSessions(database, role.oid)
  await database.transaction((manager) => withinTwoSeconds(manager, [`DROP OWNED BY ${quoted}`, `DROP ROLE ${quoted}`]))
}

/** Waits until they are gone, two seconds each at most. */
const endSessions = (database: DataSource, oid: number): Promise<unknown> =>
  database.query('SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE usesysid = $1', [oid])

async function withinTwoSeconds(
  manager: { query(sql: string): Promise<unknown> },
  statements: readonly string[],
): Promise<void> {
  await manager.query(`SET LOCAL lock_timeout = '2s'`)
  for (const statement of statements) await manager.query(statement)
}
