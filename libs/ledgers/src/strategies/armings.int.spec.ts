import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { changeStoreTerms, newestStoreTerms } from '../store-terms/store-terms'
import { arm, armingsInForce, armingsOf } from './armings'
import { draftStrategy, reviseStrategy, strategiesOf, versionsOf } from './strategies'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const STORE_ID = 7
const author = { org: 1, by: 'lin', at: NOON }

beforeEach(() => emptyTables(db))

const draftWarehouseStrategy = (): Promise<{ strategy: number; version: number }> =>
  db.database.transaction((m) =>
    draftStrategy(m, author, { policy: 'warehouseAcceptedGoods', name: '入库退款', settings: { a: 1 } }),
  )
const armLive = (strategy: number, version = 1, cap = 10_000): Promise<number> =>
  db.database.transaction((m) => arm(m, author, { store: STORE_ID, strategy, version, mode: 'live', cap, trial: null }))

describe('a strategy', () => {
  it('has versions that never change; the newest is shown', async () => {
    const { strategy } = await draftWarehouseStrategy()
    expect(await db.database.transaction((m) => reviseStrategy(m, author, strategy, { a: 2 }))).toBe(2)
    expect((await strategiesOf(db.database, 1)).map(({ id, version, settings }) => [id, version, settings])).toEqual([
      [strategy, 2, { a: 2 }],
    ])
    expect((await versionsOf(db.database, 1, strategy)).map(({ version, settings }) => [version, settings])).toEqual([
      [2, { a: 2 }],
      [1, { a: 1 }],
    ])
  })

  it('of another organisation is not found', async () => {
    const { strategy } = await draftWarehouseStrategy()
    expect(await db.database.transaction((m) => reviseStrategy(m, { ...author, org: 2 }, strategy, {}))).toBeUndefined()
    expect(await strategiesOf(db.database, 2)).toEqual([])
  })

  it('is in force once at a store: arming another version ends the first, and both armings are kept', async () => {
    const { strategy } = await draftWarehouseStrategy()
    await db.database.transaction((m) => reviseStrategy(m, author, strategy, { a: 2 }))
    await armLive(strategy, 1)
    await armLive(strategy, 2)
    expect((await armingsInForce(db.database)).map(({ version, settings, cap }) => [version, settings, cap])).toEqual([
      [2, { a: 2 }, 10_000],
    ])
    expect((await armingsOf(db.database, 1, strategy)).map(({ version, disarmedBy }) => [version, disarmedBy])).toEqual(
      [
        [2, null],
        [1, 'lin'],
      ],
    )
  })
})

describe("a store's terms", () => {
  it('are kept in all versions; the newest one counts', async () => {
    for (const a of [1, 2]) await db.database.transaction((m) => changeStoreTerms(m, author, STORE_ID, { a }, a - 1))
    expect(await newestStoreTerms(db.database)).toEqual([{ store: STORE_ID, version: 2, document: { a: 2 } }])
    expect(await rowsOf(db, 'SELECT version FROM store_terms ORDER BY version')).toEqual([
      { version: 1 },
      { version: 2 },
    ])
  })

  it('that two transactions change at once are changed by the first; the second gets a conflict', async () => {
    const versions = await Promise.all(
      [1, 2].map((a) => db.database.transaction((m) => changeStoreTerms(m, author, STORE_ID, { a }, 0))),
    )
    expect([...versions].sort()).toEqual([1, undefined])
    expect(await rowsOf(db, 'SELECT version FROM store_terms')).toEqual([{ version: 1 }])
  })
})
