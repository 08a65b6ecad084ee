import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { blockJudging, revisionInForce } from './in-force'
import { changeStoreTerms } from '../store-terms/store-terms'
import { arm, disarm } from '../strategies/armings'
import { draftStrategy } from '../strategies/strategies'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const STORE_ID = 7
const author = { org: 1, by: 'lin', at: NOON }

beforeEach(() => emptyTables(db))

const currentRevision = (): Promise<number> => revisionInForce(db.database)

describe('the revision of what is in force', () => {
  it('changes with arming, disarming and new terms, and stays the same while nothing changes', async () => {
    const revisions = [await currentRevision(), await currentRevision()]
    const { strategy, version } = await db.database.transaction((m) =>
      draftStrategy(m, author, { policy: 'warehouseAcceptedGoods', name: 'n', settings: {} }),
    )
    await db.database.transaction((m) =>
      arm(m, author, { store: STORE_ID, strategy, version, mode: 'live', cap: 1, trial: null }),
    )
    revisions.push(await currentRevision())
    await db.database.transaction((m) => changeStoreTerms(m, author, STORE_ID, {}, 0))
    revisions.push(await currentRevision())
    await db.database.transaction((m) => disarm(m, author, strategy))
    revisions.push(await currentRevision())
    expect(revisions[1]).toBe(revisions[0])
    expect(new Set(revisions).size).toBe(4)
  })

  it('is unchanged after a change was rolled back', async () => {
    const before = await currentRevision()
    const changing = await beginTransaction(db.database, (m) => changeStoreTerms(m, author, STORE_ID, {}, 0))
    await changing.rollBack()
    expect(await currentRevision()).toBe(before)
  })

  it('is not changed by a writer that waited too long for judging transactions; they are not blocked', async () => {
    const judging = await beginTransaction(db.database, revisionInForce)
    await expect(db.database.transaction((m) => blockJudging(m, 20))).rejects.toMatchObject({ code: '55P03' })
    expect(await currentRevision()).toBe(judging.value)
    await judging.commit()
  })
})

describe('F: a transaction that holds the judging lock', () => {
  it('loses it within seconds if it is idle: other transactions can judge', async () => {
    const idleTransaction = await beginTransaction(db.database, (m) => blockJudging(m, 1_000))
    // This waits for the lock until the server ends the idle transaction.
    expect(await currentRevision()).toBeGreaterThan(0)
    await expect(idleTransaction.run((m) => m.query('SELECT 1'))).rejects.toThrow()
    await idleTransaction.rollBack().catch(() => undefined)
  })

  it('blocks the transactions behind it no longer than it waits itself', async () => {
    const judging = await beginTransaction(db.database, revisionInForce)
    const changing = db.database
      .transaction((m) => blockJudging(m, 300))
      .catch((error: { code?: string }) => error.code)
    await untilLockWaits(db.database, 1)
    // Queued behind the change; it proceeds as soon as the change has given up, though the first transaction still judges.
    expect(await currentRevision()).toBe(judging.value)
    expect(await changing).toBe('55P03')
    await judging.commit()
  })
})
