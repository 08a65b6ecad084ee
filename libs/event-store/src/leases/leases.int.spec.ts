import { useTestDatabase, beginTransaction } from '../../../../test/postgres/test-database'
import { acquireLease, releaseLease, runWhileLeased } from './leases'

const db = useTestDatabase()
const HOUR = 3_600_000
const never = new AbortController().signal

/** Resolves with the reason why the work has to stop. */
const aborted = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(signal.reason)
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true })
  })

describe('a lease', () => {
  it('has one holder, also when many reach for it at once', async () => {
    const held = await Promise.all(
      Array.from({ length: 16 }, (_, i) => acquireLease(db.database, 'one', `worker ${i}`, HOUR)),
    )
    expect(held.filter((lease) => lease !== undefined)).toHaveLength(1)
  })

  it('is renewed by its holder under the same token', async () => {
    const first = await acquireLease(db.database, 'renewed', 'a', HOUR)
    expect(first).toEqual({ name: 'renewed', holder: 'a', token: 1 })
    expect(await acquireLease(db.database, 'renewed', 'a', HOUR)).toEqual(first)
  })

  it('that ran out goes to the next holder, under a token that grows with every new holder', async () => {
    expect((await acquireLease(db.database, 'passed on', 'a', 0))?.token).toBe(1)
    expect((await acquireLease(db.database, 'passed on', 'b', 0))?.token).toBe(2)
    expect((await acquireLease(db.database, 'passed on', 'a', HOUR))?.token).toBe(3)
    expect(await acquireLease(db.database, 'passed on', 'b', HOUR)).toBeUndefined()
  })

  it('that is given back is free at once', async () => {
    const lease = await acquireLease(db.database, 'given back', 'a', HOUR)
    await releaseLease(db.database, lease ?? { name: '', holder: '', token: 0 })
    expect((await acquireLease(db.database, 'given back', 'b', HOUR))?.token).toBe(2)
  })

  it('cannot be given back by one who lost it', async () => {
    const old = await acquireLease(db.database, 'lost', 'a', 0)
    await acquireLease(db.database, 'lost', 'b', HOUR)
    await releaseLease(db.database, old ?? { name: '', holder: '', token: 0 })
    expect(await acquireLease(db.database, 'lost', 'c', HOUR)).toBeUndefined()
  })
})

describe('work that only one may do', () => {
  it('is left alone where another has it', async () => {
    await acquireLease(db.database, 'busy', 'other', HOUR)
    let worked = false
    const done = await runWhileLeased(
      db.database,
      { name: 'busy', holder: 'me', ms: HOUR },
      never,
      async () => void (worked = true),
    )
    expect([done, worked]).toEqual([false, false])
  })

  it('is free for the next as soon as it is done, or has failed', async () => {
    const lease = { name: 'in turn', holder: 'me', ms: HOUR }
    expect(await runWhileLeased(db.database, lease, never, () => Promise.resolve())).toBe(true)
    const failing = runWhileLeased(db.database, { ...lease, holder: 'you' }, never, () =>
      Promise.reject(new Error('fell over')),
    )
    await expect(failing).rejects.toThrow('fell over')
    expect((await acquireLease(db.database, 'in turn', 'third', HOUR))?.token).toBe(3)
  })

  it('is free for the next also where a renewal is answered only after it is done', async () => {
    let renewals = 0
    let answer = (): void => undefined
    const held = new Promise<void>((resolve) => (answer = resolve))
    const slow = new Proxy(db.database, {
      get: (target, name) =>
        name !== 'query'
          ? (Reflect.get(target, name) as unknown)
          : async (sql: string, values: unknown[]): Promise<unknown> => {
              if (sql.startsWith('INSERT') && ++renewals > 1) await held
              return target.query(sql, values)
            },
    })
    const lease = { name: 'renewed late', holder: 'me', ms: 8_000 }
    const done = runWhileLeased(slow, lease, never, async () => {
      while (renewals < 2) await new Promise(setImmediate)
    })
    while (renewals < 2) await new Promise(setImmediate)
    setTimeout(answer, 50)
    await done
    await held
    expect((await acquireLease(db.database, 'renewed late', 'next', HOUR))?.token).toBe(2)
  })

  it('keeps its lease longer than the lease lasts', async () => {
    const lease = { name: 'long', holder: 'me', ms: 1_000 }
    const until = (): Promise<{ ms: number }[]> =>
      db.database.query(`SELECT (extract(epoch FROM until) * 1000)::float8 AS ms FROM lease WHERE name = 'long'`)
    await runWhileLeased(db.database, lease, never, async (signal) => {
      const [first] = await until()
      for (let now = first; (now?.ms ?? 0) - (first?.ms ?? 0) < 1_500; [now] = await until()) signal.throwIfAborted()
    })
    expect((await acquireLease(db.database, 'long', 'next', HOUR))?.token).toBe(2)
  })

  it('is signalled to stop when another has taken its place', async () => {
    await runWhileLeased(db.database, { name: 'stolen', holder: 'me', ms: 2_000 }, never, async (signal) => {
      await db.database.query(
        `UPDATE lease SET holder = 'thief', until = clock_timestamp() + interval '1 hour' WHERE name = 'stolen'`,
      )
      expect(await aborted(signal)).toEqual(new Error('another holds stolen'))
    })
    expect(await acquireLease(db.database, 'stolen', 'me', HOUR)).toBeUndefined()
  })

  it('is signalled to stop when the database does not answer until the lease runs out', async () => {
    await runWhileLeased(db.database, { name: 'silent', holder: 'me', ms: 400 }, never, async (signal) => {
      const silence = await beginTransaction(db.database, (manager) =>
        manager.query(`SELECT 1 FROM lease WHERE name = 'silent' FOR UPDATE`),
      )
      expect(await aborted(signal)).toEqual(new Error('the lease silent ran out'))
      await silence.commit()
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
        expect(await aborted(signal)).toBe(reason)
      },
    )
    await runWhileLeased(db.database, { name: 'before', holder: 'me', ms: HOUR }, stopping.signal, async (signal) => {
      expect(await aborted(signal)).toBe(reason)
    })
  })
})
