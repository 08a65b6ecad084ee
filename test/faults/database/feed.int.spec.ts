import pg from 'pg'
import type { FeedPosition } from '#event-store'
import { endOfFeed, readFeed, feedStallMs } from '#event-store'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { isFeedReadable, untilFeedReadable } from '../../postgres/test-database'
import type { Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import { caseNumberOf } from '../../support/case-numbers'
import { writeWhileReading } from './feed-race'

const START: FeedPosition = { tx: '0', position: 0 }
let fresh: FreshDatabase
let stack: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

/** The end of the feed, as soon as no transaction of another database holds it back. */
async function readEndOfFeed(): Promise<FeedPosition> {
  await untilFeedReadable(stack.database)
  return (await readFrom(START)).at(-1) ?? START
}

/** All readable rows after a position, in the feed's order. */
async function readFrom(from: FeedPosition): Promise<FeedPosition[]> {
  const read: FeedPosition[] = []
  for (let lastRead = from; ;) {
    const rows = await readFeed(stack.database, lastRead, 1_000)
    read.push(...rows.map(({ tx, position }) => ({ tx, position })))
    const last = rows.at(-1)
    if (last === undefined) return read
    lastRead = last
  }
}

describe('a reader of the feed while eight transactions of any length write to it (fault F13)', () => {
  it('misses no row of 50,000, and reads none twice; a reader that asks only for greater numbers misses some', async () => {
    const race = await writeWhileReading(fresh.url, { writers: 8, rows: 50_000, seed: 'feed' })
    expect(race.written).toBeGreaterThanOrEqual(50_000)
    expect({ missed: race.written - race.seen, twice: race.twice, outOfOrder: race.outOfOrder }).toEqual({
      missed: 0,
      twice: 0,
      outOfOrder: 0,
    })
    expect(race.missedByNumber).toBeGreaterThan(0)
  })

  it('misses none either when a transaction of another database holds the feed back until long after the last row', async () => {
    const other = await freshDatabase()
    const holder = new pg.Client({ connectionString: other.url })
    await holder.connect()
    await holder.query('BEGIN')
    await holder.query('SELECT pg_current_xact_id()')
    const before = await countRows(stack.database, 'outgoing')
    const racing = writeWhileReading(fresh.url, { writers: 2, rows: 500, seed: 'held' })
    await waitUntil('the rows are written', async () => (await countRows(stack.database, 'outgoing')) >= before + 500)
    expect(await isFeedReadable(stack.database)).toBe(false)
    await holder.query('COMMIT')
    await holder.end()
    const race = await racing
    await other.drop()
    expect(race.written - race.seen).toBe(0)
  })
})

describe('the feed (fault F13)', () => {
  it('is read in the order of numbers, not of digits: 9 before 10', async () => {
    await stack.database.query(
      `INSERT INTO outgoing (tx, org, stream, version, type, body, recorded_at)
       SELECT n::text::xid8, 1, gen_random_uuid(), n, 'old', '{}', 0 FROM unnest(ARRAY[10, 9, 100, 99]) AS n`,
    )
    const read = []
    for (let lastRead = START; read.length < 4;) {
      const [row] = await readFeed(stack.database, lastRead, 1)
      if (row === undefined) break
      read.push(row.version)
      lastRead = row
    }
    expect(read).toEqual([9, 10, 99, 100])
  })
})

describe('the feed while a transaction stays open (fault F14)', () => {
  let holder: pg.Client

  beforeEach(async () => {
    holder = new pg.Client({ connectionString: fresh.url })
    await holder.connect()
  })
  afterEach(() => holder.end())

  it('stalls and reports for how long; messages are received as before, and none is skipped afterwards', async () => {
    const from = await readEndOfFeed()
    const before = await countRows(stack.database, 'outgoing')
    await holder.query('BEGIN')
    await holder.query(
      `INSERT INTO outgoing (org, stream, version, type, body, recorded_at) VALUES (1, gen_random_uuid(), 1, 'held', '{}', 0)`,
    )
    const started = performance.now()
    for (let i = 0; i < 20; i++) {
      expect(await stack.push(refundPush({ caseNumber: caseNumberOf(i), at: stack.now }))).toMatchObject({
        status: 200,
      })
      await stack.receiveAll()
    }
    const elapsedMs = performance.now() - started
    expect(await countRows(stack.database, 'event')).toBe(20)
    expect(await readFrom(from)).toEqual([])
    expect(await endOfFeed(stack.database)).toEqual(from)
    await waitUntil('the stall is seen', async () => (await feedStallMs(stack.database)) >= elapsedMs)
    await holder.query('COMMIT')
    await waitUntil('the feed goes on', async () => (await readFrom(from)).length === 21)
    expect(await countRows(stack.database, 'outgoing')).toBe(before + 21)
  })

  it('continues without the rows of that transaction after a rollback', async () => {
    const from = await readEndOfFeed()
    await holder.query('BEGIN')
    await holder.query('SELECT pg_current_xact_id()')
    await stack.push(refundPush({ caseNumber: caseNumberOf(99), at: stack.now }))
    await stack.receiveAll()
    expect(await readFrom(from)).toEqual([])
    await holder.query('ROLLBACK')
    await waitUntil('the feed goes on', async () => (await readFrom(from)).length === 1)
  })
})
