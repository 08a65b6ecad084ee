import type { DataSource } from 'typeorm'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { openDatabase } from '../connection/database'
import { ChangeRecord, noteChange, noteOwnRecord, recordingChanges } from './change-record'
import { withTenants } from './tenants'
import { mayChangeRows } from './transaction-record'

const db = useTestDatabase(2)
let database: DataSource
beforeAll(async () => {
  database = await openDatabase({ url: db.url, pool: 1, migrations: [] })
  await rowsOf(db, 'CREATE TABLE thing (id int PRIMARY KEY, text text)')
  await rowsOf(db, 'CREATE TABLE record (note text NOT NULL)')
})
beforeEach(() => rowsOf(db, 'TRUNCATE thing, record'))
afterAll(() => database.destroy())

const newRecord = (note: string | null = 'done'): ChangeRecord =>
  new ChangeRecord(({ id }) => ({
    sql: 'INSERT INTO record SELECT $1 WHERE pg_current_xact_id_if_assigned() IS NOT NULL',
    values: [id === undefined ? note : `${note ?? ''} ${String(id)}`],
  }))
const recorded = async (): Promise<string[]> =>
  (await rowsOf<{ note: string }>(db, 'SELECT note FROM record')).map(({ note }) => note)
const things = async (): Promise<number[]> =>
  (await rowsOf<{ id: number }>(db, 'SELECT id FROM thing ORDER BY 1')).map(({ id }) => id)
const work = <T>(record: ChangeRecord, run: () => Promise<T>): Promise<T> =>
  withTenants([1], () => recordingChanges(record, run))

describe('the record of a piece of work', () => {
  it('is committed with the transaction that changes something, with what the transaction noted', async () => {
    const record = newRecord()
    await work(record, () =>
      database.transaction(async (manager) => {
        await manager.query('INSERT INTO thing VALUES (1)')
        noteChange({ id: 1 })
      }),
    )
    expect([await things(), await recorded(), record.isWritten]).toEqual([[1], ['done 1'], true])
    const rows = await rowsOf(db, 'SELECT 1 FROM thing t JOIN record r ON r.xmin = t.xmin')
    expect(rows).toHaveLength(1)
  })

  it('is committed with a statement of its own, too', async () => {
    const record = newRecord()
    await work(record, () => database.query('INSERT INTO thing VALUES (1)'))
    expect([await things(), await recorded(), record.isWritten]).toEqual([[1], ['done'], true])
  })

  it('is not written for a transaction that reads, locks, changes no row or is rolled back', async () => {
    await rowsOf(db, 'INSERT INTO thing VALUES (1)')
    const record = newRecord()
    await work(record, async () => {
      await database.transaction((manager) => manager.query('SELECT id FROM thing FOR UPDATE'))
      await database.transaction((manager) => manager.query('UPDATE thing SET text = $1 WHERE id = 2', ['x']))
      await database.query('DELETE FROM thing WHERE id = 2')
      await database
        .transaction(async (manager) => {
          await manager.query('INSERT INTO thing VALUES (3)')
          throw new Error('no')
        })
        .catch(() => undefined)
    })
    expect([await things(), await recorded(), record.isWritten]).toEqual([[1], [], false])
  })

  it('that cannot be written undoes the change, and the caller hears of it', async () => {
    const record = newRecord(null)
    const change = () => database.transaction((manager) => manager.query('INSERT INTO thing VALUES (1)'))
    await expect(work(record, change)).rejects.toMatchObject({ code: '23502' })
    await expect(work(record, () => database.query('INSERT INTO thing VALUES (2)'))).rejects.toMatchObject({
      code: '23502',
    })
    expect([await things(), await recorded(), record.isWritten]).toEqual([[], [], false])
    expect(await work(newRecord(), () => database.query('INSERT INTO thing VALUES (4) RETURNING id'))).toEqual([
      { id: 4 },
    ])
  })

  it('leaves what goes on after the work to others, and what writes its own record to itself', async () => {
    const over = newRecord()
    over.end()
    await work(over, () => database.query('INSERT INTO thing VALUES (1)'))
    const own = new ChangeRecord()
    await work(own, () =>
      database.transaction(async (manager) => {
        await manager.query('INSERT INTO thing VALUES (2)')
        noteOwnRecord()
      }),
    )
    expect([await things(), await recorded(), over.isWritten, own.isWritten]).toEqual([[1, 2], [], false, true])
  })

  it.each([
    ['INSERT INTO thing VALUES (1)', true],
    ['WITH x AS (UPDATE "thing" SET id = 2 RETURNING 1) SELECT 1', true],
    ['delete from thing', true],
    ['INSERT INTO a SELECT 1 ON CONFLICT DO UPDATE SET b = 1', true],
    ['SELECT * FROM thing FOR UPDATE', false],
    ['SELECT * FROM thing FOR UPDATE OF t', false],
    ['SELECT * FROM thing FOR NO KEY UPDATE SKIP LOCKED', false],
    ['SELECT updated_at FROM thing', false],
  ])('%s may change rows, so that a record is due: %s', (sql, expected) => {
    expect(mayChangeRows(sql)).toBe(expected)
  })
})
