import { revisionInForce } from '#ledgers'
import { useTestDatabase, rowsOf, beginTransaction, untilLockWaits } from '../../../../test/postgres/test-database'
import { changeInForce } from './change-in-force'

const db = useTestDatabase()
const LONG_MS = 60_000
/** Long enough that a wait is seen on a busy machine, too: one that is missed leaves the test behind the last, long one. */
const SEEN_MS = 2_000

beforeEach(() => db.database.query('DROP TABLE IF EXISTS a, b; CREATE TABLE a (n int); CREATE TABLE b (n int)'))

describe('F: a change of what is in force', () => {
  it('waits for a long judging batch, and meanwhile blocks no other batch', async () => {
    const batch = await beginTransaction(db.database, revisionInForce)
    let changes = 0
    const changed = changeInForce(db.database, () => Promise.resolve(++changes), [SEEN_MS, SEEN_MS, LONG_MS])
    // Each time that it gives way others judge, while the batch is still under way.
    for (let round = 0; round < 2; round++) {
      await untilLockWaits(db.database, 1)
      expect(await revisionInForce(db.database)).toBe(batch.value)
    }
    expect(changes).toBe(0)
    await untilLockWaits(db.database, 1)
    await batch.commit()
    expect([await changed, changes]).toEqual([1, 1])
  })

  it('gives up in the end, with the code that asks a person to retry', async () => {
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
  ])('is repeated as a whole after a rollback: %s', async (_, before) => {
    const other = await beginTransaction(db.database, (m) =>
      m.query(`SET LOCAL deadlock_timeout = '1min'; LOCK TABLE b`),
    )
    const theirs: Promise<unknown>[] = []
    let tries = 0
    await changeInForce(db.database, async (manager) => {
      tries++
      await manager.query('INSERT INTO a VALUES ($1)', [tries])
      await manager.query(before)
      if (tries === 1) {
        // The holder of the other table wants this one, and ends once it has it.
        theirs.push(other.run((m) => m.query('LOCK TABLE a')).then(() => other.commit()))
      }
      await manager.query('INSERT INTO b VALUES ($1)', [tries])
    })
    await Promise.all(theirs)
    expect(tries).toBe(2)
    expect(await rowsOf(db, 'SELECT a.n AS a, b.n AS b FROM a, b')).toEqual([{ a: 2, b: 2 }])
  })

  it('is repeated when its connection was lost before the commit', async () => {
    let tries = 0
    await changeInForce(db.database, async (manager) => {
      tries++
      const [me] = await manager.query<{ pid: number }[]>('SELECT pg_backend_pid() AS pid')
      if (tries === 1) {
        await rowsOf(db, 'SELECT pg_terminate_backend($1, 5000)', [me?.pid])
        while (manager.queryRunner?.isReleased === false) await new Promise(setImmediate)
      }
      await manager.query('INSERT INTO a VALUES ($1)', [tries])
    })
    expect(await rowsOf(db, 'SELECT n FROM a')).toEqual([{ n: 2 }])
  })

  it('is not repeated for any other reason', async () => {
    let tries = 0
    const wrong = changeInForce(db.database, (manager) => {
      tries++
      return manager.query('SELECT 1 / 0')
    })
    await expect(wrong).rejects.toMatchObject({ code: '22012' })
    expect(tries).toBe(1)
  })
})
