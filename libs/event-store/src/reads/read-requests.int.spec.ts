import { randomUUID } from 'node:crypto'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import type { ClaimedRead, ReadRequest } from './read-requests'
import { completeReads, requestReads, claimReads, postponeRead, findStoresWithReads } from './read-requests'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const MINUTE = 60_000

beforeEach(() => emptyTables(db))

const request = (over: Partial<ReadRequest> = {}): ReadRequest => ({
  stream: randomUUID(),
  org: 1,
  store: 3,
  case_number: '146701382803677771',
  order_number: null,
  why: 'hint',
  ...over,
})
const addRequests = (requests: readonly ReadRequest[], now = NOON): Promise<void> =>
  db.database.transaction((manager) => requestReads(manager, requests, now))
const claim = (now = NOON, store = 3): Promise<ClaimedRead[]> => claimReads(db.database, store, 10, now, MINUTE)

describe('a case whose read is requested', () => {
  it('has one request, however often and in however many batches it was requested', async () => {
    const readRequest = request()
    await addRequests([readRequest, readRequest])
    await addRequests([readRequest])
    expect(await claim()).toEqual([{ ...readRequest, asked_times: 2, attempts: 1 }])
  })

  it('keeps the newest reason, and the order number of the request that had one', async () => {
    const readRequest = request({ order_number: '190228-355530178612389' })
    await addRequests([readRequest])
    await addRequests([{ ...readRequest, order_number: null, why: 'deadline-passed' }])
    expect(await claim()).toMatchObject([{ order_number: '190228-355530178612389', why: 'deadline-passed' }])
  })

  it('is claimed by one reader at a time', async () => {
    await addRequests(Array.from({ length: 20 }, () => request()))
    const claims = await Promise.all([claim(), claim(), claim()])
    const streams = claims.flat().map(({ stream }) => stream)
    expect([streams.length, new Set(streams).size]).toEqual([20, 20])
  })

  it('has no request any more when the read is completed', async () => {
    await addRequests([request()])
    await completeReads(db.database, await claim(), NOON)
    expect(await rowsOf(db, 'SELECT * FROM reading')).toEqual([])
  })

  it('stays requested where it was requested again during the read, and is due at once', async () => {
    const readRequest = request()
    await addRequests([readRequest])
    const claimedReads = await claim()
    await addRequests([readRequest], NOON + 1)
    await completeReads(db.database, claimedReads, NOON + 2)
    expect(await claim(NOON + 2)).toEqual([{ ...readRequest, asked_times: 2, attempts: 1 }])
  })

  it('is due again when the claim of a dead reader expires', async () => {
    const readRequest = request()
    await addRequests([readRequest])
    await claim(NOON)
    expect(await claim(NOON + MINUTE - 1)).toEqual([])
    expect(await claim(NOON + MINUTE)).toEqual([{ ...readRequest, asked_times: 1, attempts: 2 }])
  })

  it('is retried at the given time where the read failed', async () => {
    const readRequest = request()
    await addRequests([readRequest])
    await claim()
    await postponeRead(db.database, readRequest.stream, NOON + 5, { kind: 'no-answer', text: 'cut' }, NOON)
    expect(await claim(NOON + 4)).toEqual([])
    expect(await claim(NOON + 5)).toHaveLength(1)
  })
})

describe('stores with requested reads', () => {
  it('are claimed one by one, so that a slow one blocks no other', async () => {
    await addRequests([request({ store: 3 }), request({ store: 4 }), request({ store: 4 })])
    expect(await claim(NOON, 4)).toHaveLength(2)
    expect(await findStoresWithReads(db.database, NOON)).toEqual([{ store: 3 }])
    expect((await findStoresWithReads(db.database, NOON + MINUTE)).map(({ store }) => store).sort()).toEqual([3, 4])
  })
})
