import type { Author, Ledger } from '../author'
import type { TrialEnd } from './trial.entity'
import { TrialEntity } from './trial.entity'

export type TrialRow = Omit<TrialEntity, 'aliveUntil'>
export type TrialWrite = Pick<TrialEntity, 'strategy' | 'version' | 'stores' | 'from' | 'to'>

/** A console whose lease is not renewed for so long counts as dead: five renewals must fail. */
const LEASE_SECONDS = 20
export const RENEW_TRIAL_MS = 4_000

// Leases are written and read by hand: they use the database's clock, since the clocks of consoles may differ.

/** Begins a trial with a lease, and returns its id. */
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

/** Renews the leases of these trials as far as they run. */
export const keepTrialsAlive = (ledger: Ledger, ids: readonly number[]): Promise<unknown> =>
  ledger.query(
    `UPDATE trial SET alive_until = clock_timestamp() + $2 * interval '1 second' WHERE id = ANY($1::int[]) AND state = 'running'`,
    [ids, LEASE_SECONDS],
  )

/** Ends a running trial with its report, or with the reason why there is none. The first end counts. */
export const endTrial = (
  ledger: Ledger,
  id: number,
  outcome: { readonly report: unknown } | { readonly reason: TrialEnd },
  at: number,
): Promise<unknown> =>
  ledger
    .getRepository(TrialEntity)
    .update(
      { id, state: 'running' },
      'report' in outcome
        ? { state: 'done', report: outcome.report as object, reason: null, finishedAt: at }
        : { state: 'failed', reason: outcome.reason, finishedAt: at },
    )

/**
 * A dead console cannot end its trial, so an expired lease is evaluated whenever the trial is read. A console that was only cut
 * off from the database renews its lease afterwards, and the trial is shown as running again.
 */
const LEASE_EXPIRED = `(state = 'running' AND coalesce(alive_until, '-infinity') < clock_timestamp())`
const COLUMNS = `id, org, strategy, version, stores, from_at AS "from", to_at AS "to", started_at AS "startedAt",
  finished_at AS "finishedAt", CASE WHEN ${LEASE_EXPIRED} THEN 'failed' ELSE state END AS state,
  CASE WHEN ${LEASE_EXPIRED} THEN 'broken-off' ELSE reason END AS reason`

/**
 * The trials of a strategy without their reports, newest first, at most `limit`.
 * @param stores only those whose cases are all of these stores; otherwise all
 */
export const trialsOf = (
  ledger: Ledger,
  org: number,
  strategy: number,
  stores?: readonly number[],
  limit = 50,
): Promise<TrialRow[]> =>
  ledger.query(
    `SELECT ${COLUMNS}, NULL AS report FROM trial
     WHERE org = $1 AND strategy = $2 AND ($4::int[] IS NULL OR stores <@ $4) ORDER BY id DESC LIMIT $3`,
    [org, strategy, limit, stores ?? null],
  )

/** One trial with its report; `undefined`: the organisation has no such trial. */
export async function trialOf(ledger: Ledger, org: number, id: number): Promise<TrialRow | undefined> {
  const [row] = await ledger.query<TrialRow[]>(`SELECT ${COLUMNS}, report FROM trial WHERE org = $1 AND id = $2`, [
    org,
    id,
  ])
  return row
}
