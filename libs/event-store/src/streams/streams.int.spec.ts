import { randomUUID } from 'node:crypto'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import type { StreamEvent, StreamWrite } from './streams'
import { ConcurrentWrite, readStreamEvents, loadStreams, writeOutgoing, writeStreams } from './streams'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')

beforeEach(() => emptyTables(db))

const stream = (id: string, version: number, over: Partial<StreamWrite> = {}): StreamWrite => ({
  id,
  org: 1,
  store: 3,
  version,
  fold: 1,
  revision: NOON,
  state: { version },
  ...over,
})
const event = (id: string, version: number, body: unknown = {}): StreamEvent => ({
  stream: id,
  version,
  org: 1,
  type: version === 1 ? 'CaseOpened' : 'StatusMoved',
  body,
  message_id: null,
  occurred_at: NOON,
  recorded_at: NOON + 1,
})
const writeInTransaction = (streams: readonly StreamWrite[], events: readonly StreamEvent[]): Promise<void> =>
  db.database.transaction((manager) => writeStreams(manager, streams, events))
const readVersions = (): Promise<unknown[]> => rowsOf(db, 'SELECT id, version, fold FROM stream ORDER BY id')

describe('a stream', () => {
  it('is read as it was written, to the last digit and letter', async () => {
    const id = randomUUID()
    const state = { caseNumber: '7000893114000949517', text: '不想要了 "\\ \' 😀', nothing: null, list: [1, { a: [] }] }
    await writeInTransaction([stream(id, 1, { state })], [event(id, 1, state)])
    expect(await db.database.transaction((manager) => loadStreams(manager, [id, randomUUID()]))).toEqual([
      { id, org: 1, store: 3, version: 1, fold: 1, state },
    ])
    expect(await db.database.transaction((manager) => readStreamEvents(manager, id))).toEqual([event(id, 1, state)])
  })

  it('has its events in their order', async () => {
    const id = randomUUID()
    await writeInTransaction([stream(id, 2)], [event(id, 2), event(id, 1)])
    await writeInTransaction([stream(id, 3)], [event(id, 3)])
    expect(
      (await db.database.transaction((manager) => readStreamEvents(manager, id))).map(({ version }) => version),
    ).toEqual([1, 2, 3])
  })

  it('is replaced without an event when it is folded again', async () => {
    const id = randomUUID()
    await writeInTransaction([stream(id, 1)], [event(id, 1)])
    await writeInTransaction([stream(id, 1, { fold: 2 })], [])
    expect(await readVersions()).toEqual([{ id, version: 1, fold: 2 }])
  })

  it('is not changed by an empty batch', async () => {
    await writeInTransaction([], [])
    expect(await readVersions()).toEqual([])
  })
})

describe('a stream that another writer wrote meanwhile', () => {
  it.each([
    ['of the same version', 1],
    ['of an older version', 2],
  ])('%s is refused, and nothing of the batch is written', async (_, known) => {
    const [mine, other] = [randomUUID(), randomUUID()]
    await writeInTransaction([stream(mine, known)], [event(mine, known)])
    await expect(writeInTransaction([stream(mine, 1), stream(other, 1)], [event(other, 1)])).rejects.toBeInstanceOf(
      ConcurrentWrite,
    )
    expect(await readVersions()).toEqual([{ id: mine, version: known, fold: 1 }])
    expect(await rowsOf(db, 'SELECT * FROM event WHERE stream = $1', [other])).toEqual([])
  })

  it('is recognised by the key of its first event where the second batch has more events', async () => {
    const id = randomUUID()
    await writeInTransaction([stream(id, 1)], [event(id, 1)])
    await expect(writeInTransaction([stream(id, 2)], [event(id, 1), event(id, 2)])).rejects.toMatchObject({
      code: '23505',
      constraint: 'event_pkey',
    })
    expect(await readVersions()).toEqual([{ id, version: 1, fold: 1 }])
  })
})

describe('two batches with the same streams', () => {
  it('wait for each other in one order, whatever order they name them in', async () => {
    const ids = Array.from({ length: 20 }, () => randomUUID())
    await writeInTransaction(
      ids.map((id) => stream(id, 1)),
      ids.map((id) => event(id, 1)),
    )
    const load = (wanted: readonly string[]): Promise<unknown> =>
      db.database.transaction((manager) => loadStreams(manager, wanted))
    const first = await beginTransaction(db.database, (manager) => loadStreams(manager, ids))
    const rest = [load([...ids].reverse()), load(ids), load([...ids].reverse())]
    await untilLockWaits(db.database, 3)
    await first.commit()
    await Promise.all(rest)
  })

  it('are written one after the other: the second sees what the first wrote', async () => {
    const id = randomUUID()
    await writeInTransaction([stream(id, 1)], [event(id, 1)])
    const first = await beginTransaction(db.database, async (manager) => {
      await loadStreams(manager, [id])
      await writeStreams(manager, [stream(id, 2)], [event(id, 2)])
    })
    const second = db.database.transaction((manager) => loadStreams(manager, [id]))
    await untilLockWaits(db.database, 1)
    await first.commit()
    expect(await second).toMatchObject([{ version: 2, state: { version: 2 } }])
  })
})

describe('a batch that waits for a stream to be opened', () => {
  it('holds no other stream meanwhile: the transaction that opens it may want that one next', async () => {
    const [known, absent] = [randomUUID(), randomUUID()]
    await writeInTransaction([stream(known, 1)], [event(known, 1)])
    const opening = await beginTransaction(db.database, async (manager) => {
      await loadStreams(manager, [absent])
      await writeStreams(manager, [stream(absent, 1)], [event(absent, 1)])
    })
    const second = db.database.transaction((manager) => loadStreams(manager, [known, absent]))
    await untilLockWaits(db.database, 1)
    await db.database.query('SELECT FROM stream WHERE id = $1 FOR UPDATE NOWAIT', [known])
    await opening.commit()
    expect((await second).map(({ id }) => id).sort()).toEqual([known, absent].sort())
  })
})

describe('an outgoing row', () => {
  it('is written with its events or not at all', async () => {
    const row = { org: 1, stream: randomUUID(), version: 1, type: 'case-opened.v1', body: { a: 1 }, recorded_at: NOON }
    const rolledBack = await beginTransaction(db.database, (manager) => writeOutgoing(manager, [row]))
    await rolledBack.rollBack()
    expect(await rowsOf(db, 'SELECT * FROM outgoing')).toEqual([])
    await db.database.transaction((manager) => writeOutgoing(manager, [row, { ...row, version: 2 }]))
    expect(
      await rowsOf(db, 'SELECT org, stream, version, type, body, recorded_at FROM outgoing ORDER BY position'),
    ).toEqual([row, { ...row, version: 2 }])
  })
})
