import type { EntityManager } from 'typeorm'
import type { Author } from './strategies'
import { storableJson } from '#event-store'

/** Why a trial has no report: it met a trouble, was stopped with its console, or its console is gone. */
export type TrialEnd = 'trouble' | 'stopped' | 'broken-off'

/** One version tried on recorded cases. `report` is there once it is `done`, `reason` where it `failed`. Instants UTC ms. */
export interface TrialRow {
  readonly id: number
  readonly org: number
  readonly strategy: number
  readonly version: number
  readonly stores: readonly number[]
  readonly from_at: number
  readonly to_at: number
  readonly state: 'running' | 'done' | 'failed'
  readonly reason: TrialEnd | null
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

/** Whoever tries says so anew more often than this; without a word for so long he is taken to be gone. */
const BELIEVED_SECONDS = 20
export const SAY_ALIVE_MS = 4_000

export async function beginTrial(
  database: Queries,
  { org, at }: Author,
  { strategy, version, stores, from, to }: TrialWrite,
): Promise<number> {
  const [row] = await database.query<{ id: number }[]>(
    `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, state, started_at, alive_until)
     VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, clock_timestamp() + $8 * interval '1 second') RETURNING id`,
    [org, strategy, version, stores, from, to, at, BELIEVED_SECONDS],
  )
  return row?.id ?? 0
}

/** These are still seen to. By the database's clock, so that the clocks of consoles do not matter. */
export const keepTrialsAlive = (database: Queries, ids: readonly number[]): Promise<unknown> =>
  database.query(
    `UPDATE trial SET alive_until = clock_timestamp() + $2 * interval '1 second' WHERE id = ANY($1::int[]) AND state = 'running'`,
    [ids, BELIEVED_SECONDS],
  )

/** The end of a trial, once: with its report, or with the reason for which there is none. */
export const endTrial = (
  database: Queries,
  id: number,
  end: { readonly report: unknown } | { readonly reason: TrialEnd },
  at: number,
): Promise<unknown> =>
  database.query(
    `UPDATE trial SET state = $2, report = $3, reason = $4, finished_at = $5 WHERE id = $1 AND state = 'running'`,
    [
      id,
      'report' in end ? 'done' : 'failed',
      'report' in end ? storableJson(end.report) : null,
      'report' in end ? null : end.reason,
      at,
    ],
  )

/**
 * That a console is gone is written by nobody: it is seen wherever the trial is looked at. One that was only cut off from
 * the database for a while says so again and goes on.
 */
const SILENT = `(state = 'running' AND coalesce(alive_until, '-infinity') < clock_timestamp())`
const COLUMNS = `id, org, strategy, version, stores, from_at, to_at, started_at, finished_at,
  CASE WHEN ${SILENT} THEN 'failed' ELSE state END AS state, CASE WHEN ${SILENT} THEN 'broken-off' ELSE reason END AS reason`

export const trialsOf = (database: Queries, org: number, strategy: number, limit = 50): Promise<TrialRow[]> =>
  database.query(
    `SELECT ${COLUMNS}, NULL AS report FROM trial WHERE org = $1 AND strategy = $2 ORDER BY id DESC LIMIT $3`,
    [org, strategy, limit],
  )

export const trialOf = async (
  database: Queries | EntityManager,
  org: number,
  id: number,
): Promise<TrialRow | undefined> =>
  (
    await (database as Queries).query<TrialRow[]>(`SELECT ${COLUMNS}, report FROM trial WHERE org = $1 AND id = $2`, [
      org,
      id,
    ])
  )[0]
