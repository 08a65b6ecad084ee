import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import type { NewMessage } from './inbox'
import {
  acceptMessages,
  claimMessages,
  claimMessagesById,
  hashMessageKey,
  quarantineMessages,
  releaseFromQuarantine,
  requeueQuarantined,
} from './inbox'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')

const newMessage = (key: string, over: Partial<NewMessage> = {}): NewMessage => ({
  org: 1,
  app: 7,
  store: 3,
  channel: 'push',
  key,
  receivedAt: NOON,
  raw: Buffer.from(`the words of ${key}`),
  ...over,
})

const newMessages = (prefix: string, count: number): NewMessage[] =>
  Array.from({ length: count }, (_, i) => newMessage(`${prefix}${i}`))

const readPendingIds = async (): Promise<number[]> =>
  (await rowsOf<{ id: number }>(db, 'SELECT message_id AS id FROM pending ORDER BY message_id')).map(({ id }) => id)

const inTransaction = <T>(work: Parameters<typeof beginTransaction<T>>[1]): Promise<T> => db.database.transaction(work)

beforeEach(() => emptyTables(db))

describe('a message that arrives', () => {
  it('is stored byte for byte, with its organisation, store and time of receipt', async () => {
    const raw = Buffer.from([0x00, 0xff, 0x5c, 0x27, 0x0a, 0x80])
    expect(await acceptMessages(db.database, [newMessage('a', { raw, store: null, channel: 'list' })])).toBe(1)
    expect(await inTransaction((manager) => claimMessages(manager, 10, NOON))).toEqual([
      {
        id: 1,
        org: 1,
        app: 7,
        store: null,
        channel: 'list',
        digest: hashMessageKey('list', 'a'),
        receivedAt: NOON,
        raw,
        attempts: 0,
      },
    ])
  })

  it('keeps its own bytes among neighbours of every length, also of none', async () => {
    const arrivals = [0, 1, 70_000, 0, 3].map((length, i) => newMessage(`n${i}`, { raw: Buffer.alloc(length, 65 + i) }))
    await acceptMessages(db.database, arrivals)
    const claimed = await inTransaction((manager) => claimMessages(manager, 10, NOON))
    const storedTexts = claimed.map(({ raw }) => raw.toString()).sort()
    expect(storedTexts).toEqual(arrivals.map(({ raw }) => raw.toString()).sort())
  })

  it('is stored once when it is repeated within one batch', async () => {
    expect(await acceptMessages(db.database, [newMessage('a'), newMessage('b'), newMessage('a')])).toBe(2)
    expect(await readPendingIds()).toHaveLength(2)
  })

  it('is not queued again when it is repeated later, understood or not', async () => {
    await acceptMessages(db.database, [newMessage('a'), newMessage('b')])
    await inTransaction((manager) => claimMessages(manager, 1, NOON))
    expect(await acceptMessages(db.database, [newMessage('b'), newMessage('a'), newMessage('c')])).toBe(1)
    expect(await rowsOf(db, 'SELECT count(*)::int AS n FROM message')).toEqual([{ n: 3 }])
    expect(await readPendingIds()).toHaveLength(2)
  })

  it.each([
    ['another app', { app: 8 }],
    ['another channel', { channel: 'detail' }],
  ])('differs from one with the same key in %s', async (_, over) => {
    expect(await acceptMessages(db.database, [newMessage('a'), newMessage('a', over)])).toBe(2)
  })

  it('is not mixed up with one whose channel and key only run together alike', async () => {
    expect(await acceptMessages(db.database, [newMessage('b', { channel: 'pusha' }), newMessage('ab')])).toBe(2)
  })

  it('is not stored by an empty batch', async () => {
    expect(await acceptMessages(db.database, [])).toBe(0)
  })
})

describe('gateways that store the same repetitions at the same moment', () => {
  it('wait for each other whatever the order of their messages, without a deadlock', async () => {
    const sameMessages = newMessages('same', 200)
    const batches = Array.from({ length: 8 }, (_, i) => (i % 2 === 0 ? sameMessages : [...sameMessages].reverse()))
    const fresh = await Promise.all(batches.map((batch) => acceptMessages(db.database, batch)))
    expect(fresh.reduce((a, b) => a + b)).toBe(200)
    expect(await readPendingIds()).toHaveLength(200)
  })

  it('lock by digest: the second waits for the first, and finds nothing new', async () => {
    const first = await beginTransaction(db.database, (manager) => acceptMessages(manager, newMessages('m', 20)))
    const second = acceptMessages(db.database, newMessages('m', 20).reverse())
    await untilLockWaits(db.database, 1)
    await first.commit()
    expect([first.value, await second]).toEqual([20, 0])
  })

  it('lose nothing: the second stores all of them when the first rolls back', async () => {
    const first = await beginTransaction(db.database, (manager) => acceptMessages(manager, newMessages('m', 20)))
    const second = acceptMessages(db.database, newMessages('m', 20))
    await untilLockWaits(db.database, 1)
    await first.rollBack()
    expect(await second).toBe(20)
  })
})

describe('a worker that takes messages', () => {
  it('takes the oldest first, up to its limit', async () => {
    await acceptMessages(db.database, newMessages('m', 5))
    expect((await inTransaction((manager) => claimMessages(manager, 3, NOON))).map(({ id }) => id)).toEqual([1, 2, 3])
  })

  it('never takes what another worker has claimed', async () => {
    await acceptMessages(db.database, newMessages('m', 10))
    const one = await beginTransaction(db.database, (manager) => claimMessages(manager, 6, NOON))
    const other = await beginTransaction(db.database, (manager) => claimMessages(manager, 6, NOON))
    expect([one.value.map(({ id }) => id), other.value.map(({ id }) => id)]).toEqual([
      [1, 2, 3, 4, 5, 6],
      [7, 8, 9, 10],
    ])
    await Promise.all([one.commit(), other.commit()])
  })

  it('leaves them pending when the work is rolled back', async () => {
    await acceptMessages(db.database, newMessages('m', 3))
    const failed = await beginTransaction(db.database, (manager) => claimMessages(manager, 3, NOON))
    await failed.rollBack()
    expect(await readPendingIds()).toEqual([1, 2, 3])
    expect(await inTransaction((manager) => claimMessages(manager, 3, NOON))).toEqual(failed.value)
  })

  it('skips those that are not due yet', async () => {
    await acceptMessages(db.database, newMessages('m', 3))
    await db.database.query('UPDATE pending SET not_before = $1, attempts = 2 WHERE message_id = 2', [NOON + 1])
    expect((await inTransaction((manager) => claimMessages(manager, 9, NOON))).map(({ id }) => id)).toEqual([1, 3])
    expect(
      (await inTransaction((manager) => claimMessages(manager, 9, NOON + 1))).map(({ id, attempts }) => [id, attempts]),
    ).toEqual([[2, 2]])
  })

  it('can claim messages by id, and gets those that are pending', async () => {
    await acceptMessages(db.database, newMessages('m', 4))
    expect((await inTransaction((manager) => claimMessagesById(manager, [4, 2, 99]))).map(({ id }) => id)).toEqual([
      2, 4,
    ])
    expect(await readPendingIds()).toEqual([1, 3])
  })
})

describe('a message that could not be understood', () => {
  const quarantineMessage = (id: number, reason = 'unintelligible', at = NOON): Promise<void> =>
    inTransaction((manager) => quarantineMessages(manager, [{ id, org: 1, reason, detail: 'tag 999' }], at))
  const readQuarantine = (): Promise<unknown[]> => rowsOf(db, 'SELECT * FROM quarantine ORDER BY message_id')

  it('is in quarantine with its reason; quarantined again, with the newest reason and the number of attempts', async () => {
    await quarantineMessage(5)
    await quarantineMessage(5, 'failed', NOON + 1)
    expect(await readQuarantine()).toEqual([
      { message_id: 5, org: 1, reason: 'failed', detail: 'tag 999', attempts: 2, at: NOON + 1 },
    ])
  })

  it('leaves quarantine when it has been understood, its neighbours stay', async () => {
    await quarantineMessage(5)
    await quarantineMessage(6)
    await inTransaction((manager) => releaseFromQuarantine(manager, [5, 77]))
    expect(await readQuarantine()).toMatchObject([{ message_id: 6 }])
  })

  it('is queued once more on demand, and stays in quarantine until it is understood', async () => {
    await acceptMessages(db.database, newMessages('m', 3))
    await inTransaction((manager) => claimMessages(manager, 3, NOON))
    await quarantineMessage(2)
    expect((await requeueQuarantined(db.database, 1, [1, 2])).map(({ id }) => id)).toEqual([2])
    expect(await readPendingIds()).toEqual([2])
    expect((await requeueQuarantined(db.database, 1, [2])).map(({ id }) => id)).toEqual([2])
    expect(await readPendingIds()).toEqual([2])
    expect(await readQuarantine()).toHaveLength(1)
  })

  it('cannot be queued again by another organisation', async () => {
    await quarantineMessage(2)
    expect(await requeueQuarantined(db.database, 2, [2])).toEqual([])
    expect(await readPendingIds()).toEqual([])
  })
})
