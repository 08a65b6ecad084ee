import { randomUUID } from 'node:crypto'
import { writeOutgoing } from '#event-store'
import {
  emptyTables,
  useTestDatabase,
  beginTransaction,
  untilFeedReadable,
} from '../../../../test/postgres/test-database'
import { StaleToken, ALL_CASES, advance, readShare, takeOver, oldestWaitMs } from './cursor'

const db = useTestDatabase()
const START = { tx: '0', position: 0 }

beforeEach(() => emptyTables(db))

const tell = (stream: string, type: string, recorded_at = 1): Promise<void> =>
  db.database.transaction((manager) =>
    writeOutgoing(manager, [{ org: 1, stream, version: 1, type, body: {}, recorded_at }]),
  )

/** The types of what can be read, once no transaction of another database holds it back. */
async function readInTime(): Promise<string[]> {
  await untilFeedReadable(db.database)
  return (await readShare(db.database, START, ALL_CASES, 100)).map(({ type }) => type)
}

describe('the cursor of a publisher', () => {
  it('begins at the first event, and continues where it was moved to', async () => {
    expect(await takeOver(db.database, ALL_CASES, 1)).toEqual(START)
    await advance(db.database, ALL_CASES, 1, { tx: '77', position: 5 })
    expect(await takeOver(db.database, ALL_CASES, 2)).toEqual({ tx: '77', position: 5 })
  })

  it('F17: is not moved by a publisher that was paused, once another has taken over', async () => {
    await takeOver(db.database, ALL_CASES, 1)
    await takeOver(db.database, ALL_CASES, 2)
    await advance(db.database, ALL_CASES, 2, { tx: '77', position: 5 })
    await expect(advance(db.database, ALL_CASES, 1, { tx: '12', position: 1 })).rejects.toThrow(StaleToken)
    await expect(takeOver(db.database, ALL_CASES, 1)).rejects.toThrow(StaleToken)
    expect(await takeOver(db.database, ALL_CASES, 2)).toEqual({ tx: '77', position: 5 })
  })

  it('leaves out no event when the number of shares changes: a new share begins at the slowest cursor', async () => {
    const [first, second] = [
      { index: 0, of: 2 },
      { index: 1, of: 2 },
    ]
    for (const share of [first, second]) await takeOver(db.database, share, 1)
    await advance(db.database, first, 1, { tx: '900', position: 1 })
    await advance(db.database, second, 1, { tx: '1000', position: 1 })
    expect(await takeOver(db.database, { index: 2, of: 3 }, 1)).toEqual({ tx: '900', position: 1 })
  })
})

describe('the shares of the feed', () => {
  it('are disjoint, and together complete', async () => {
    for (let i = 0; i < 40; i++) await tell(randomUUID(), `e${i}`)
    const whole = await readInTime()
    const shares = await Promise.all(
      [0, 1, 2].map(async (index) =>
        (await readShare(db.database, START, { index, of: 3 }, 100)).map(({ type }) => type),
      ),
    )
    expect(shares.every((share) => share.length > 0)).toBe(true)
    expect(shares.flat().sort()).toEqual([...whole].sort())
  })

  it('F13: shows nothing before which a later commit may still be inserted', async () => {
    const early = await beginTransaction(db.database, (manager) =>
      writeOutgoing(manager, [{ org: 1, stream: randomUUID(), version: 1, type: 'early', body: {}, recorded_at: 1 }]),
    )
    await tell(randomUUID(), 'late')
    expect(await readShare(db.database, START, ALL_CASES, 100)).toEqual([])
    await early.commit()
    expect(await readInTime()).toEqual(['early', 'late'])
  })

  it('report how long the oldest event has been waiting', async () => {
    expect(await oldestWaitMs(db.database, START, ALL_CASES)).toBe(0)
    await tell(randomUUID(), 'old', Date.now() - 60_000)
    expect(await oldestWaitMs(db.database, START, ALL_CASES)).toBeGreaterThanOrEqual(60_000)
  })
})
