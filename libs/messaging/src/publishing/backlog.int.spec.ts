import { randomUUID } from 'node:crypto'
import { useTestDatabase, untilFeedReadable } from '../../../../test/postgres/test-database'
import { saveDeadLetters } from '../dead-letters'
import { backlogOf } from './backlog'
import { advanceCursor, readShare, takeOverCursor } from './cursor'

const db = useTestDatabase()

const insertEvent = (stream: string, at: number): Promise<unknown> =>
  db.database.query(
    `INSERT INTO outgoing (org, stream, version, type, body, recorded_at) VALUES (1, $1, 1, 'case-opened.v1', '{}', $2)`,
    [stream, at],
  )

/** The id of a case in this one of two shares, which its first byte decides. */
const streamOf = (share: 0 | 1): string => `${share === 0 ? '00' : '01'}${randomUUID().slice(2)}`

it('counts the unpublished events of each share behind its own cursor, with the age of the oldest', async () => {
  const began = Date.now()
  await insertEvent(streamOf(0), began - 60_000)
  await insertEvent(streamOf(0), began - 50_000)
  await insertEvent(streamOf(1), began - 40_000)
  await untilFeedReadable(db.database)
  const bothShares = await backlogOf(db.database, 2)
  expect([bothShares.rows, Math.floor(bothShares.seconds / 10)]).toEqual([3, 6])
  const firstShare = { index: 0, count: 2 }
  const start = await takeOverCursor(db.database, firstShare, 1)
  await takeOverCursor(db.database, { index: 1, count: 2 }, 1)
  const lastPublished = (await readShare(db.database, start, firstShare, 10)).at(-1)
  await advanceCursor(db.database, firstShare, 1, lastPublished ?? start)
  const secondShareOnly = await backlogOf(db.database, 2)
  expect([secondShareOnly.rows, Math.floor(secondShareOnly.seconds / 10)]).toEqual([1, 4])
})

it('counts the dead letters that were not resent, by consumer', async () => {
  const letter = {
    consumer: 'publisher',
    eventId: 'one',
    topic: 't',
    key: 'k',
    headers: {},
    value: Buffer.from('{}'),
    reason: 'too large',
  }
  await saveDeadLetters(db.database, [letter, { ...letter, eventId: 'two' }, { ...letter, consumer: 'reports' }])
  await db.database.query(`UPDATE dead_letter SET sent_again_at = clock_timestamp() WHERE event_id = 'two'`)
  expect((await backlogOf(db.database, 1)).deadLetters).toEqual({ publisher: 1, reports: 1 })
})
