import type { Author, Ledger } from '../author'
import type { TrialEnd } from './trial.entity'
import { TrialEntity } from './trial.entity'

export type TrialRow = Omit<TrialEntity, 'aliveUntil'>
export type TrialWrite = Pick<TrialEntity, 'strategy' | 'version' | 'stores' | 'from' | 'to'>

/** A console renews its trials more often than this; one that does not counts as dead. */
const LEASE_SECONDS = 20
export const RENEW_TRIAL_MS = 4_000

// What depends on the lease is written and read by hand: it counts by the database's clock, since those of consoles may differ.

export async function beginTrial(
  ledger: Ledger,
  { org, at }: Author,
  { strategy, version, stores, from, to }: TrialWrite,
): Promise<number> {
  const [row] = await ledger.query<{ id: number }[]>(
    `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, state, started_at, alive_until)
     VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, clock_timestamp() + $8 * interval '1 second') RETURNING id`,
    [org, strategy, version, stores, from, to, at, LEASE_SECONDS],
  )
  return row?.id ?? 0
}

/** Renews the leases of running trials. */
export const keepTrialsAlive = (ledger: Ledger, ids: readonly number[]): Promise<unknown> =>
  ledger.query(
    `UPDATE trial SET alive_until = clock_timestamp() + $2 * interval '1 second' WHERE id = ANY($1::int[]) AND state = 'running'`,
    [ids, LEASE_SECONDS],
  )

/** The end of a trial, once: with its report, or with the reason for which there is none. */
export const endTrial = (
  ledger: Ledger,
  id: number,
  end: { readonly report: unknown } | { readonly reason: TrialEnd },
  at: number,
): Promise<unknown> =>
  ledger
    .getRepository(TrialEntity)
    .update(
      { id, state: 'running' },
      'report' in end
        ? { state: 'done', report: end.report as object, reason: null, finishedAt: at }
        : { state: 'failed', reason: end.reason, finishedAt: at },
    )

/**
 * A dead console writes nothing, so it is noticed whenever the trial is read. A console that was only cut off from the database
 * for a while renews its lease, and the trial is running again.
 */
const EXPIRED = `(state = 'running' AND coalesce(alive_until, '-infinity') < clock_timestamp())`
const COLUMNS = `id, org, strategy, version, stores, from_at AS "from", to_at AS "to", started_at AS "startedAt",
  finished_at AS "finishedAt", CASE WHEN ${EXPIRED} THEN 'failed' ELSE state END AS state,
  CASE WHEN ${EXPIRED} THEN 'broken-off' ELSE reason END AS reason`

/** The trials of a strategy without their reports, newest first, at most `limit`. */
export const trialsOf = (ledger: Ledger, org: number, strategy: number, limit = 50): Promise<TrialRow[]> =>
  ledger.query(
    `SELECT ${COLUMNS}, NULL AS report FROM trial WHERE org = $1 AND strategy = $2 ORDER BY id DESC LIMIT $3`,
    [org, strategy, limit],
  )

export async function trialOf(ledger: Ledger, org: number, id: number): Promise<TrialRow | undefined> {
  const [row] = await ledger.query<TrialRow[]>(`SELECT ${COLUMNS}, report FROM trial WHERE org = $1 AND id = $2`, [
    org,
    id,
  ])
  return row
}
