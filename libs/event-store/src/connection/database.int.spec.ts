import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm'
import type { FreshDatabase } from '../../../../test/postgres/database'
import { freshDatabase } from '../../../../test/postgres/database'
import { unsafeDurabilitySettings, openDatabase } from './database'
import { EVENT_STORE_MIGRATIONS } from '../index'
import { Foundations1700000000001 } from '../migrations/0001-foundations'
import { migrate } from '../migrations/migrate'

class Marks1700000000900 implements MigrationInterface {
  name = 'Marks1700000000900'
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE mark (id int PRIMARY KEY)')
    await runner.query('INSERT INTO mark VALUES (1)')
  }
  down(): Promise<void> {
    return Promise.reject(new Error('migrations go forward only'))
  }
}

let empty: FreshDatabase
beforeEach(async () => {
  empty = await freshDatabase({ migrated: false })
})
afterEach(() => empty.drop())

describe('a new database', () => {
  it('is brought up to date once by processes that start together', async () => {
    const migrations = [...EVENT_STORE_MIGRATIONS, Marks1700000000900]
    const processes = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ url: empty.url, pool: 2, migrations })),
    )
    await Promise.all(processes.map((one) => migrate(one)))
    const [first] = processes
    expect(await first?.query('SELECT name FROM migrations ORDER BY timestamp')).toEqual(
      migrations.map(({ name }) => ({ name })),
    )
    expect(await first?.query('SELECT * FROM mark')).toEqual([{ id: 1 }])
    await migrate(processes[1] as NonNullable<(typeof processes)[1]>)
    await Promise.all(processes.map((one) => one.destroy()))
  })

  it('keeps the migrations before one that fails, and the next start continues from there', async () => {
    class Broken1700000000901 implements MigrationInterface {
      name = 'Broken1700000000901'
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('CREATE TABLE half (id int)')
        await runner.query('SELECT 1 / 0')
      }
      down = (): Promise<void> => Promise.resolve()
    }
    const broken = await openDatabase({
      url: empty.url,
      pool: 2,
      migrations: [Marks1700000000900, Broken1700000000901],
    })
    await expect(migrate(broken)).rejects.toThrow('division by zero')
    expect(await broken.query(`SELECT to_regclass('mark')::text AS mark, to_regclass('half')::text AS half`)).toEqual([
      { mark: 'mark', half: null },
    ])
    const mended = await openDatabase({ url: empty.url, pool: 2, migrations: [Marks1700000000900] })
    await migrate(mended)
    await Promise.all([broken.destroy(), mended.destroy()])
  })

  it('is never brought back to an earlier version', async () => {
    await expect(new Foundations1700000000001().down()).rejects.toThrow('migrations go forward only')
  })
})

describe('numbers of the database', () => {
  it('are refused, never rounded, where JavaScript numbers cannot hold them exactly', async () => {
    const database = await openDatabase({ url: empty.url, pool: 1, migrations: [] })
    expect(await database.query('SELECT 9007199254740991::bigint AS n')).toEqual([{ n: 9007199254740991 }])
    await expect(database.query('SELECT 9007199254740992::bigint AS n')).rejects.toThrow('does not fit a number')
    await database.destroy()
  })
})

describe('a server that stops answering', () => {
  it('is dropped on all connections at once when one of them had no answer in time', async () => {
    const database = await openDatabase({ url: empty.url, pool: 3, migrations: [], statementTimeoutMs: 2_000 })
    const readBackendPids = async (): Promise<number[]> => {
      const rows = await Promise.all(
        ['a', 'b', 'c'].map((name) =>
          database.query<{ pid: number }[]>(`SELECT pg_backend_pid() AS pid, pg_sleep(0.1), '${name}'`),
        ),
      )
      return rows.flatMap(([row]) => (row === undefined ? [] : [row.pid]))
    }
    const before = await readBackendPids()
    // Here the server itself cancels the statement, and the connection stays.
    await expect(database.query('SELECT pg_sleep(30)')).rejects.toThrow('statement timeout')
    expect((await readBackendPids()).sort()).toEqual(before.sort())
    await expect(queryIgnoringTimeout(database)).rejects.toThrow('Connection terminated')
    const after = await readBackendPids()
    expect(before.filter((pid) => after.includes(pid))).toEqual([])
    await database.destroy()
  })
})

/** A statement that the server itself does not cancel. */
const queryIgnoringTimeout = (database: DataSource): Promise<unknown> =>
  database.query('SET statement_timeout = 0; SELECT pg_sleep(5)')

describe('a server that confirms a commit before it is durable', () => {
  it.each([
    ['off', true],
    ['on', false],
  ])('is recognised by its settings: synchronous_commit %s: %s', async (setting, broken) => {
    const database = await openDatabase({ url: empty.url, pool: 1, migrations: [] })
    await database.query(`SET synchronous_commit = ${setting}`)
    const unsafeSettings = await unsafeDurabilitySettings(database)
    await database.destroy()
    expect(unsafeSettings.includes('synchronous_commit')).toBe(broken)
  })
})
