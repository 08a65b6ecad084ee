import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import type { Spending } from './budgets'
import { BudgetConflict, budgetsOf, spend } from './budgets'
import { arm, disarm } from '../strategies/armings'
import { draftStrategy, reviseStrategy } from '../strategies/strategies'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const STORE = 7
const CAP = 10_000
const author = { org: 1, by: 'lin', at: NOON }
const orgs = new Map([[STORE, 1]])
const DAY = '2026-11-11'

let strategy: number
let arming: number
const live = (version: number, cap = CAP): Promise<number> =>
  db.database.transaction((m) => arm(m, author, { store: STORE, strategy, version, mode: 'live', cap, trial: null }))
beforeEach(async () => {
  await emptyTables(db)
  const document = { policy: 'warehouseAcceptedGoods', name: '入库退款', settings: { a: 1 } }
  strategy = (await db.database.transaction((m) => draftStrategy(m, author, document))).strategy
  arming = await live(1)
})

const left = async (of = arming): Promise<number[]> =>
  (await db.database.transaction((m) => budgetsOf(m, [{ arming: of, strategy, store: STORE, day: DAY }]))).map(
    (b) => b.left,
  )
const spending = (amount: number, version?: number): Spending => ({
  ...{ strategy, store: STORE, day: DAY, amount },
  ...(version === undefined ? {} : { version }),
})
const book = (...spendings: Spending[]): Promise<void> => db.database.transaction((m) => spend(m, spendings, orgs))

describe('a budget', () => {
  it('is what the cap leaves of what was committed that day; what came back counts again', async () => {
    expect(await left()).toEqual([CAP])
    await book(spending(9_900, 1))
    expect(await left()).toEqual([100])
    await book(spending(-9_900))
    expect(await left()).toEqual([CAP])
  })

  it('adds up what one batch books several times', async () => {
    await book(spending(100, 1), spending(200, 1), spending(-50))
    expect(await left()).toEqual([9_750])
  })

  it.each([
    ['to the fen', CAP, undefined],
    ['and a fen more', CAP + 1, BudgetConflict],
  ] as const)('is decided upon up to its cap, %s', async (_name, amount, outcome) => {
    const booking = book(spending(amount - 1, 1), spending(1, 1))
    if (outcome === undefined) await booking
    else await expect(booking).rejects.toThrow(outcome)
    expect(await left()).toEqual([outcome === undefined ? 0 : CAP])
  })

  it('takes what was decided before, and happened all the same, above its cap; nothing new is decided then', async () => {
    await book(spending(CAP + 500))
    expect(await left()).toEqual([0])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
    await book(spending(-600))
    await book(spending(100, 1))
    expect(await left()).toEqual([0])
  })

  it('counts for a new decision what stood before the batch, not what came back in it', async () => {
    await book(spending(CAP, 1))
    await expect(book(spending(-CAP), spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('of a disarmed strategy is none at all', async () => {
    expect(await db.database.transaction((m) => disarm(m, author, strategy))).toEqual([STORE])
    expect(await left()).toEqual([])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('is not spent by a version that another has replaced', async () => {
    await db.database.transaction((m) => reviseStrategy(m, author, strategy, { a: 2 }))
    await live(2)
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
    await book(spending(1, 2))
  })

  it('that two batches saw full is spent by the first; the second is to judge again', async () => {
    const first = await beginTransaction(db.database, (m) => spend(m, [spending(8_000, 1)], orgs))
    expect(await left()).toEqual([CAP])
    const second = book(spending(8_000, 1))
    await untilLockWaits(db.database, 1)
    await first.commit()
    await expect(second).rejects.toThrow(BudgetConflict)
    expect(await left()).toEqual([2_000])
  })

  it('disarming waits for what is just being decided, and nothing is decided after it was answered', async () => {
    const deciding = await beginTransaction(db.database, (m) => spend(m, [spending(1, 1)], orgs))
    const disarming = db.database.transaction((m) => disarm(m, author, strategy))
    await untilLockWaits(db.database, 1)
    await deciding.commit()
    expect(await disarming).toEqual([STORE])
    await expect(book(spending(1, 1))).rejects.toThrow(BudgetConflict)
  })

  it('what is decided waits for a disarming, and then is not decided', async () => {
    const disarming = await beginTransaction(db.database, (m) => disarm(m, author, strategy))
    const deciding = book(spending(1, 1))
    await untilLockWaits(db.database, 1)
    await disarming.commit()
    await expect(deciding).rejects.toThrow(BudgetConflict)
  })
})
