import type { PulledWindow } from '#connectors'
import type { TestShop } from '../../../../test/support/anywhere-marketplace'
import { MINUTE, NOON, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { caseIdOf } from '../writing/case-id'
import type { StoreRecord } from '../ports'
import type { ListComparison } from './compare-with-list'
import { compareWithList } from './compare-with-list'

const db = useTestDatabase()
let shop: TestShop
let store: StoreRecord
beforeEach(async () => {
  await emptyTables(db)
  shop = await registerTestShop(db.database)
  store = await shop.store()
})

/** Stores a case that is known at this revision and was reported this much later. */
const storeKnownCase = (
  caseNumber: string,
  revision: number,
  reportedAfterMs = 1_000,
  orderNumber?: string,
): Promise<unknown> =>
  db.database.query(
    `INSERT INTO stream (id, org, store, version, fold, revision, state) VALUES ($1, $2, $3, 1, 1, $4, $5)`,
    [
      caseIdOf(store.org, store.id, caseNumber),
      store.org,
      store.id,
      revision,
      {
        caseNumber,
        lastSeen: { revision, observedAt: revision + reportedAfterMs },
        ...(orderNumber && { order: { orderNumber, lines: [] } }),
      },
    ],
  )
let listeningSince = 0
const reconcileWithList = (...cases: [caseNumber: string, revision: number][]): Promise<ListComparison> => {
  const listed = cases.map(([caseNumber, revision]) => ({ caseNumber, revision }))
  const read: PulledWindow = { messages: [], pages: 1, claimed: cases.length, seen: cases.length, cases: listed }
  const window = { from: NOON, to: NOON + 30 * MINUTE, listeningSince, readExtra: true }
  return compareWithList(db.database, store, window, read, NOON + 31 * MINUTE)
}
const requestedReads = (): Promise<unknown[]> =>
  rowsOf(db, 'SELECT case_number, order_number, why FROM reading ORDER BY case_number')

describe('the comparison of pushes with the list', () => {
  it('finds nothing where every case was pushed at its revision and in time', async () => {
    await storeKnownCase('a', NOON)
    await storeKnownCase('b', NOON + MINUTE, 60_000)
    expect(await reconcileWithList(['a', NOON], ['b', NOON + MINUTE])).toEqual({ missing: 0, late: 0, extra: 0 })
    expect(await requestedReads()).toEqual([])
  })

  it('counts no push as missing from before the subscription', async () => {
    listeningSince = NOON + 2 * MINUTE
    expect(await reconcileWithList(['from before', NOON + MINUTE], ['news', NOON + 2 * MINUTE])).toMatchObject({
      missing: 1,
    })
    listeningSince = 0
  })

  it.each([
    ['a case that was not pushed', undefined, 1],
    ['a case of which only an older revision was pushed', NOON - 1, 1],
    ['a case of which a newer revision was already pushed', NOON + MINUTE, 0],
  ])('counts %s as missing: %s', async (_, revision, missing) => {
    if (revision !== undefined) await storeKnownCase('a', revision)
    expect(await reconcileWithList(['a', NOON])).toMatchObject({ missing })
  })

  it('does not count the overlap again, which the previous window proved', async () => {
    expect(await reconcileWithList(['a', NOON - 1])).toEqual({ missing: 0, late: 0, extra: 0 })
  })

  it('counts as late what was pushed more than a minute after it happened', async () => {
    await storeKnownCase('a', NOON, 60_001)
    expect(await reconcileWithList(['a', NOON])).toEqual({ missing: 0, late: 1, extra: 0 })
  })

  it('requests a reading of each case that was pushed and is not in the list', async () => {
    await storeKnownCase('a', NOON, 1_000, '190228-355530178612389')
    await storeKnownCase('b', NOON + 30 * MINUTE - 1)
    await storeKnownCase('before', NOON - 1)
    await storeKnownCase('after', NOON + 30 * MINUTE)
    expect(await reconcileWithList()).toEqual({ missing: 0, late: 0, extra: 2 })
    expect(await requestedReads()).toEqual([
      { case_number: 'a', order_number: '190228-355530178612389', why: 'not in the list' },
      { case_number: 'b', order_number: null, why: 'not in the list' },
    ])
  })

  it('leaves the cases of other stores alone', async () => {
    await storeKnownCase('a', NOON)
    await db.database.query('UPDATE stream SET store = store + 1')
    expect(await reconcileWithList()).toEqual({ missing: 0, late: 0, extra: 0 })
  })
})
