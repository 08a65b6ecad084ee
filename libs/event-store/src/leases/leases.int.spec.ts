import { useTestDatabase, beginTransaction } from '../../../../test/postgres/test-database'
import { acquireLease, releaseLease, runWhileLeased } from './leases'

const db = useTestDatabase()
const HOUR = 3_600_000
const neverAborted = new AbortController().signal

/** Resolves with the reason why the work has to stop. */
const abortReason = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(signal.reason)
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  })

describe('a lease', () => {
  it('has one holder, also when many acquire it at once', async () => {
    const acquired = await Promise.all(
      Array.from({ length: 16 }, (_, i) => acquireLease(db.database, 'one', `worker ${i}`, HOUR)),
    )
    expect(acquired.filter((lease) => lease !== undefined)).toHaveLength(1)
  })

  it('is renewed by its holder under the same token', async () => {
    const first = await acquireLease(db.database, 'renewed', 'a', HOUR)
    expect(first).toEqual({ name: 'renewed', holder: 'a', token: 1 })
    expect(await acquireLease(db.database, 'renewed', 'a', HOUR)).toEqual(first)
  })

  it('can be acquired once it has expired, under a token that grows with every new holder', async () => {
    expect((await acquireLease(db.database, 'passed on', 'a', 0))?.token).toBe(1)
    expect((await acquireLease(db.database, 'passed on', 'b', 0))?.token).toBe(2)
    expect((await acquireLease(db.database, 'passed on', 'a', HOUR))?.token).toBe(3)
    expect(await acquireLease(db.database, 'passed on', 'b', HOUR)).toBeUndefined()
  })

  it('is free as soon as it is released', async () => {
    const lease = await acquireLease(db.database, 'given back', 'a', HOUR)
    await releaseLease(db.database, lease ?? { name: '', holder: '', token: 0 })
    expect((await acquireLease(db.database, 'given back', 'b', HOUR))?.token).toBe(2)
  })

  it('cannot be released by a former holder', async () => {
    const old = await acquireLease(db.database, 'lost', 'a', 0)
    await acquireLease(db.database, 'lost', 'b', HOUR)
    await releaseLease(db.database, old ?? { name: '', holder: '', token: 0 })
    expect(await acquireLease(db.database, 'lost', 'c', HOUR)).toBeUndefined()
  })
})

describe('work that runs while a lease is held', () => {
  it('does not start where another process holds the lease', async () => {
    await acquireLease(db.database, 'busy', 'other', HOUR)
    let worked = false
    const done = await runWhileLeased(
      db.database,
      { name: 'busy', holder: 'me', ms: HOUR },
      neverAborted,
      async () => void (worked = true),
    )
    expect([done, worked]).toEqual([false, false])
  })

  it('releases the lease as soon as it is done, or has failed', async () => {
    const lease = { name: 'in turn', holder: 'me', ms: HOUR }
    expect(await runWhileLeased(db.database, lease, neverAborted, () => Promise.resolve())).toBe(true)
    const failing = runWhileLeased(db.database, { ...lease, holder: 'you' }, neverAborted, () =>
      Promise.reject(new Error('fell over')),
    )
    await expect(failing).rejects.toThrow('fell over')
    expect((await acquireLease(db.database, 'in turn', 'third', HOUR))?.token).toBe(3)
  })

  it('releases the lease also where a renewal is answered only after the work is done', async () => {
    let renewals = 0
    let answer = (): void => undefined
    const acquired = new Promise<void>((resolve) => (answer = resolve))
    const slowDatabase = new Proxy(db.database, {
      get: (target, name) =>
        name !== 'query'
          ? (Reflect.get(target, name) as unknown)
          : async (sql: string, values: unknown[]): Promise<unknown> => {
              if (sql.startsWith('INSERT') && ++renewals > 1) await acquired
              return target.query(sql, values)
            },
    })
    const lease = { name: 'renewed late', holder: 'me', ms: 8_000 }
    const done = runWhileLeased(slowDatabase, lease, neverAborted, async () => {
      while (renewals < 2) await new Promise(setImmediate)
    })
    while (renewals < 2) await new Promise(setImmediate)
    setTimeout(answer, 50)
    await done
    await acquired
    expect((await acquireLease(db.database, 'renewed late', 'next', HOUR))?.token).toBe(2)
  })

  it('keeps its lease longer than the lease lasts', async () => {
    const lease = { name: 'long', holder: 'me', ms: 1_000 }
    const readExpiry = (): Promise<{ ms: number }[]> =>
      db.database.query(`SELECT (extract(epoch FROM until) * 1000)::float8 AS ms FROM lease WHERE name = 'long'`)
    await runWhileLeased(db.database, lease, neverAborted, async (signal) => {
      const [first] = await readExpiry()
      for (let now = first; (now?.ms ?? 0) - (first?.ms ?? 0) < 1_500; [now] = await readExpiry())
        signal.throwIfAborted()
    })
    expect((await acquireLease(db.database, 'long', 'next', HOUR))?.token).toBe(2)
  })

  it('is signalled to stop when another process has acquired the lease', async () => {
    await runWhileLeased(db.database, { name: 'stolen', holder: 'me', ms: 2_000 }, neverAborted, async (signal) => {
      await db.database.query(
        `UPDATE lease SET holder = 'thief', until = clock_timestamp() + interval '1 hour' WHERE name = 'stolen'`,
      )
      expect(await abortReason(signal)).toEqual(new Error('another holds stolen'))
    })
    expect(await acquireLease(db.database, 'stolen', 'me', HOUR)).toBeUndefined()
  })

  it('is signalled to stop when the database does not answer until the lease runs out', async () => {
    await runWhileLeased(db.database, { name: 'silent', holder: 'me', ms: 400 }, neverAborted, async (signal) => {
      const rowLock = await beginTransaction(db.database, (manager) =>
        manager.query(`SELECT 1 FROM lease WHERE name = 'silent' FOR UPDATE`),
      )
      expect(await abortReason(signal)).toEqual(new Error('the lease silent ran out'))
      await rowLock.commit()
    })
  })

  it('is signalled to stop when the process stops, before or meanwhile', async () => {
    const stopping = new AbortController()
    const reason = new Error('stopping')
    await runWhileLeased(
      db.database,
      { name: 'meanwhile', holder: 'me', ms: HOUR },
      stopping.signal,
      async (signal) => {
        expect(signal.aborted).toBe(false)
        stopping.abort(reason)
        expect(await abortReason(signal)).toBe(reason)
      },
    )
    await runWhileLeased(db.database, { name: 'before', holder: 'me', ms: HOUR }, stopping.signal, async (signal) => {
      expect(await abortReason(signal)).toBe(reason)
    })
  })
})
