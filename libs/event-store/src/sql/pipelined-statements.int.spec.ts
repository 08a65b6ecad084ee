import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { prepared } from './prepared-statements'
import { awaitPipelined } from './pipelined-statements'

const db = useTestDatabase()
const PREPARED_STATEMENT = prepared('SELECT $1::int AS n')

describe('statements of one transaction that are sent at once', () => {
  it('are executed in their order', async () => {
    await db.database.transaction(async (manager) => {
      const statements = [1, 2, 3].map((n) => manager.query<{ n: number }[]>(PREPARED_STATEMENT, [n]))
      await awaitPipelined(statements)
      expect((await Promise.all(statements)).flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    })
  })

  it('fail with the original error, not with those of the statements after it', async () => {
    const failing = db.database.transaction((manager) =>
      awaitPipelined([
        manager.query(PREPARED_STATEMENT, [1]),
        (async () => {
          await manager
            .query('SELECT 1 / $1::int', [0])
            .catch((error: unknown) => Promise.resolve().then(() => Promise.reject(error as Error)))
        })(),
        manager.query(PREPARED_STATEMENT, [2]),
      ]),
    )
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await rowsOf(db, PREPARED_STATEMENT, [3])).toEqual([{ n: 3 }])
  })

  it('may be an empty list', async () => {
    expect(await awaitPipelined([undefined])).toBeUndefined()
  })
})

describe('a prepared statement', () => {
  it('is parsed once a connection, and other statements are not prepared', async () => {
    await db.database.transaction(async (manager) => {
      for (const n of [1, 2, 3]) await manager.query(PREPARED_STATEMENT, [n])
      await manager.query('SELECT $1::text', ['once'])
      expect(await manager.query('SELECT statement FROM pg_prepared_statements')).toEqual([
        { statement: PREPARED_STATEMENT },
      ])
    })
  })

  it('works again after it failed', async () => {
    await expect(db.database.query(PREPARED_STATEMENT, ['no number'])).rejects.toMatchObject({ code: '22P02' })
    expect(await db.database.query(PREPARED_STATEMENT, [4])).toEqual([{ n: 4 }])
  })
})
