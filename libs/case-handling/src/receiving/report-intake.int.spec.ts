import { emptyTables, rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'
import { NOON, SHOP, lineUpOf, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ReportRefused, ReportIntake } from './report-intake'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

describe('the intake of adapter reports', () => {
  it('refuses reports of unregistered apps without a query to the database (fault B1)', async () => {
    const shop = await registerTestShop(db.database)
    const reportIntake = new ReportIntake(lineUpOf(), shop.stores, shop.sealing, () => NOON)
    const directory = await shop.stores.current()
    const queries = jest.spyOn(db.database, 'query')
    for (let n = 0; n < 300; n++) {
      const delivery = { headers: { signed: 'yes' }, body: Buffer.from('[]') }
      const report = { marketplace: 'anywhere', appKey: `stranger-${n}`, delivery }
      await expect(reportIntake.storeReports(db.database.manager, [report])).rejects.toThrow(ReportRefused)
    }
    const statements = queries.mock.calls.length
    queries.mockRestore()
    expect([statements, await shop.stores.current()]).toEqual([0, directory])
  })

  it('keeps no report of a store that was removed, and those of the other stores', async () => {
    const shop = await registerTestShop(db.database)
    await db.database.query(
      `INSERT INTO store (org, app, shop, name, access_token, refresh_token, removed_at)
       SELECT org, app, 'removed', '', access_token, refresh_token, 1 FROM store`,
    )
    shop.stores.invalidate()
    const reportIntake = new ReportIntake(lineUpOf(), shop.stores, shop.sealing, () => NOON)
    const body = Buffer.from(JSON.stringify([{ case: '1', shop: 'removed' }, { case: '2' }]))
    const delivery = { headers: { signed: 'yes' }, body }
    const report = { marketplace: 'anywhere', appKey: 'app-1', delivery }
    await reportIntake.storeReports(db.database.manager, [report])
    expect(await rowsOf(db, 'SELECT shop FROM message JOIN store ON store.id = store')).toEqual([{ shop: SHOP }])
  })
})
