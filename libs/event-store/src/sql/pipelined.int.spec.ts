import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { prepared } from './prepared'
import { awaitPipelined } from './pipelined'

const db = useTestDatabase()
const NAMED = prepared('SELECT $1::int AS n')

describe('statements of one transaction that are sent at once', () => {
  it('are done in their order', async () => {
    await db.database.transaction(async (manager) => {
      const asked = [1, 2, 3].map((n) => manager.query<{ n: number }[]>(NAMED, [n]))
      await awaitPipelined(asked)
      expect((await Promise.all(asked)).flat()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    })
  })

  it('fail with what went wrong, not with what came behind it, wherever it is reported first', async () => {
    const failing = db.database.transaction((manager) =>
      awaitPipelined([
        manager.query(NAMED, [1]),
        (async () => {
          await manager
            .query('SELECT 1 / $1::int', [0])
            .catch((error: unknown) => Promise.resolve().then(() => Promise.reject(error as Error)))
        })(),
        manager.query(NAMED, [2]),
      ]),
    )
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(await rowsOf(db, NAMED, [3])).toEqual([{ n: 3 }])
  })

  it('may be none', async () => {
    expect(await awaitPipelined([undefined])).toBeUndefined()
  })
})

describe('a remembered statement', () => {
  it('is parsed once a connection, and others are not kept', async () => {
    await db.database.transaction(async (manager) => {
      for (const n of [1, 2, 3]) await manager.query(NAMED, [n])
      await manager.query('SELECT $1::text', ['once'])
      expect(await manager.query('SELECT statement FROM pg_prepared_statements')).toEqual([{ statement: NAMED }])
    })
  })

  it('works again after it failed', async () => {
    await expect(db.database.query(NAMED, ['no number'])).rejects.toMatchObject({ code: '22P02' })
    expect(await db.database.query(NAMED, [4])).toEqual([{ n: 4 }])
  })
})
