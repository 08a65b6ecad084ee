import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { lockJudging, revisionInForce } from './in-force'
import { changeStoreTerms } from '../store-terms/store-terms'
import { arm, disarm } from '../strategies/armings'
import { draftStrategy } from '../strategies/strategies'

const db = useTestDatabase()
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

  it('is unchanged where a change was rolled back', async () => {
    const before = await revision()
    const change = await beginTransaction(db.database, (m) => changeStoreTerms(m, author, STORE, {}, 0))
    await change.rollBack()
    expect(await revision()).toBe(before)
  })

  it('is not changed by a writer that waited too long for judging transactions; those are not blocked', async () => {
    const judging = await beginTransaction(db.database, revisionInForce)
    await expect(db.database.transaction((m) => lockJudging(m, 20))).rejects.toMatchObject({ code: '55P03' })
    expect(await revision()).toBe(judging.value)
    await judging.commit()
  })
})

describe('F: a transaction that holds the judging lock', () => {
  it('and is idle loses it within seconds: other transactions can judge', async () => {
    const stopped = await beginTransaction(db.database, (m) => lockJudging(m, 1_000))
    // Waits for the lock, not for a time: the server ends the idle transaction.
    expect(await revision()).toBeGreaterThan(0)
    await expect(stopped.run((m) => m.query('SELECT 1'))).rejects.toThrow()
    await stopped.rollBack().catch(() => undefined)
  })

  it('blocks no one behind it for longer than it waits itself', async () => {
    const judging = await beginTransaction(db.database, revisionInForce)
    const holding = db.database.transaction((m) => lockJudging(m, 300)).catch((error: { code?: string }) => error.code)
    await untilLockWaits(db.database, 1)
    // Queued behind the change; proceeds as soon as that has given up, though the first still judges.
    expect(await revision()).toBe(judging.value)
    expect(await holding).toBe('55P03')
    await judging.commit()
  })
})
