import type { EntityManager } from 'typeorm'
import { awaitPipelined } from '#event-store'

/** What a strategy at a store may spend on a day, and what is left of it; fen. */
export interface Budget {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly left: number
}

/** Identifies a budget, with the arming whose cap counts. */
export interface BudgetKey {
  readonly arming: number
  readonly strategy: number
  readonly store: number
  readonly day: string
}

/** Fen that a strategy committed (positive) or got back (negative) at a store on a day. */
export interface Spending {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly amount: number
  /** The version that decides this only now: it may while it is in force and its cap allows. Absent: it was decided before. */
  readonly version?: number
}

/**
 * Another transaction spent the rest of a budget, or disarmed the strategy, after it was read. The batch must be judged
 * again.
 */
export class BudgetConflict extends Error {
  constructor() {
    super('a budget was spent, or its strategy disarmed, meanwhile')
  }
}

/**
 * What is left for armings that are still in force; disarmed ones are left out. No lock is taken: `spend` checks again
 * at the end.
 */
export async function budgetsOf(manager: EntityManager, wanted: readonly BudgetKey[]): Promise<Budget[]> {
  if (wanted.length === 0) return []
  const rows = await manager.query<(BudgetKey & { left: number })[]>(LEFT, [JSON.stringify(wanted)])
  return rows.map(({ strategy, store, day, left }) => ({ strategy, store, day, left: Math.max(0, left) }))
}

const LEFT = `
  SELECT w.strategy, w.store, w.day, a.cap - coalesce(b.spent, 0) AS left
  FROM (SELECT DISTINCT arming, strategy, store, day FROM json_to_recordset($1::json)
    AS w(arming int, strategy int, store int, day text)) w
  JOIN arming a ON a.id = w.arming AND a.disarmed_at IS NULL
  LEFT JOIN budget b ON b.strategy = w.strategy AND b.store = w.store AND b.day = w.day`

/**
 * Books what was committed and what was released, and creates missing budgets (at the beginning of a day). Must be the last statement of a transaction: from here on other batches that spend at the same stores wait, and so does disarming.
 * @throws BudgetConflict
 */
export async function spend(
  manager: EntityManager,
  spendings: readonly Spending[],
  org: ReadonlyMap<number, number>,
): Promise<void> {
  const sums = new Map<string, Sum>()
  for (const one of spendings) {
    const key = `${one.strategy} ${one.store} ${one.day}`
    const { amount, decided, versions } = sums.get(key) ?? { amount: 0, decided: 0, versions: [] }
    const isNew = one.version !== undefined
    sums.set(key, {
      ...one,
      amount: amount + one.amount,
      decided: decided + (isNew ? one.amount : 0),
      versions: isNew ? [...versions, one.version] : versions,
    })
  }
  const decisions = [...sums.values()].filter(({ versions }) => versions.length > 0)
  const changed = [...sums.values()].filter(({ amount, versions }) => amount !== 0 || versions.length > 0)
  if (changed.length === 0) return
  const inForce =
    decisions.length === 0 ? Promise.resolve([]) : manager.query<ArmingCap[]>(IN_FORCE, [JSON.stringify(decisions)])
  const booked = manager.query<Booked[]>(SPEND, [
    JSON.stringify(changed.map((one) => ({ ...one, org: org.get(one.store) ?? 0 }))),
  ])
  await awaitPipelined([inForce, booked])
  if (!decisions.every(isAllowed(await inForce, await booked))) throw new BudgetConflict()
}

interface Sum extends Spending {
  readonly decided: number
  readonly versions: readonly number[]
}
type ArmingCap = Readonly<Record<'strategy' | 'store' | 'version' | 'cap', number>>
type Booked = Readonly<Record<'strategy' | 'store' | 'spent', number>> & { readonly day: string }

/** What was spent before, and what is decided now, must be within the cap of the version that decides. */
const isAllowed =
  (inForce: readonly ArmingCap[], booked: readonly Booked[]) =>
  ({ strategy, store, day, amount, decided, versions }: Sum): boolean => {
    const arming = inForce.find((a) => a.strategy === strategy && a.store === store)
    const spent = booked.find((b) => b.strategy === strategy && b.store === store && b.day === day)?.spent
    if (arming === undefined || spent === undefined || versions.some((version) => version !== arming.version))
      return false
    return spent - amount + decided <= arming.cap
  }

// In order of keys, so that two batches do not wait for each other.
const IN_FORCE = `
  SELECT a.strategy, a.store, a.version, a.cap FROM arming a
  WHERE a.disarmed_at IS NULL
    AND (a.strategy, a.store) IN (SELECT strategy, store FROM json_to_recordset($1::json) AS d(strategy int, store int))
  ORDER BY a.id FOR SHARE`

// No more can be released than was committed; where a budget's row was deleted by hand, it stays at zero.
const SPEND = `
  INSERT INTO budget (strategy, store, day, org, spent)
  SELECT strategy, store, day, org, greatest(0, amount) FROM json_to_recordset($1::json)
    AS s(strategy int, store int, day text, org int, amount bigint) ORDER BY 1, 2, 3
  ON CONFLICT (strategy, store, day) DO UPDATE
    SET spent = greatest(0, budget.spent + (SELECT s.amount FROM json_to_recordset($1::json)
      AS s(strategy int, store int, day text, amount bigint)
      WHERE s.strategy = budget.strategy AND s.store = budget.store AND s.day = budget.day))
  RETURNING strategy, store, day, spent`
