import { emptyTables, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import { Directory } from './directory'
import type { NewApp } from './registration'
import { register } from './registration'
import { Unsealable, openVault } from './vault'

const db = useTestDatabase()
const vault = openVault(Buffer.alloc(32, 7))

beforeEach(() => emptyTables(db))

const app = (over: Partial<NewApp> = {}, shop = '10437917'): NewApp => ({
  marketplace: 'anywhere',
  appKey: 'key-1',
  appSecret: 'canary-app-secret',
  endpoints: { api: 'http://127.0.0.1:1' },
  stores: [{ shop, name: '测试小店', accessToken: 'canary-access', refreshToken: 'canary-refresh' }],
  ...over,
})
const enter = (apps: readonly NewApp[], renewTokens = false, slug = 'demo'): Promise<number> =>
  register(db.database, vault, { slug, name: 'Demo' }, apps, { renewTokens })
const directory = (): Directory => new Directory(db.database, vault)
const storesNow = async (): Promise<unknown[]> =>
  (await directory().current()).stores.map(({ shop, name, accessToken, refreshToken, authorised }) => ({
    shop,
    name,
    accessToken,
    refreshToken,
    authorised,
  }))
const asEntered = {
  shop: '10437917',
  name: '测试小店',
  accessToken: 'canary-access',
  refreshToken: 'canary-refresh',
  authorised: true,
}

describe('an organisation that is registered', () => {
  it('has its apps and stores, with secrets that open again', async () => {
    expect(await enter([app()])).toBe(1)
    expect(await storesNow()).toEqual([asEntered])
    expect(await directory().app('anywhere', 'key-1')).toEqual({
      id: 1,
      org: 1,
      marketplace: 'anywhere',
      appKey: 'key-1',
      appSecret: 'canary-app-secret',
      service: null,
      endpoints: { api: 'http://127.0.0.1:1' },
    })
  })

  it('is the same one when it is registered again, with what is new', async () => {
    await enter([app()])
    const moved = app({ appSecret: 'another-secret', endpoints: { api: 'http://127.0.0.1:2' } })
    expect(await enter([moved, app({ appKey: 'key-2' }, '2')])).toBe(1)
    const { organisations, apps, stores } = await directory().current()
    expect([organisations.length, apps.map(({ appSecret }) => appSecret), stores.length]).toEqual([
      1,
      ['another-secret', 'canary-app-secret'],
      2,
    ])
  })

  it('keeps the tokens that were refreshed since, and its lost authorisation, unless they are to be renewed', async () => {
    await enter([app()])
    const known = directory()
    const [store] = (await known.current()).stores
    if (store === undefined) throw new Error('no store')
    const refreshed = { accessToken: 'fresh', refreshToken: 'fresher' }
    await known.renewTokens(store, { ...refreshed, expiresAt: 5 })
    await known.markUnauthorised({ ...store, ...refreshed })
    await enter([app()])
    expect(await storesNow()).toEqual([{ ...asEntered, ...refreshed, authorised: false }])
    await enter([app()], true)
    expect(await storesNow()).toEqual([asEntered])
  })

  it('is entered whole or not at all', async () => {
    const broken = app({
      appKey: 'key-2',
      stores: [{ shop: null as unknown as string, name: 'x', accessToken: 'a', refreshToken: 'b' }],
    })
    await expect(enter([app(), broken])).rejects.toThrow('null value in column "shop"')
    expect(await rowsOf(db, 'SELECT 1 FROM organisation')).toEqual([])
  })

  it('cannot be given the app of another: its cases would be sealed for the wrong one', async () => {
    await enter([app()])
    await expect(enter([app()], true, 'other')).rejects.toThrow('belongs to another organisation')
    expect(await storesNow()).toEqual([asEntered])
  })
})

describe('secrets and tokens in the tables', () => {
  it('cannot be read in the tables', async () => {
    await enter([app()])
    const [row] = await rowsOf<{ all: string }>(
      db,
      `SELECT string_agg(t, '') AS all FROM (SELECT app::text || encode(secret, 'escape') AS t FROM app
       UNION ALL SELECT store::text || encode(access_token, 'escape') || encode(refresh_token, 'escape') FROM store) x`,
    )
    expect(row?.all).toContain('key-1')
    expect(row?.all).not.toContain('canary')
  })

  it('do not open with another master key', async () => {
    await enter([app()])
    const { apps, stores } = await new Directory(db.database, openVault(Buffer.alloc(32, 8))).current()
    for (const attempt of [() => apps[0]?.appSecret, () => stores[0]?.accessToken, () => stores[0]?.refreshToken])
      expect(attempt).toThrow(Unsealable)
  })
})
