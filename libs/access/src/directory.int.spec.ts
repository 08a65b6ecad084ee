import { emptyTables, useTestDatabase, beginTransaction, untilLockWaits } from '../../../test/postgres/test-database'
import { Directory } from './directory'
import type { Store } from './directory-snapshot'
import { register } from './registration'
import { Unsealable, openVault, placeOf } from './vault'

const db = useTestDatabase()
const vault = openVault(Buffer.alloc(32, 7))
let directory: Directory
let store: Store

beforeEach(async () => {
  await emptyTables(db)
  const stores = [{ shop: '10437917', name: '测试小店', accessToken: 'old', refreshToken: 'old-refresh' }]
  const app = { marketplace: 'anywhere', appKey: 'key-1', appSecret: 'secret', endpoints: {}, stores }
  await register(db.database, vault, { slug: 'demo', name: 'Demo' }, [app])
  directory = new Directory(db.database, vault)
  store = (await directory.current()).stores[0] as Store
})

const rename = (name: string): Promise<unknown> => db.database.query('UPDATE store SET name = $1', [name])
const nameNow = async (): Promise<string | undefined> => (await directory.current()).stores[0]?.name

describe('the directory of organisations, apps and stores', () => {
  it('is found by app, by shop and by number, and not found where it is not', async () => {
    expect((await directory.app('anywhere', 'key-1'))?.id).toBe(store.app.id)
    expect(await directory.storeOfShop(store.app.id, '10437917')).toEqual(store)
    expect(await directory.store(store.id)).toEqual(store)
    expect([
      await directory.app('elsewhere', 'key-1'),
      await directory.app('anywhere', 'key-2'),
      await directory.storeOfShop(store.app.id + 1, '10437917'),
      await directory.storeOfShop(store.app.id, '1043791'),
      await directory.store(99),
    ]).toEqual([undefined, undefined, undefined, undefined, undefined])
  })

  it('is cached, and reloaded after it was declared outdated', async () => {
    await rename('新名字')
    expect(await nameNow()).toBe('测试小店')
    directory.invalidate()
    expect(await nameNow()).toBe('新名字')
  })

  it('knows an app from its registration on, though it looked just before', async () => {
    expect((await directory.current()).apps).toHaveLength(1)
    await register(db.database, vault, { slug: 'demo', name: 'Demo' }, [
      { marketplace: 'anywhere', appKey: 'key-2', appSecret: 'secret', endpoints: {}, stores: [] },
    ])
    expect((await directory.findAppUncached('anywhere', 'key-2'))?.appSecret).toBe('secret')
  })

  it('is not read for unknown apps, and its copy stays: one row is looked up (fault B1)', async () => {
    const before = await directory.current()
    const asked = jest.spyOn(db.database, 'query')
    const found = await Promise.all(
      Array.from({ length: 300 }, (_, i) => directory.findAppUncached('anywhere', `stranger-${i}`)),
    )
    const statements = asked.mock.calls.map(([sql]) => sql)
    asked.mockRestore()
    expect(new Set(found)).toEqual(new Set([undefined]))
    expect(statements).toEqual([expect.stringContaining('FROM app\n')])
    expect(await directory.current()).toBe(before)
  })

  it('finds a new app with its stores at once, and reloads the directory for it only once (fault B1)', async () => {
    await directory.current()
    await register(db.database, vault, { slug: 'demo', name: 'Demo' }, [
      {
        ...{ marketplace: 'anywhere', appKey: 'key-2', appSecret: 'secret', endpoints: {} },
        stores: [{ shop: '2', name: '', accessToken: '', refreshToken: '' }],
      },
    ])
    const [app] = await Promise.all(Array.from({ length: 20 }, () => directory.findAppUncached('anywhere', 'key-2')))
    const copy = await directory.current()
    expect(await directory.storeOfShop(app?.id ?? 0, '2')).toMatchObject({ shop: '2' })
    await directory.findAppUncached('anywhere', 'key-2')
    expect(await directory.current()).toBe(copy)
  })

  it('finds every other app when a secret does not open (fault B1)', async () => {
    await db.database.query(
      `INSERT INTO app (org, marketplace, app_key, secret, endpoints) VALUES (1, 'anywhere', 'broken', 'x', '{}')`,
    )
    const [broken, sound] = await Promise.all(
      ['broken', 'key-1'].map((key) => directory.findAppUncached('anywhere', key)),
    )
    expect([broken?.appKey, sound?.appSecret]).toEqual(['broken', 'secret'])
    expect(() => broken?.appSecret).toThrow(Unsealable)
  })

  it('is read once for all who ask at the same moment', async () => {
    directory.invalidate()
    const answers = await Promise.all(Array.from({ length: 20 }, () => directory.current()))
    expect(new Set(answers).size).toBe(1)
  })

  it('that is declared outdated while it is read is reloaded, since that reading may be outdated', async () => {
    const blocking = await beginTransaction(db.database, (manager) =>
      manager.query('LOCK TABLE store IN ACCESS EXCLUSIVE MODE'),
    )
    directory.invalidate()
    const before = directory.current()
    await untilLockWaits(db.database, 1)
    directory.invalidate()
    const after = directory.current()
    await untilLockWaits(db.database, 2)
    await blocking.commit()
    const [old, fresh] = await Promise.all([before, after])
    expect(old).not.toBe(fresh)
    expect(await directory.current()).toBe(fresh)
  })

  it('that could not be read is asked for again by the next', async () => {
    await db.database.query('ALTER TABLE store RENAME TO store_away')
    directory.invalidate()
    await expect(directory.current()).rejects.toThrow('relation "store" does not exist')
    await db.database.query('ALTER TABLE store_away RENAME TO store')
    expect(await nameNow()).toBe('测试小店')
  })
})

describe('the tokens of a store', () => {
  it('are the renewed ones at once, and sealed in the table', async () => {
    await directory.renewTokens(store, {
      accessToken: 'canary-new',
      refreshToken: 'canary-newer',
      expiresAt: 1_762_833_600_000,
    })
    expect(await directory.store(store.id)).toEqual({
      ...store,
      accessToken: 'canary-new',
      refreshToken: 'canary-newer',
    })
    const [row] = await db.database.query<{ access_token: Buffer; token_expires_at: number }[]>('SELECT * FROM store')
    expect(row?.access_token.includes('canary')).toBe(false)
    expect(row?.token_expires_at).toBe(1_762_833_600_000)
  })

  it('that are not taken any more lose the store its authorisation, and renewed ones bring it back', async () => {
    await directory.markUnauthorised(store)
    expect((await directory.store(store.id))?.authorised).toBe(false)
    await directory.renewTokens(store, { accessToken: 'a', refreshToken: 'b', expiresAt: undefined })
    expect((await directory.store(store.id))?.authorised).toBe(true)
  })

  it.each([
    [
      'renewed',
      () => directory.renewTokens(store, { accessToken: 'late', refreshToken: 'later', expiresAt: undefined }),
    ],
    ['refused', () => directory.markUnauthorised(store)],
  ])('that are %s by the marketplace while a person authorises the store stay those of the person', async (_, late) => {
    const place = { org: store.org, app: store.app.id, shop: store.shop }
    const authorising = await beginTransaction(db.database, (manager) =>
      manager.query('UPDATE store SET access_token = $1, refresh_token = $2', [
        vault.seal(placeOf.accessToken(place), 'of-a-person'),
        vault.seal(placeOf.refreshToken(place), 'of-a-person, too'),
      ]),
    )
    const answer = late()
    await untilLockWaits(db.database, 1)
    await authorising.commit()
    expect(await answer).toBe(false)
    expect(await directory.store(store.id)).toMatchObject({ accessToken: 'of-a-person', authorised: true })
  })

  it('that are renewed while the directory is being read are not lost by that reading', async () => {
    directory.invalidate()
    const reading = directory.current()
    await directory.renewTokens(store, { accessToken: 'new', refreshToken: 'newer', expiresAt: undefined })
    await reading
    expect((await directory.store(store.id))?.accessToken).toBe('new')
  })
})
