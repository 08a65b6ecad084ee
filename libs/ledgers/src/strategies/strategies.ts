import type { EntityManager } from 'typeorm'
import { storableJson } from '#event-store'

/** A strategy with its newest version, as people see it in a list. Instants UTC ms. */
export interface StrategyRow {
  readonly id: number
  readonly policy: string
  readonly name: string
  readonly created_at: number
  readonly created_by: string
  readonly version: number
  readonly settings: unknown
}

export interface StrategyVersionRow {
  readonly strategy: number
  readonly version: number
  readonly org: number
  readonly policy: string
  readonly settings: unknown
  readonly created_at: number
  readonly created_by: string
}

export interface Author {
  readonly org: number
  readonly by: string
  readonly at: number
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** A new strategy with its first version. */
export async function draftStrategy(
  manager: EntityManager,
  { org, by, at }: Author,
  { policy, name, settings }: { policy: string; name: string; settings: unknown },
): Promise<{ readonly strategy: number; readonly version: number }> {
  const [row] = await manager.query<{ id: number }[]>(
    'INSERT INTO strategy (org, policy, name, created_at, created_by) VALUES ($1, $2, $3, $4, $5) RETURNING id',
    [org, policy, name, at, by],
  )
  if (row === undefined) throw new Error('a strategy was not written')
  await writeVersion(manager, { org, by, at }, row.id, 1, settings)
  return { strategy: row.id, version: 1 }
}

/** One version more; what was written stays as it is. `undefined`: there is no such strategy. */
export async function reviseStrategy(
  manager: EntityManager,
  author: Author,
  strategy: number,
  settings: unknown,
): Promise<number | undefined> {
  const [row] = await manager.query<{ version: number }[]>(
    `SELECT (SELECT max(version) FROM strategy_version v WHERE v.strategy = s.id) AS version
     FROM strategy s WHERE s.id = $1 AND s.org = $2 FOR UPDATE`,
    [strategy, author.org],
  )
  if (row === undefined) return undefined
  await writeVersion(manager, author, strategy, row.version + 1, settings)
  return row.version + 1
}

const writeVersion = (
  manager: EntityManager,
  { org, by, at }: Author,
  strategy: number,
  version: number,
  settings: unknown,
): Promise<unknown> =>
  manager.query(
    'INSERT INTO strategy_version (strategy, version, org, settings, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6)',
    [strategy, version, org, storableJson(settings), at, by],
  )

export const strategiesOf = (database: Queries, org: number): Promise<StrategyRow[]> =>
  database.query(
    `SELECT DISTINCT ON (s.id) s.id, s.policy, s.name, s.created_at, s.created_by, v.version, v.settings
     FROM strategy s JOIN strategy_version v ON v.strategy = s.id WHERE s.org = $1 ORDER BY s.id, v.version DESC`,
    [org],
  )

export const versionsOf = (database: Queries, org: number, strategy: number): Promise<StrategyVersionRow[]> =>
  database.query(
    `SELECT v.strategy, v.version, v.org, s.policy, v.settings, v.created_at, v.created_by
     FROM strategy_version v JOIN strategy s ON s.id = v.strategy WHERE v.org = $1 AND v.strategy = $2 ORDER BY v.version DESC`,
    [org, strategy],
  )

/** One version put in force at one store. */
export interface ArmingWrite {
  readonly store: number
  readonly strategy: number
  readonly version: number
  readonly mode: 'shadow' | 'live'
  readonly cap: number
  readonly trial: number | null
}

/** Puts a version in force at a store; another version of the same strategy there is taken out of force in the same moment. */
export async function arm(manager: EntityManager, { org, by, at }: Author, write: ArmingWrite): Promise<number> {
  const { store, strategy, version, mode, cap, trial } = write
  await manager.query(
    'UPDATE arming SET disarmed_at = $4, disarmed_by = $5 WHERE org = $1 AND strategy = $2 AND store = $3 AND disarmed_at IS NULL',
    [org, strategy, store, at, by],
  )
  const [row] = await manager.query<{ id: number }[]>(
    `INSERT INTO arming (org, store, strategy, version, mode, cap, trial, armed_at, armed_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [org, store, strategy, version, mode, cap, trial, at, by],
  )
  return row?.id ?? 0
}

/** The stores at which some version is in force. */
export const armedAt = async (manager: EntityManager, org: number, strategy: number): Promise<number[]> =>
  (
    await manager.query<{ store: number }[]>(
      'SELECT store FROM arming WHERE org = $1 AND strategy = $2 AND disarmed_at IS NULL FOR UPDATE',
      [org, strategy],
    )
  ).map(({ store }) => store)

/** Out of force at these stores, or at all. Waits for what is just being decided by it. Answers the stores. */
export async function disarm(
  manager: EntityManager,
  { org, by, at }: Author,
  strategy: number,
  stores?: readonly number[],
): Promise<number[]> {
  const [rows] = await manager.query<[{ store: number }[], number]>(
    `UPDATE arming SET disarmed_at = $3, disarmed_by = $4
     WHERE org = $1 AND strategy = $2 AND disarmed_at IS NULL AND ($5::int[] IS NULL OR store = ANY($5)) RETURNING store`,
    [org, strategy, at, by, stores ?? null],
  )
  return rows.map((row) => row.store)
}

export interface ArmingRow {
  readonly strategy: number
  readonly version: number
  readonly store: number
  readonly mode: 'shadow' | 'live'
  readonly cap: number
  readonly trial: number | null
  readonly armed_at: number
  readonly armed_by: string
  readonly disarmed_at: number | null
  readonly disarmed_by: string | null
}

/** Where a strategy is and was in force, newest first, at most `limit` (an audit trail, kept for ever). */
export const armingsOf = (database: Queries, org: number, strategy: number, limit = 200): Promise<ArmingRow[]> =>
  database.query(
    `SELECT strategy, version, store, mode, cap, trial, armed_at, armed_by, disarmed_at, disarmed_by
     FROM arming WHERE org = $1 AND strategy = $2 ORDER BY id DESC LIMIT $3`,
    [org, strategy, limit],
  )

/** The next version of a store's terms, after `after`. `undefined`: somebody else has changed them since. */
export async function changeStoreTerms(
  manager: EntityManager,
  { org, by, at }: Author,
  store: number,
  document: unknown,
  after: number,
): Promise<number | undefined> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [`${org}/${store}`, TERMS_LOCK])
  const [row] = await manager.query<{ version: number }[]>(
    `INSERT INTO store_terms (store, version, org, document, changed_at, changed_by)
     SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 FROM store_terms WHERE store = $1
     HAVING coalesce(max(version), 0) = $6 RETURNING version`,
    [store, org, storableJson(document), at, by, after],
  )
  return row?.version
}

const TERMS_LOCK = 7_340_022
