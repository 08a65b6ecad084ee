import { keyFrom, resetToFirstFormat } from '../../../test/support/test-keys'
import { emptyTables, useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import { Directory } from './directory'
import { keyReadiness } from './key-readiness'
import type { NewApp } from './registration'
import { register } from './registration'
import { startupErrorMessage } from '#runtime'
import { WrongKey, missingKeys, openVault, verifyKeys } from './vault'

const db = useTestDatabase()
const [RIGHT, WRONG, NEXT] = [keyFrom('right'), keyFrom('wrong'), keyFrom('next')]

const app = (name: string): NewApp => ({
  marketplace: 'anywhere',
  appKey: `key-${name}`,
  appSecret: `secret-${name}`,
  endpoints: {},
  stores: ['1', '2'].map((shop) => ({ shop, name: shop, accessToken: `access-${name}`, refreshToken: 'r' })),
})
const enter = (slug: string, key: Buffer | readonly Buffer[] = RIGHT): Promise<number> =>
  register(db.database, openVault(key), { slug, name: slug }, [app(slug)])
const organisations = async (): Promise<string[]> =>
  (await rowsOf<{ slug: string }>(db, 'SELECT slug FROM organisation ORDER BY id')).map(({ slug }) => slug)
const checks = async (): Promise<number> => (await rowsOf(db, 'SELECT 1 FROM key_check')).length
const starts = (key: Buffer | readonly Buffer[]): Promise<void> => verifyKeys(db.database, openVault(key))
const damage = (table: string, column: string, id: number): Promise<unknown> =>
  db.database.query(
    `UPDATE ${table} SET ${column} = set_byte(${column}, 20, get_byte(${column}, 20) # 1) WHERE id = $1`,
    [id],
  )

/** As an earlier version left it: no check value, no keys of organisations, everything in the first format. */
const asBefore = (): Promise<void> => resetToFirstFormat(db.database)

beforeEach(async () => {
  await emptyTables(db)
  await db.database.query('UPDATE sealing SET format = 2, reads_first = false')
})

describe('another key than the one that the database is sealed with (fault A3)', () => {
  it('is refused by name where an organisation is registered with it, and nothing is written', async () => {
    await enter('first')
    await expect(enter('second', WRONG)).rejects.toBeInstanceOf(WrongKey)
    await expect(enter('first', WRONG)).rejects.toBeInstanceOf(WrongKey)
    expect([await organisations(), await checks()]).toEqual([['first'], 1])
  })

  it('is refused by name where a process starts with it; the words hold no key', async () => {
    await enter('first')
    const error: unknown = await starts(WRONG).catch((thrown: unknown) => thrown)
    const [right, wrong] = [RIGHT, WRONG].map((key) => openVault(key).masters[0]?.id)
    expect(startupErrorMessage(error)).toBe(
      `These settings cannot be used:\n  - SHOUHOU_KEY: is not the key that this database is sealed with (given: ${wrong}; the database knows: ${right})`,
    )
    for (const key of [RIGHT, WRONG])
      for (const encoding of ['base64', 'hex'] as const)
        expect(startupErrorMessage(error)).not.toContain(key.toString(encoding).slice(0, 12))
  })

  it('is refused on a database of an earlier version, too, by what is sealed there', async () => {
    await asBefore()
    await enter('first')
    await db.database.query('TRUNCATE key_check')
    await expect(starts(WRONG)).rejects.toBeInstanceOf(WrongKey)
    await expect(enter('second', WRONG)).rejects.toBeInstanceOf(WrongKey)
    expect([await organisations(), await checks()]).toEqual([['first'], 0])
    await starts(RIGHT)
    expect(await checks()).toBe(1)
  })

  it('is not confused with one damaged value: what opens is proof enough', async () => {
    await asBefore()
    await enter('first')
    await db.database.query('TRUNCATE key_check')
    await damage('app', 'secret', 1)
    await damage('store', 'access_token', 1)
    await starts(RIGHT)
    expect(await checks()).toBe(1)
  })

  it('cannot be brought in by two processes that start at once on a new database: one of them is refused', async () => {
    const outcomes = await Promise.allSettled([starts(RIGHT), starts(WRONG)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await checks()).toBe(1)
  })

  it('may stand beside the right one: that is how keys are changed', async () => {
    await enter('first')
    await starts([RIGHT, NEXT])
    expect(await checks()).toBe(1)
    await starts([NEXT, RIGHT])
    expect(await checks()).toBe(2)
    // A process that does not have the new key yet continues.
    await starts(RIGHT)
  })

  it('makes a process that runs already unready, by name', async () => {
    const vault = openVault(WRONG)
    expect(await missingKeys(db.database, vault)).toBeUndefined()
    await enter('first')
    expect(await missingKeys(db.database, openVault(RIGHT))).toBeUndefined()
    expect(await missingKeys(db.database, vault)).toMatch(
      /^The key given is not the key that this database is sealed with \(given: [0-9a-f]{8}; the database knows: [0-9a-f]{8}\)\.$/,
    )
  })
})

describe('one secret that does not open (fault A3)', () => {
  const standing = async () => {
    const vault = openVault(RIGHT)
    const directory = new Directory(db.database, vault)
    const { apps, stores } = await directory.current()
    const keys = keyReadiness(db.database, vault, directory)
    const clear = (read: () => string): string => {
      try {
        return read()
      } catch {
        return '–'
      }
    }
    return {
      apps: apps.map((one) => clear(() => one.appSecret)),
      stores: stores.map((one) => clear(() => one.accessToken)),
      unreadable: (await directory.unreadableSecrets()).map(({ app: ofApp, store, trouble }) => [
        ofApp,
        store,
        trouble,
      ]),
      lack: await keys.lack(),
      troubles: await keys.troubles(),
    }
  }
  beforeEach(async () => {
    await enter('first')
    await enter('second')
  })

  it('of a store stops only that store, and is reported', async () => {
    await damage('store', 'access_token', 2)
    expect(await standing()).toEqual({
      apps: ['secret-first', 'secret-second'],
      stores: ['access-first', '–', 'access-second', 'access-second'],
      unreadable: [[1, 2, 'unreadable']],
      lack: undefined,
      troubles: ['The tokens of 1 of 4 stores cannot be opened.'],
    })
  })

  it('of an app stops only that app, and is reported', async () => {
    await damage('app', 'secret', 1)
    expect(await standing()).toEqual({
      apps: ['–', 'secret-second'],
      stores: ['access-first', 'access-first', 'access-second', 'access-second'],
      unreadable: [[1, undefined, 'unreadable']],
      lack: undefined,
      troubles: ['The secrets of 1 of 2 apps cannot be opened.'],
    })
  })

  it('is mended by registering again', async () => {
    await damage('app', 'secret', 1)
    await damage('store', 'refresh_token', 1)
    await register(db.database, openVault(RIGHT), { slug: 'first', name: 'First' }, [app('first')], {
      renewTokens: true,
    })
    expect((await standing()).unreadable).toEqual([])
  })

  it('of each app leaves nothing to work with, and the process is not ready', async () => {
    await damage('app', 'secret', 1)
    await damage('app', 'secret', 2)
    expect((await standing()).lack).toBe('No secret of any app can be opened.')
  })

  it('of an organisation whose key is wrapped by a key that we were not given is named by that key', async () => {
    await db.database.query(`UPDATE organisation_key SET master = 'deadbeef' WHERE org = 2`)
    const { unreadable, stores } = await standing()
    expect(stores).toEqual(['access-first', 'access-first', '–', '–'])
    expect(unreadable.map(([, , trouble]) => trouble)).toEqual(['unknown-key', 'unknown-key', 'unknown-key'])
  })
})
