import { useTestDatabase } from '../../../../test/postgres/test-database'
import { NOON, lineUpOf, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { ReportRefused, ReportIntake } from './report-intake'

const db = useTestDatabase()

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
})
