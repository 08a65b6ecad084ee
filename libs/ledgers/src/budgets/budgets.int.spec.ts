import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import type { Spending } from './budgets'
import { BudgetConflict, budgetsOf, bookSpendings } from './budgets'
import { arm, disarm } from '../strategies/armings'
import { draftStrategy, reviseStrategy } from '../strategies/strategies'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const STORE_ID = 7
const CAP = 10_000
const author = { org: 1, by: 'lin', at: NOON }
const orgs = new Map([[STORE_ID, 1]])
const BUDGET_DAY = '2026-11-11'

let strategy: number
let arming: number
const armLive = (version: number, cap = CAP): Promise<number> =>
  db.database.transaction((m) => arm(m, author, { store: STORE_ID, strategy, version, mode: 'live', cap, trial: null }))
beforeEach(async () => {
  await emptyTables(db)
  const document = { policy: 'warehouseAcceptedGoods', name: '入库退款', settings: { a: 1 } }
  strategy = (await db.database.transaction((m) => draftStrategy(m, author, document))).strategy
  arming = await armLive(1)
})

const remainingBudgets = async (armingId = arming): Promise<number[]> =>
  (
    await db.database.transaction((m) =>
      budgetsOf(m, [{ arming: armingId, strategy, store: STORE_ID, day: BUDGET_DAY }]),
    )
  ).map((b) => b.remaining)
const spending = (amount: number, version?: number): Spending => ({
  ...{ strategy, store: STORE_ID, day: BUDGET_DAY, amount },
  ...(version === undefined ? {} : { version }),
})
const book = (...spendings: Spending[]): Promise<void> =>
  db.database.transaction((m) => bookSpendings(m, spendings, orgs))

describe('a budget', () => {
  it('is the cap minus what was committed that day; a released amount can be spent again', async () => {
    expect(await remainingBudgets()).toEqual([CAP])
    await book(spending(9_900, 1))
    expect(await remainingBudgets()).toEqual([100])
    await book(spending(-9_900))
    expect(await remainingBudgets()).toEqual([CAP])
  })

  it('is reduced by the sum of all bookings of one batch', async () => {
    await book(spending(100, 1), spending(200, 1), spending(-50))
    expect(await remainingBudgets()).toEqual([9_750])
  })

  it.each([
    ['can be spent up to its cap exactly', CAP, undefined],
    ['cannot be spent with one fen above its cap', CAP + 1, BudgetConflict],
  ] as const)('%s', async (_name, amount, outcome) => {
    const booking = book(spending(amount - 1, 1), spending(1, 1))
    if (outcome === undefined) await booking
    else await expect(booking).rejects.toThrow(outcome)
    expect(await remainingBudgets()).toEqual([outcome === undefined ? 0 : CAP])
  })

  it('is exceeded by amounts that were decided earlier; nothing new can be decided then', async () => {
    await book(spending(CAP + 500))
    expect(await remainingBudgets()).toEqual([0])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
    await book(spending(-600))
    await book(spending(100, 1))
    expect(await remainingBudgets()).toEqual([0])
  })

  it('does not yet grow, for a new decision, by what the same batch releases', async () => {
    await book(spending(CAP, 1))
    await expect(book(spending(-CAP), spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('does not exist for a disarmed strategy', async () => {
    expect(await db.database.transaction((m) => disarm(m, author, strategy))).toEqual([STORE_ID])
    expect(await remainingBudgets()).toEqual([])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('cannot be spent by a version that another one has replaced', async () => {
    await db.database.transaction((m) => reviseStrategy(m, author, strategy, { a: 2 }))
    await armLive(2)
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
    await book(spending(1, 2))
  })

  it('that two batches read as full is spent by the first; the second must judge again', async () => {
    const first = await beginTransaction(db.database, (m) => bookSpendings(m, [spending(8_000, 1)], orgs))
    expect(await remainingBudgets()).toEqual([CAP])
    const second = book(spending(8_000, 1))
    await untilLockWaits(db.database, 1)
    await first.commit()
    await expect(second).rejects.toThrow(BudgetConflict)
    expect(await remainingBudgets()).toEqual([2_000])
  })

  it('is closed by a disarming, which waits for a running decision; no decision is made after it', async () => {
    const deciding = await beginTransaction(db.database, (m) => bookSpendings(m, [spending(1, 1)], orgs))
    const disarming = db.database.transaction((m) => disarm(m, author, strategy))
    await untilLockWaits(db.database, 1)
    await deciding.commit()
    expect(await disarming).toEqual([STORE_ID])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('makes a decision wait for a running disarming; the decision then fails', async () => {
    const disarming = await beginTransaction(db.database, (m) => disarm(m, author, strategy))
    const deciding = book(spending(1, 1))
    await untilLockWaits(db.database, 1)
    await disarming.commit()
    await expect(deciding).rejects.toThrow(BudgetConflict)
  })
})
