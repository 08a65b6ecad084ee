import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm'
import type { FreshDatabase } from '../../../../test/postgres/database'
import { freshDatabase } from '../../../../test/postgres/database'
import { beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { schemaMismatch, openDatabase } from '../connection/database'
import { EVENT_STORE_MIGRATIONS } from '../index'
import { migrate } from './migrate'

/** A migration of the next version: a column in a table that all processes use. */
class Next1800000000001 implements MigrationInterface {
  name = 'Next1800000000001'
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE stream ADD COLUMN next text NOT NULL DEFAULT 'old'`)
  }
  down = (): Promise<void> => Promise.resolve()
}

let fresh: FreshDatabase
let old: DataSource
let next: DataSource
let reportedLines: string[]
const report = (line: string): void => void reportedLines.push(line)
beforeEach(async () => {
  reportedLines = []
  fresh = await freshDatabase({ migrated: false })
  old = await openDatabase({ url: fresh.url, pool: 4, migrations: EVENT_STORE_MIGRATIONS })
  next = await openDatabase({ url: fresh.url, pool: 2, migrations: [...EVENT_STORE_MIGRATIONS, Next1800000000001] })
  await migrate(old, { report })
})
afterEach(async () => {
  await Promise.all([old.destroy(), next.destroy()])
  await fresh.drop()
})

describe('the next version, beside processes that work', () => {
  it('changes a locked table as soon as it is free, and until then blocks no one behind it', async () => {
    const openTransaction = await beginTransaction(old, (manager) =>
      manager.query('LOCK TABLE stream IN ROW EXCLUSIVE MODE'),
    )
    const migrating = migrate(next, { report })
    for (let change = 0; change < 2; change++) {
      await untilLockWaits(old, 1)
      // This statement waits for the migration, which waits for the open transaction. Without the lock timeout of the migration
      // it would wait until that transaction ends.
      expect(await old.query('SELECT count(*)::int AS n FROM stream')).toEqual([{ n: 0 }])
    }
    await openTransaction.commit()
    await migrating
    expect(reportedLines).toEqual([
      'the tables are in use; they are brought up to date as soon as they can be had',
      'the tables were brought up to date: Next1800000000001',
    ])
    expect(await next.query('SELECT next FROM stream')).toEqual([])
  })

  it('does not start where the table stays locked, and says why; nothing is half done', async () => {
    const openTransaction = await beginTransaction(old, (manager) =>
      manager.query('LOCK TABLE stream IN ACCESS SHARE MODE'),
    )
    await expect(migrate(next, { retryForMs: 0 })).rejects.toThrow(
      'the tables are held by a transaction that does not end',
    )
    expect(await schemaMismatch(next)).toBe('The tables are older than the code.')
    await openTransaction.rollBack()
    await migrate(next)
    expect(await schemaMismatch(next)).toBeUndefined()
  })
})

describe('the next version changes two tables that a process locks in another order', () => {
  it('and fails itself instead of that process, however long it worked between the two', async () => {
    const process = await beginTransaction(old, (manager) => manager.query('LOCK TABLE timer IN ROW EXCLUSIVE MODE'))
    let answered: Promise<unknown> | undefined
    class TwoTables1800000000002 implements MigrationInterface {
      name = 'TwoTables1800000000002'
      async up(runner: QueryRunner): Promise<void> {
        await runner.query(`ALTER TABLE stream ADD COLUMN next text NOT NULL DEFAULT 'old'`)
        if (answered === undefined) {
          // The process waits for the first table, and looks for a deadlock a second later.
          answered = process.run((manager) => manager.query('SELECT count(*)::int AS n FROM stream'))
          answered.catch(() => undefined)
          await untilLockWaits(old, 1)
          await runner.query('SELECT pg_sleep(0.25)')
        }
        await runner.query(`ALTER TABLE timer ADD COLUMN next text NOT NULL DEFAULT 'old'`)
      }
      down = (): Promise<void> => Promise.resolve()
    }
    const changing = await openDatabase({
      url: fresh.url,
      pool: 2,
      migrations: [...EVENT_STORE_MIGRATIONS, TwoTables1800000000002],
    })
    const migrating = migrate(changing, { report })
    migrating.catch(() => undefined)
    while (answered === undefined) await new Promise(setImmediate)
    expect(await answered).toEqual([{ n: 0 }])
    await process.commit()
    await migrating
    expect(await changing.query('SELECT s.next, t.next FROM stream s, timer t')).toEqual([])
    await changing.destroy()
  })
})

describe('the version before, on tables of the next', () => {
  it('starts, says that they are newer, and is ready', async () => {
    await migrate(next)
    await migrate(old, { report })
    expect(reportedLines).toEqual([
      'the tables are newer than this version, which works with them as well: Next1800000000001',
    ])
    expect(await schemaMismatch(old)).toBeUndefined()
  })
})
