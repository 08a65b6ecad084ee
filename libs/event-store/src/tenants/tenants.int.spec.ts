import { Client } from 'pg'
import type { DataSource } from 'typeorm'
import { TEST_ROLES } from '../../../../test/postgres/test-roles'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { openDatabase } from '../connection/database'
import { awaitPipelined } from '../sql/pipelined-statements'
import { prepared } from '../sql/prepared-statements'
import { databaseUrlAs } from './role-database-url'
import { roleName } from './roles'
import { withTenants } from './tenants'

const db = useTestDatabase(2)
const [OURS, THEIRS] = [7, 8]

/** One connection, so that each test meets what the one before left on it. */
let database: DataSource
const workerUrl = (): string => databaseUrlAs(db.url, roleName(TEST_ROLES, 'worker'))
beforeAll(async () => {
  await rowsOf(db, 'INSERT INTO pending (message_id, org) VALUES (1, $1), (2, $2)', [OURS, THEIRS])
  database = await openDatabase({ url: workerUrl(), pool: 1, migrations: [] })
})
afterAll(() => database.destroy())

const SELECT_IDS = prepared('SELECT message_id AS id FROM pending WHERE message_id > $1 ORDER BY 1')
interface SqlExecutor {
  query<T>(sql: string, values?: unknown[]): Promise<T>
}
const readVisibleIds = async (statements: SqlExecutor = database): Promise<number[]> =>
  (await statements.query<{ id: number }[]>(SELECT_IDS, [0])).map(({ id }) => id)

describe('statements sent within withTenants', () => {
  it('see the rows of the named organisations only; statements outside of it see none', async () => {
    expect(await withTenants([OURS], readVisibleIds)).toEqual([1])
    expect(await withTenants([THEIRS], readVisibleIds)).toEqual([2])
    expect(await withTenants([THEIRS, OURS, OURS], readVisibleIds)).toEqual([1, 2])
    expect(await withTenants([], readVisibleIds)).toEqual([])
    expect(await readVisibleIds()).toEqual([])
  })

  it('can be narrowed and widened again within one transaction, sent at once or one after the other', async () => {
    const all = await withTenants([OURS, THEIRS], () =>
      database.transaction(async (manager) => {
        const statements = [
          readVisibleIds(manager),
          withTenants([THEIRS], () => readVisibleIds(manager)),
          readVisibleIds(manager),
        ]
        await awaitPipelined(statements)
        const then = await withTenants([OURS], async () => [
          await readVisibleIds(manager),
          await readVisibleIds(manager),
        ])
        return [...(await Promise.all(statements)), ...then]
      }),
    )
    expect(all).toEqual([[1, 2], [2], [1, 2], [1], [1]])
  })

  it('see rows from the call on, in a transaction that began without organisations', async () => {
    expect(
      await database.transaction(async (manager) => [
        await readVisibleIds(manager),
        await withTenants([OURS], () => readVisibleIds(manager)),
        await readVisibleIds(manager),
      ]),
    ).toEqual([[], [1], []])
  })

  it('see the right rows after a return to a savepoint', async () => {
    await withTenants([OURS], () =>
      database.transaction(async (manager) => {
        await manager.query('SAVEPOINT here')
        expect(await withTenants([THEIRS], () => readVisibleIds(manager))).toEqual([2])
        await manager.query('ROLLBACK TO SAVEPOINT here')
        expect(await readVisibleIds(manager)).toEqual([1])
        await withTenants([THEIRS], async () => {
          await manager.query('ROLLBACK TO SAVEPOINT here')
          expect(await readVisibleIds(manager)).toEqual([2])
        })
      }),
    )
  })

  it('leave nothing behind when they fail: neither their rows nor their organisations', async () => {
    const failing = withTenants([OURS], () =>
      database.query('WITH gone AS (DELETE FROM pending RETURNING 1) SELECT 1 / 0 FROM gone'),
    )
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await readVisibleIds()).toEqual([])
    const aborted = withTenants([OURS], () =>
      database.transaction(async (manager) => {
        await manager.query('SELECT 1 / 0').catch(() => undefined)
        await withTenants([THEIRS], () => readVisibleIds(manager))
      }),
    )
    await expect(aborted).rejects.toMatchObject({ code: '25P02' })
    expect(await readVisibleIds()).toEqual([])
    expect(await rowsOf(db, 'SELECT current_setting($1, true) AS set', ['shouhou.orgs'])).toEqual([{ set: null }])
  })

  it('outside of a transaction write once and are committed when they are answered', async () => {
    await withTenants([OURS], () => database.query('INSERT INTO pending (message_id, org) VALUES (3, $1)', [OURS]))
    expect(await rowsOf(db, 'SELECT org FROM pending WHERE message_id = 3')).toEqual([{ org: OURS }])
    await withTenants([OURS], () => database.query('DELETE FROM pending WHERE message_id = 3'))
    expect(await rowsOf(db, 'SELECT message_id AS id FROM pending ORDER BY 1')).toEqual([{ id: 1 }, { id: 2 }])
  })

  it('do not mix with others that are sent at the same time on one connection', async () => {
    const orgs = Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? OURS : THEIRS))
    const found = await Promise.all(orgs.map((org) => withTenants([org], readVisibleIds)))
    expect(found).toEqual(orgs.map((org) => [org === OURS ? 1 : 2]))
  })

  it('accept only whole numbers as organisations, since they become part of a statement', () => {
    expect(() => withTenants([Number('1}'), 2], () => undefined)).toThrow(RangeError)
    expect(() => withTenants([1.5], () => undefined)).toThrow(RangeError)
  })
})

describe('a connection with the role of a process', () => {
  it.each([
    ['a table', 'SELECT * FROM pending'],
    ['COPY', 'COPY pending TO STDOUT'],
    ['a cursor', 'BEGIN; DECLARE c CURSOR FOR SELECT * FROM pending; FETCH ALL FROM c'],
    ['a prepared statement', 'PREPARE p AS SELECT * FROM pending; EXECUTE p'],
    ['a view of his own', 'CREATE TEMP VIEW v AS SELECT * FROM pending; SELECT * FROM v'],
    ['a function', `DO $$ BEGIN IF (SELECT count(*) FROM pending) > 0 THEN RAISE 'seen'; END IF; END $$`],
    ['row security switched off', 'SET row_security = off; RESET row_security; SELECT * FROM pending'],
  ])('sees nothing by %s', async (_, sql) => {
    const client = new Client({ connectionString: workerUrl() })
    await client.connect()
    try {
      const answers = [await client.query(sql)].flat()
      expect([answers.at(-1)?.rows ?? [], answers.at(-1)?.rowCount ?? 0]).toEqual([[], 0])
    } finally {
      await client.end()
    }
  })

  it.each([
    'SET row_security = off; SELECT * FROM pending',
    'ALTER TABLE pending DISABLE ROW LEVEL SECURITY',
    'DROP POLICY tenants ON pending',
  ])('is refused: %s', async (sql) => {
    const client = new Client({ connectionString: workerUrl() })
    await client.connect()
    await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' })
    await client.end()
  })
})
