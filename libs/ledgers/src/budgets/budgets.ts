import type { EntityManager } from 'typeorm'
import { awaitPipelined } from '#event-store'

/** What a strategy may still spend at a store on a day, in fen. `day`: the day in China, `2026-11-11`. */
export interface Budget {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly remaining: number
}

/** Identifies a budget, with the arming whose cap counts. */
export interface BudgetKey {
  readonly arming: number
  readonly strategy: number
  readonly store: number
  readonly day: string
}

/** An amount in fen that a strategy committed (positive) or released (negative) at a store on a day. */
export interface Spending {
  readonly strategy: number
  readonly store: number
  readonly day: string
  readonly amount: number
  /**
   * The version that decides it in this batch: allowed only while the version is in force and its cap is not exceeded. Absent: the
   * amount was decided in an earlier batch, and is booked whatever the cap says.
   */
  readonly version?: number
}

/**
 * After this transaction had read a budget, another one spent the rest of it or disarmed its strategy. The batch must be judged
 * again.
 */
export class BudgetConflict extends Error {
  constructor() {
    super('a budget was spent, or its strategy disarmed, meanwhile')
  }
}

/**
 * The remaining budgets of armings that are in force; disarmed ones are omitted. Takes no lock: `bookSpendings` checks the
 * budgets again at the end of the transaction.
 */
export async function budgetsOf(manager: EntityManager, keys: readonly BudgetKey[]): Promise<Budget[]> {
  if (keys.length === 0) return []
  const rows = await manager.query<(BudgetKey & { remaining: number })[]>(SELECT_REMAINING, [JSON.stringify(keys)])
  return rows.map(({ strategy, store, day, remaining }) => ({
    strategy,
    store,
    day,
    // A cap that was lowered during the day may be exceeded already.
    remaining: Math.max(0, remaining),
  }))
}

const SELECT_REMAINING = `
  SELECT w.strategy, w.store, w.day, a.cap - coalesce(b.spent, 0) AS remaining
  FROM (SELECT DISTINCT arming, strategy, store, day FROM json_to_recordset($1::json)
    AS w(arming int, strategy int, store int, day text)) w
  JOIN arming a ON a.id = w.arming AND a.disarmed_at IS NULL
  LEFT JOIN budget b ON b.strategy = w.strategy AND b.store = w.store AND b.day = w.day`

/**
 * Books committed and released amounts, and creates missing budget rows (the first of a day). Must be the last statement of a
 * transaction: until it ends, other batches that spend at the same stores wait, and so does disarming.
 * @throws BudgetConflict
 */
export async function bookSpendings(
  manager: EntityManager,
  spendings: readonly Spending[],
  organisationByStore: ReadonlyMap<number, number>,
): Promise<void> {
  const changes = new Map<string, BudgetChange>()
  for (const spending of spendings) {
    const key = `${spending.strategy} ${spending.store} ${spending.day}`
    const { amount, decided, versions } = changes.get(key) ?? { amount: 0, decided: 0, versions: [] }
    const isNew = spending.version !== undefined
    changes.set(key, {
      ...spending,
      amount: amount + spending.amount,
      decided: decided + (isNew ? spending.amount : 0),
      versions: isNew ? [...versions, spending.version] : versions,
    })
  }
  const newDecisions = [...changes.values()].filter(({ versions }) => versions.length > 0)
  const nonZeroChanges = [...changes.values()].filter(({ amount, versions }) => amount !== 0 || versions.length > 0)
  if (nonZeroChanges.length === 0) return
  const inForce =
    newDecisions.length === 0
      ? Promise.resolve([])
      : manager.query<ArmingCap[]>(LOCK_ARMINGS_IN_FORCE, [JSON.stringify(newDecisions)])
  const booked = manager.query<BookedBudget[]>(BOOK, [
    JSON.stringify(
      nonZeroChanges.map((spending) => ({ ...spending, org: organisationByStore.get(spending.store) ?? 0 })),
    ),
  ])
  await awaitPipelined([inForce, booked])
  if (!newDecisions.every(isAllowed(await inForce, await booked))) throw new BudgetConflict()
}

/** All spendings of one batch from one budget: `amount` is their sum, `decided` the part that this batch decides. */
interface BudgetChange extends Spending {
  readonly decided: number
  readonly versions: readonly number[]
}
type ArmingCap = Readonly<Record<'strategy' | 'store' | 'version' | 'cap', number>>
type BookedBudget = Readonly<Record<'strategy' | 'store' | 'spent', number>> & { readonly day: string }

/**
 * The version that decides must be in force, and what was spent before this batch plus what the batch decides must be within its
 * cap. What the same batch releases does not count yet.
 */
const isAllowed =
  (inForce: readonly ArmingCap[], booked: readonly BookedBudget[]) =>
  ({ strategy, store, day, amount, decided, versions }: BudgetChange): boolean => {
    const arming = inForce.find((a) => a.strategy === strategy && a.store === store)
    const spent = booked.find((b) => b.strategy === strategy && b.store === store && b.day === day)?.spent
    if (arming === undefined || spent === undefined || versions.some((version) => version !== arming.version))
      return false
    return spent - amount + decided <= arming.cap
  }

// Locked in the order of their ids, so that two batches cannot deadlock. `FOR SHARE` makes a disarming wait.
const LOCK_ARMINGS_IN_FORCE = `
  SELECT a.strategy, a.store, a.version, a.cap FROM arming a
  WHERE a.disarmed_at IS NULL
    AND (a.strategy, a.store) IN (SELECT strategy, store FROM json_to_recordset($1::json) AS d(strategy int, store int))
  ORDER BY a.id FOR SHARE`

// Never below zero: more may be released than the row has, if an operator deleted the row of that day.
const BOOK = `
  INSERT INTO budget (strategy, store, day, org, spent)
  SELECT strategy, store, day, org, greatest(0, amount) FROM json_to_recordset($1::json)
    AS s(strategy int, store int, day text, org int, amount bigint) ORDER BY 1, 2, 3
  ON CONFLICT (strategy, store, day) DO UPDATE
    SET spent = greatest(0, budget.spent + (SELECT s.amount FROM json_to_recordset($1::json)
      AS s(strategy int, store int, day text, amount bigint)
      WHERE s.strategy = budget.strategy AND s.store = budget.store AND s.day = budget.day))
  RETURNING strategy, store, day, spent`
