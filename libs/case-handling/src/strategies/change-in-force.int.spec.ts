import { revisionInForce } from '#ledgers'
import { useTestDatabase, rowsOf, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { changeInForce } from './change-in-force'

const db = useTestDatabase()
const LONG_MS = 60_000
/** Long enough for the test to notice each wait on a busy machine, too; if it missed one, it would wait `LONG_MS`. */
const SEEN_MS = 2_000

beforeEach(() => db.database.query('DROP TABLE IF EXISTS a, b; CREATE TABLE a (n int); CREATE TABLE b (n int)'))

describe('a change of what is in force', () => {
  it('waits for a long judging batch, and meanwhile blocks no other batch', async () => {
    const batch = await beginTransaction(db.database, revisionInForce)
    let changes = 0
    const changed = changeInForce(db.database, () => Promise.resolve(++changes), [SEEN_MS, SEEN_MS, LONG_MS])
    // Whenever it backs off, others judge, while the long batch is still running.
    for (let round = 0; round < 2; round++) {
      await untilLockWaits(db.database, 1)
      expect(await revisionInForce(db.database)).toBe(batch.value)
    }
    expect(changes).toBe(0)
    await untilLockWaits(db.database, 1)
    await batch.commit()
    expect([await changed, changes]).toEqual([1, 1])
  })

  it('fails after the last wait with the code for a lock that was not available', async () => {
    const batch = await beginTransaction(db.database, revisionInForce)
    let changes = 0
    await expect(changeInForce(db.database, () => Promise.resolve(++changes), [20, 20])).rejects.toMatchObject({
      code: '55P03',
    })
    expect(changes).toBe(0)
    await batch.commit()
  })

  it.each([
    ['a deadlock', 'SELECT 1'],
    ['a table that an upgrade has locked', `SELECT set_config('lock_timeout', '20ms', true)`],
  ])('is repeated as a whole after a rollback: %s', async (_, firstStatement) => {
    const otherTransaction = await beginTransaction(db.database, (m) =>
      m.query(`SET LOCAL deadlock_timeout = '1min'; LOCK TABLE b`),
    )
    const otherEnds: Promise<unknown>[] = []
    let attempts = 0
    await changeInForce(db.database, async (manager) => {
      attempts++
      await manager.query('INSERT INTO a VALUES ($1)', [attempts])
      await manager.query(firstStatement)
      if (attempts === 1) {
        // The other transaction holds b, requests a, and commits once it has it: a deadlock.
        otherEnds.push(otherTransaction.run((m) => m.query('LOCK TABLE a')).then(() => otherTransaction.commit()))
      }
      await manager.query('INSERT INTO b VALUES ($1)', [attempts])
    })
    await Promise.all(otherEnds)
    expect(attempts).toBe(2)
    expect(await rowsOf(db, 'SELECT a.n AS a, b.n AS b FROM a, b')).toEqual([{ a: 2, b: 2 }])
  })

  it.each(['before its last statement', 'between its last statement and the commit'])(
    'is repeated when its connection was lost %s',
    async (when) => {
      let attempts = 0
      await changeInForce(db.database, async (manager) => {
        attempts++
        const insert = () => manager.query('INSERT INTO a VALUES ($1)', [attempts])
        const [connection] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid')
        if (when !== 'before its last statement') await insert()
        if (attempts === 1) {
          await rowsOf(db, 'SELECT pg_terminate_backend($1, 5000)', [connection?.pid])
          while (manager.queryRunner?.isReleased === false) await new Promise(setImmediate)
        }
        if (when === 'before its last statement') await insert()
      })
      expect(await rowsOf(db, 'SELECT n FROM a')).toEqual([{ n: 2 }])
    },
  )

  it('is not repeated for any other reason', async () => {
    let attempts = 0
    const failing = changeInForce(db.database, (manager) => {
      attempts++
      return manager.query('SELECT 1 / 0')
    })
    await expect(failing).rejects.toMatchObject({ code: '22012' })
    expect(attempts).toBe(1)
  })
})
