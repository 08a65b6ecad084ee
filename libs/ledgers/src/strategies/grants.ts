import type { EntityManager } from 'typeorm'
import type { Author } from './strategies'

/** A store's strategies, given to an account (R160). Ended ones stay. Instants UTC ms. */
export interface GrantRow {
  readonly account: string
  readonly store: number
  readonly granted_at: number
  readonly granted_by: string
  readonly ended_at: number | null
  readonly ended_by: string | null
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Who acts as the main account; `undefined`: nobody was named yet. */
export const mainAccountOf = async (database: Queries | EntityManager, org: number): Promise<string | undefined> =>
  (
    await (database as Queries).query<{ account: string }[]>('SELECT account FROM main_account WHERE org = $1', [org])
  )[0]?.account

/** Names the main account; `false`: there is one, and it is another who asks. */
export async function nameMainAccount(
  manager: EntityManager,
  { org, by, at }: Author,
  account: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH named AS (
       INSERT INTO main_account AS m (org, account, named_at, named_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (org) DO UPDATE SET account = excluded.account, named_at = excluded.named_at, named_by = excluded.named_by
       WHERE m.account = excluded.named_by RETURNING 1
     ) SELECT * FROM named`,
    [org, account, at, by],
  )
  return rows.length > 0
}

/** Every grant of an organisation, of one store or of all, newest first, at most `limit`. */
export const grantsOf = (database: Queries, org: number, store?: number, limit = 1_000): Promise<GrantRow[]> =>
  database.query(
    `SELECT account, store, granted_at, granted_by, ended_at, ended_by FROM strategy_grant
     WHERE org = $1 AND ($2::int IS NULL OR store = $2) ORDER BY (ended_at IS NULL) DESC, id DESC LIMIT $3`,
    [org, store ?? null, limit],
  )

const STANDING = `
  SELECT account, store, granted_at, granted_by, ended_at, ended_by FROM strategy_grant
  WHERE org = $1 AND account = $2 AND ended_at IS NULL ORDER BY store`

/** What stands for one account. */
export const standingGrantsOf = (manager: EntityManager, org: number, account: string): Promise<GrantRow[]> =>
  manager.query(STANDING, [org, account])

/**
 * The same for whoever acts by it: until the transaction ends none of it can be taken back, so that who takes it back and
 * is answered can be sure that nothing more is done by it.
 */
export const heldGrantsOf = (manager: EntityManager, org: number, account: string): Promise<GrantRow[]> =>
  manager.query(`${STANDING} FOR SHARE`, [org, account])

/** `false`: it stands already. */
export async function writeGrant(
  manager: EntityManager,
  { org, by, at }: Author,
  account: string,
  store: number,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH written AS (
       INSERT INTO strategy_grant (org, account, store, granted_at, granted_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (org, account, store) WHERE ended_at IS NULL DO NOTHING RETURNING 1
     ) SELECT * FROM written`,
    [org, account, store, at, by],
  )
  return rows.length > 0
}

/** `false`: there is none that stands. */
export async function endGrant(
  manager: EntityManager,
  { org, by, at }: Author,
  account: string,
  store: number,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH ended AS (
       UPDATE strategy_grant SET ended_at = $4, ended_by = $5
       WHERE org = $1 AND account = $2 AND store = $3 AND ended_at IS NULL RETURNING 1
     ) SELECT * FROM ended`,
    [org, account, store, at, by],
  )
  return rows.length > 0
}
