import type { Answer } from '#connectors'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import { anywhere, ctx, registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { Sessions } from './sessions'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

describe('a store whose keys were typed from another one', () => {
  it('needs a new authorisation once the marketplace names the store of its tokens, and gets none of them', async () => {
    const shop = await registerTestShop(db.database)
    const store = await shop.store()
    const tokens = { accessToken: 'new-access', refreshToken: 'new-refresh', expiresAt: undefined, shop: 'of-another' }
    const connector = anywhere({ refresh: () => Promise.resolve({ type: 'ok', value: tokens }) })
    const used: string[] = []
    const call = ({ accessToken }: { accessToken: string }): Promise<Answer<string>> => {
      used.push(accessToken)
      return Promise.resolve({ type: 'token-expired' })
    }
    expect(await new Sessions(db.database, shop.stores).withSession(store, connector, ctx(), call)).toEqual({
      type: 'reauthorise',
      code: 'ours:another-store',
      text: 'the tokens are those of another store',
    })
    shop.stores.invalidate()
    const { authorised, accessToken } = await shop.store()
    expect([used, authorised, accessToken]).toEqual([[store.accessToken], false, store.accessToken])
  })
})
