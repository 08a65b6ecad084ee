import { randomUUID } from 'node:crypto'
import { useTestDatabase, untilFeedReadable } from '../../../../test/postgres/test-database'
import { saveDeadLetters } from '../dead-letters'
import { backlogOf } from './backlog'
import { advance, readShare, takeOver } from './cursor'

const db = useTestDatabase()

const tell = (stream: string, at: number): Promise<unknown> =>
  db.database.query(
    `INSERT INTO outgoing (org, stream, version, type, body, recorded_at) VALUES (1, $1, 1, 'case-opened.v1', '{}', $2)`,
    [stream, at],
  )

/** A case whose id falls on this share of two. */
const streamOf = (share: 0 | 1): string => `${share === 0 ? '00' : '01'}${randomUUID().slice(2)}`

it('unpublished events are counted behind the cursor of its own share, with the age of the oldest', async () => {
  const began = Date.now()
  await tell(streamOf(0), began - 60_000)
  await tell(streamOf(0), began - 50_000)
  await tell(streamOf(1), began - 40_000)
  await untilFeedReadable(db.database)
  const all = await backlogOf(db.database, 2)
  expect([all.rows, Math.floor(all.seconds / 10)]).toEqual([3, 6])
  const first = { index: 0, of: 2 }
  const from = await takeOver(db.database, first, 1)
  await takeOver(db.database, { index: 1, of: 2 }, 1)
  const published = (await readShare(db.database, from, first, 10)).at(-1)
  await advance(db.database, first, 1, published ?? from)
  const half = await backlogOf(db.database, 2)
  expect([half.rows, Math.floor(half.seconds / 10)]).toEqual([1, 4])
})

it('dead letters that were not sent again are counted by consumer', async () => {
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
