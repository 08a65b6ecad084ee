import type { EntityManager } from 'typeorm'

/** A version of a strategy in force at one store. `cap` is fen a day. */
export interface Arming {
  readonly id: number
  readonly org: number
  readonly store: number
  readonly strategy: number
  readonly version: number
  readonly policy: string
  readonly settings: unknown
  readonly mode: 'shadow' | 'live'
  readonly cap: number
}

/** The newest terms of one store. */
export interface StoreTermsRow {
  readonly store: number
  readonly version: number
  readonly document: unknown
}

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Everything that is in force, in the order in which it was armed. Few rows, read all the time: keep them in memory. */
export const armingsInForce = (database: Queries): Promise<Arming[]> =>
  database.query(
    `SELECT a.id, a.org, a.store, a.strategy, a.version, s.policy, v.settings, a.mode, a.cap
     FROM arming a JOIN strategy s ON s.id = a.strategy
     JOIN strategy_version v ON v.strategy = a.strategy AND v.version = a.version
     WHERE a.disarmed_at IS NULL ORDER BY a.id`,
  )

export const newestStoreTerms = (database: Queries): Promise<StoreTermsRow[]> =>
  database.query('SELECT DISTINCT ON (store) store, version, document FROM store_terms ORDER BY store, version DESC')

/** What a strategy at a store may spend on a day, and what is left of it; fen. */
export interface Budget {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly left: number
}

/** Whose budget is wanted, by the arming that was judged by. */
export interface BudgetWanted {
  readonly arming: number
  readonly strategy: number
  readonly store: number
  readonly day: string
}

/**
 * Locks the budgets of armings that are still in force, for the caller's transaction. An arming that has been disarmed
 * meanwhile gives nothing; one that is being disarmed waits until this transaction is over. In order of keys, so that two
 * batches do not wait for each other.
 */
export async function lockBudgets(manager: EntityManager, wanted: readonly BudgetWanted[], org: ReadonlyMap<number, number>): Promise<Budget[]> {
  if (wanted.length === 0) return []
  const armings = [...new Set(wanted.map((w) => w.arming))]
  const inForce = await manager.query<{ id: number; cap: number }[]>(
    'SELECT id, cap FROM arming WHERE id = ANY($1::int[]) AND disarmed_at IS NULL ORDER BY id FOR SHARE',
    [armings],
  )
  const caps = new Map(inForce.map(({ id, cap }) => [id, cap]))
  const standing = wanted.filter((w) => caps.has(w.arming))
  if (standing.length === 0) return []
  await manager.query(OPEN, [JSON.stringify(standing.map((w) => ({ ...w, org: org.get(w.store) ?? 0 })))])
  const rows = await manager.query<{ strategy: number; store: number; day: string; spent: number }[]>(LOCK, [JSON.stringify(standing)])
  return rows.flatMap(({ strategy, store, day, spent }) => {
    const arming = standing.find((w) => w.strategy === strategy && w.store === store && w.day === day)
    return arming === undefined ? [] : [{ strategy, store, day, left: Math.max(0, (caps.get(arming.arming) ?? 0) - spent) }]
  })
}

const OPEN = `
  INSERT INTO budget (strategy, store, day, org, spent)
  SELECT DISTINCT strategy, store, day, org, 0 FROM json_to_recordset($1::json)
    AS w(strategy int, store int, day text, org int) ORDER BY 1, 2, 3
  ON CONFLICT DO NOTHING`

const LOCK = `
  SELECT b.strategy, b.store, b.day, b.spent FROM budget b
  JOIN (SELECT DISTINCT strategy, store, day FROM json_to_recordset($1::json) AS w(strategy int, store int, day text)) w
    USING (strategy, store, day)
  ORDER BY b.strategy, b.store, b.day FOR UPDATE OF b`

/** Fen that a strategy committed (positive) or got back (negative) at a store on a day. */
export interface Spending {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly amount: number
}

/** Books what was committed and what came back. A budget that nobody opened (a day's beginning) is opened. */
export async function spend(manager: EntityManager, spendings: readonly Spending[], org: ReadonlyMap<number, number>): Promise<void> {
  const sums = new Map<string, Spending>()
  for (const one of spendings) {
    const key = `${one.strategy} ${one.store} ${one.day}`
    sums.set(key, { ...one, amount: (sums.get(key)?.amount ?? 0) + one.amount })
  }
  const changed = [...sums.values()].filter((one) => one.amount !== 0)
  if (changed.length === 0) return
  await manager.query(SPEND, [JSON.stringify(changed.map((one) => ({ ...one, org: org.get(one.store) ?? 0 })))])
}

// What comes back can be no more than what was committed; should a cap's row have been removed by hand, it stays at nothing.
const SPEND = `
  INSERT INTO budget (strategy, store, day, org, spent)
  SELECT strategy, store, day, org, greatest(0, amount) FROM json_to_recordset($1::json)
    AS s(strategy int, store int, day text, org int, amount bigint) ORDER BY 1, 2, 3
  ON CONFLICT (strategy, store, day) DO UPDATE
    SET spent = greatest(0, budget.spent + (SELECT s.amount FROM json_to_recordset($1::json)
      AS s(strategy int, store int, day text, amount bigint)
      WHERE s.strategy = budget.strategy AND s.store = budget.store AND s.day = budget.day))`

/** What a strategy in shadow would have done. The same case at the same revision is kept once. */
export interface ShadowRow {
  readonly stream: string
  readonly strategy: number
  readonly version: number
  readonly judged: number
  readonly org: number
  readonly store: number
  readonly verdict: unknown
  readonly recorded_at: number
}

export async function writeShadows(manager: EntityManager, rows: readonly ShadowRow[]): Promise<void> {
  if (rows.length > 0) await manager.query(SHADOW, [JSON.stringify(rows)])
}

const SHADOW = `
  INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
  SELECT stream, strategy, version, judged, org, store, verdict, recorded_at FROM json_to_recordset($1::json)
    AS s(stream uuid, strategy int, version int, judged bigint, org int, store int, verdict json, recorded_at bigint)
  ON CONFLICT DO NOTHING`

/** Has every case of a store for which something is due looked at once more, now: what is in force there has changed. */
export const lookAgainAt = (manager: EntityManager, store: number, kind: string, now: number): Promise<unknown> =>
  manager.query(
    `INSERT INTO timer (stream, kind, org, due_at)
     SELECT s.id, $2, s.org, $3 FROM stream s WHERE s.store = $1 AND EXISTS (SELECT FROM timer t WHERE t.stream = s.id)
     ON CONFLICT (stream, kind) DO UPDATE SET due_at = excluded.due_at`,
    [store, kind, now],
  )
