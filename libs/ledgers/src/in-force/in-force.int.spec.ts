import { emptyTables, openedForThisFile, standing, untilWaiting } from '../../../../test/postgres/opened'
import { lockJudging, revisionInForce } from './in-force'
import { changeStoreTerms } from '../store-terms/store-terms'
import { arm, disarm } from '../strategies/armings'
import { draftStrategy } from '../strategies/strategies'

const db = openedForThisFile()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const STORE = 7
const author = { org: 1, by: 'lin', at: NOON }

beforeEach(() => emptyTables(db))

const revision = (): Promise<number> => revisionInForce(db.database)

describe('the number of what is in force', () => {
  it('is another one after arming, disarming and other terms, and the same as long as nothing happens', async () => {
    const seen = [await revision(), await revision()]
    const { strategy, version } = await db.database.transaction((m) =>
      draftStrategy(m, author, { policy: 'warehouseAcceptedGoods', name: 'n', settings: {} }),
    )
    await db.database.transaction((m) =>
      arm(m, author, { store: STORE, strategy, version, mode: 'live', cap: 1, trial: null }),
    )
    seen.push(await revision())
    await db.database.transaction((m) => changeStoreTerms(m, author, STORE, {}, 0))
    seen.push(await revision())
    await db.database.transaction((m) => disarm(m, author, strategy))
    seen.push(await revision())
    expect(seen[1]).toBe(seen[0])
    expect(new Set(seen).size).toBe(4)
  })

  it('is what it was where a change was given up', async () => {
    const before = await revision()
    const change = await standing(db.database, (m) => changeStoreTerms(m, author, STORE, {}, 0))
    await change.rollBack()
    expect(await revision()).toBe(before)
  })

  it('is not changed by somebody who waited too long for those who judge; they are kept from nothing', async () => {
    const judging = await standing(db.database, revisionInForce)
    await expect(db.database.transaction((m) => lockJudging(m, 20))).rejects.toMatchObject({ code: '55P03' })
    expect(await revision()).toBe(judging.value)
    await judging.commit()
  })
})

describe('F: who holds the judging', () => {
  it('and stands still loses it within seconds: whoever wants to judge goes on', async () => {
    const stopped = await standing(db.database, (m) => lockJudging(m, 1_000))
    // Waits for the lock, not for a time: it is the server that ends who stands still.
    expect(await revision()).toBeGreaterThan(0)
    await expect(stopped.go((m) => m.query('SELECT 1'))).rejects.toThrow()
    await stopped.rollBack().catch(() => undefined)
  })

  it('lets nobody wait behind it for longer than it waits itself', async () => {
    const judging = await standing(db.database, revisionInForce)
    const holding = db.database.transaction((m) => lockJudging(m, 300)).catch((error: { code?: string }) => error.code)
    await untilWaiting(db.database, 1)
    // Behind who wants to change it; through as soon as he has given up, though the first still judges.
    expect(await revision()).toBe(judging.value)
    expect(await holding).toBe('55P03')
    await judging.commit()
  })
})
