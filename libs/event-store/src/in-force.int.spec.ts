import { randomUUID } from 'node:crypto'
import { openedForThisFile, rowsOf, standing } from '../../../test/postgres/opened'
import { holdJudging, lookAgain, revisionInForce, wantLookedAgain } from './in-force'
import { arm, changeStoreTerms, disarm, draftStrategy } from './strategies'

const db = openedForThisFile()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const [STORE, OTHER] = [7, 8]
const author = { org: 1, by: 'lin', at: NOON }

beforeEach(() =>
  db.database.query(
    'TRUNCATE stream, timer, look_again, strategy, strategy_version, arming, store_terms RESTART IDENTITY CASCADE',
  ),
)

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
    await expect(db.database.transaction((m) => holdJudging(m, 20))).rejects.toMatchObject({ code: '55P03' })
    expect(await revision()).toBe(judging.value)
    await judging.commit()
  })
})

describe('the cases of a store that are to be judged once more', () => {
  const aCase = async (store: number, kind = 'SELLER_RESPONSE', due = NOON + 1_000): Promise<string> => {
    const id = randomUUID()
    await rowsOf(
      db,
      `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, 1, $2, 1, 1, 0, '{}')`,
      [id, store],
    )
    await rowsOf(db, 'INSERT INTO timer (stream, kind, org, due_at) VALUES ($1, $2, 1, $3)', [id, kind, due])
    return id
  }
  const wantedAgain = async (): Promise<string[]> =>
    (await rowsOf<{ stream: string }>(db, `SELECT stream FROM timer WHERE kind = 'JUDGE' AND due_at = $1`, [NOON]))
      .map(({ stream }) => stream)
      .sort()

  it('are gone through in steps, all of them, and none of another store', async () => {
    const cases = []
    for (let n = 0; n < 7; n++) {
      cases.push(await aCase(STORE))
      await aCase(OTHER)
    }
    await db.database.transaction((m) => wantLookedAgain(m, STORE, NOON))
    const steps = []
    for (let n = -1; n !== 0; steps.push(n)) n = await lookAgain(db.database, 'JUDGE', 4)
    expect(steps.length).toBe(5)
    expect(await wantedAgain()).toEqual(cases.sort())
    expect(await rowsOf(db, 'SELECT * FROM look_again')).toEqual([])
  })

  it('are left as they are where they are to be judged even earlier', async () => {
    await aCase(STORE, 'JUDGE', NOON - 5)
    const later = await aCase(STORE, 'JUDGE', NOON + 5)
    await db.database.transaction((m) => wantLookedAgain(m, STORE, NOON))
    await lookAgain(db.database, 'JUDGE')
    expect(await wantedAgain()).toEqual([later])
    expect(await rowsOf(db, 'SELECT min(due_at) AS due FROM timer')).toEqual([{ due: NOON - 5 }])
  })

  it('are shared by several workers without one waiting for another', async () => {
    await aCase(STORE)
    await db.database.transaction(async (m) => {
      await wantLookedAgain(m, STORE, NOON)
      await wantLookedAgain(m, OTHER, NOON)
    })
    const other = await standing(db.database, (m) => m.query('SELECT FROM look_again ORDER BY id LIMIT 1 FOR UPDATE'))
    expect(await lookAgain(db.database, 'JUDGE')).toBeGreaterThan(0)
    expect(await rowsOf(db, 'SELECT store FROM look_again')).toEqual([{ store: STORE }])
    await other.commit()
  })
})
