import { useTestDatabase } from '../../../../test/postgres/test-database'
import { NOON, lineUpOf, registerTestShop } from '../../../../test/trade/anywhere'
import { ReportRefused, ReportIntake } from './report-intake'

const db = useTestDatabase()

describe('reports of adapters', () => {
  it('B1: of unregistered apps cause no reading of the directory', async () => {
    const shop = await registerTestShop(db.database)
    const taking = new ReportIntake(lineUpOf(), shop.stores, shop.sealing, () => NOON)
    const before = await shop.stores.current()
    const asked = jest.spyOn(db.database, 'query')
    for (let n = 0; n < 300; n++) {
      const delivery = { headers: { signed: 'yes' }, body: Buffer.from('[]') }
      const report = { marketplace: 'anywhere', appKey: `stranger-${n}`, delivery }
      await expect(taking.take(db.database.manager, [report])).rejects.toThrow(ReportRefused)
    }
    const statements = asked.mock.calls.length
    asked.mockRestore()
    expect([statements, await shop.stores.current()]).toEqual([0, before])
  })
})
