import type { EntityManager } from 'typeorm'
import type { Author } from './strategies'

/** One version tried on recorded cases. `report` is there once it is `done`. Instants UTC ms. */
export interface TrialRow {
  readonly id: number
  readonly org: number
  readonly strategy: number
  readonly version: number
  readonly stores: readonly number[]
  readonly from_at: number
  readonly to_at: number
  readonly state: 'running' | 'done' | 'failed'
  readonly report: unknown
  readonly started_at: number
  readonly finished_at: number | null
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

export interface TrialWrite {
  readonly strategy: number
  readonly version: number
  readonly stores: readonly number[]
  readonly from: number
  readonly to: number
}

export async function beginTrial(database: Queries, { org, at }: Author, { strategy, version, stores, from, to }: TrialWrite): Promise<number> {
  const [row] = await database.query<{ id: number }[]>(
    `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, state, started_at)
     VALUES ($1, $2, $3, $4, $5, $6, 'running', $7) RETURNING id`,
    [org, strategy, version, stores, from, to, at],
  )
  return row?.id ?? 0
}

export const endTrial = (database: Queries, id: number, state: 'done' | 'failed', report: unknown, at: number): Promise<unknown> =>
  database.query('UPDATE trial SET state = $2, report = $3, finished_at = $4 WHERE id = $1', [id, state, JSON.stringify(report), at])

export const trialsOf = (database: Queries, org: number, strategy: number, limit = 50): Promise<TrialRow[]> =>
  database.query(
    `SELECT id, org, strategy, version, stores, from_at, to_at, state, NULL AS report, started_at, finished_at
     FROM trial WHERE org = $1 AND strategy = $2 ORDER BY id DESC LIMIT $3`,
    [org, strategy, limit],
  )

export const trialOf = async (database: Queries | EntityManager, org: number, id: number): Promise<TrialRow | undefined> =>
  (await (database as Queries).query<TrialRow[]>('SELECT * FROM trial WHERE org = $1 AND id = $2', [org, id]))[0]
