import { randomUUID } from 'node:crypto'
import { writeOutgoing } from '#event-store'
import {
  emptyTables,
  useTestDatabase,
  beginTransaction,
  untilFeedReadable,
} from '../../../../test/postgres/test-database'
import { StaleToken, ALL_CASES, advanceCursor, readShare, takeOverCursor, oldestWaitMs } from './cursor'

const db = useTestDatabase()
const FEED_START = { tx: '0', position: 0 }

beforeEach(() => emptyTables(db))

const insertEvent = (stream: string, type: string, recorded_at = 1): Promise<void> =>
  db.database.transaction((manager) =>
    writeOutgoing(manager, [{ org: 1, stream, version: 1, type, body: {}, recorded_at }]),
  )

/** The types of all events, read once no transaction of another database holds the feed back. */
async function readAllTypes(): Promise<string[]> {
  await untilFeedReadable(db.database)
  return (await readShare(db.database, FEED_START, ALL_CASES, 100)).map(({ type }) => type)
}

describe('the cursor of a publisher', () => {
  it('begins before the first event, and continues at the position it was moved to', async () => {
    expect(await takeOverCursor(db.database, ALL_CASES, 1)).toEqual(FEED_START)
    await advanceCursor(db.database, ALL_CASES, 1, { tx: '77', position: 5 })
    expect(await takeOverCursor(db.database, ALL_CASES, 2)).toEqual({ tx: '77', position: 5 })
  })

  it('is not moved by a publisher that was paused, once another has taken over', async () => {
    await takeOverCursor(db.database, ALL_CASES, 1)
    await takeOverCursor(db.database, ALL_CASES, 2)
    await advanceCursor(db.database, ALL_CASES, 2, { tx: '77', position: 5 })
    await expect(advanceCursor(db.database, ALL_CASES, 1, { tx: '12', position: 1 })).rejects.toThrow(StaleToken)
    await expect(takeOverCursor(db.database, ALL_CASES, 1)).rejects.toThrow(StaleToken)
    expect(await takeOverCursor(db.database, ALL_CASES, 2)).toEqual({ tx: '77', position: 5 })
  })

  it('skips no event when the number of shares changes: a new share begins at the slowest cursor', async () => {
    const [first, second] = [
      { index: 0, count: 2 },
      { index: 1, count: 2 },
    ]
    for (const share of [first, second]) await takeOverCursor(db.database, share, 1)
    await advanceCursor(db.database, first, 1, { tx: '900', position: 1 })
    await advanceCursor(db.database, second, 1, { tx: '1000', position: 1 })
    expect(await takeOverCursor(db.database, { index: 2, count: 3 }, 1)).toEqual({ tx: '900', position: 1 })
  })
})

describe('the shares of the feed', () => {
  it('are disjoint and together complete', async () => {
    for (let i = 0; i < 40; i++) await insertEvent(randomUUID(), `e${i}`)
    const allTypes = await readAllTypes()
    const shares = await Promise.all(
      [0, 1, 2].map(async (index) =>
        (await readShare(db.database, FEED_START, { index, count: 3 }, 100)).map(({ type }) => type),
      ),
    )
    expect(shares.every((share) => share.length > 0)).toBe(true)
    expect(shares.flat().sort()).toEqual([...allTypes].sort())
  })

  it('contain no event that an open transaction may still commit another one before', async () => {
    const openTransaction = await beginTransaction(db.database, (manager) =>
      writeOutgoing(manager, [{ org: 1, stream: randomUUID(), version: 1, type: 'early', body: {}, recorded_at: 1 }]),
    )
    await insertEvent(randomUUID(), 'late')
    expect(await readShare(db.database, FEED_START, ALL_CASES, 100)).toEqual([])
    await openTransaction.commit()
    expect(await readAllTypes()).toEqual(['early', 'late'])
  })

  it('report how long the oldest event has been waiting', async () => {
    expect(await oldestWaitMs(db.database, FEED_START, ALL_CASES)).toBe(0)
    await insertEvent(randomUUID(), 'old', Date.now() - 60_000)
    expect(await oldestWaitMs(db.database, FEED_START, ALL_CASES)).toBeGreaterThanOrEqual(60_000)
  })
})
