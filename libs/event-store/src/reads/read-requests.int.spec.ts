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
const ask = (requests: readonly ReadRequest[], now = NOON): Promise<void> =>
  db.database.transaction((manager) => requestReads(manager, requests, now))
const claim = (now = NOON, store = 3): Promise<ClaimedRead[]> => claimReads(db.database, store, 10, now, MINUTE)

describe('a case that is to be asked for', () => {
  it('has one request, however often and in however many batches it was requested', async () => {
    const wanted = request()
    await ask([wanted, wanted])
    await ask([wanted])
    expect(await claim()).toEqual([{ ...wanted, asked_times: 2, attempts: 1 }])
  })

  it('knows the newest reason, and the order number from the request that named it', async () => {
    const wanted = request({ order_number: '190228-355530178612389' })
    await ask([wanted])
    await ask([{ ...wanted, order_number: null, why: 'deadline-passed' }])
    expect(await claim()).toMatchObject([{ order_number: '190228-355530178612389', why: 'deadline-passed' }])
  })

  it('is asked for by one reader at a time', async () => {
    await ask(Array.from({ length: 20 }, () => request()))
    const claims = await Promise.all([claim(), claim(), claim()])
    const streams = claims.flat().map(({ stream }) => stream)
    expect([streams.length, new Set(streams).size]).toEqual([20, 20])
  })

  it('is gone when it is answered', async () => {
    await ask([request()])
    await completeReads(db.database, await claim(), NOON)
    expect(await rowsOf(db, 'SELECT * FROM reading')).toEqual([])
  })

  it('that is requested again while it is being read stays requested, due at once without the delays of old failures', async () => {
    const wanted = request()
    await ask([wanted])
    const underWay = await claim()
    await ask([wanted], NOON + 1)
    await completeReads(db.database, underWay, NOON + 2)
    expect(await claim(NOON + 2)).toEqual([{ ...wanted, asked_times: 2, attempts: 1 }])
  })

  it('is due again when its reader dies, as soon as the reader’s claim expires', async () => {
    const wanted = request()
    await ask([wanted])
    await claim(NOON)
    expect(await claim(NOON + MINUTE - 1)).toEqual([])
    expect(await claim(NOON + MINUTE)).toEqual([{ ...wanted, asked_times: 1, attempts: 2 }])
  })

  it('that could not be answered is retried at the time that was set', async () => {
    const wanted = request()
    await ask([wanted])
    await claim()
    await postponeRead(db.database, wanted.stream, NOON + 5, { kind: 'no-answer', text: 'cut' }, NOON)
    expect(await claim(NOON + 4)).toEqual([])
    expect(await claim(NOON + 5)).toHaveLength(1)
  })
})

describe('the stores', () => {
  it('are asked for themselves, so that a slow one blocks no other', async () => {
    await ask([request({ store: 3 }), request({ store: 4 }), request({ store: 4 })])
    expect(await claim(NOON, 4)).toHaveLength(2)
    expect(await findStoresWithReads(db.database, NOON)).toEqual([{ store: 3 }])
    expect((await findStoresWithReads(db.database, NOON + MINUTE)).map(({ store }) => store).sort()).toEqual([3, 4])
  })
})
