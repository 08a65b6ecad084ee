import type { Client } from 'pg'
import { SHOPS, openDesk, receiveAll } from '../desk'
import type { Figure } from '../figure'
import { pushesOf } from '../pushes'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { settle, withClient } from '../server'

/** What the table of costs in the event store's README is reckoned with. */
const RECKONED_WITH = 2_950

interface Size {
  readonly name: string
  readonly bytes: number
}

/** Bytes on disk for each message, rows and indexes, once everything that came is understood and written. */
export async function bytesAMessage(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const inbox = await server.migrated()
  try {
    const before = await withClient(inbox.url, logOf)
    const desk = await openDesk(inbox.url)
    await desk.take(pushesOf(scale.messages, SHOPS))
    await receiveAll(desk)
    await desk.close()
    const logged = (await withClient(inbox.url, logOf)) - before
    await settle(inbox.url)
    const sizes = await withClient(inbox.url, async (client) => (await client.query<Size>(SIZES)).rows)
    const { rows } = await withClient(inbox.url, (client) => client.query<{ cases: number; events: number }>(COUNTS))
    const each = (bytes: number): number => Math.round(bytes / scale.messages)
    const all = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    return [
      {
        figure: 'bytes a message',
        value: each(all),
        unit: 'bytes',
        against: 'what the costs are reckoned with',
        peer: RECKONED_WITH,
        ratio: RECKONED_WITH / each(all),
        atLeast: 1,
        remarks: [
          sizes
            .slice(0, 9)
            .map(({ name, bytes }) => `${name} ${each(bytes)}`)
            .join(', '),
          `${each(logged)} bytes of log (WAL) a message`,
          `${scale.messages} messages, ${rows[0]?.cases} cases, ${rows[0]?.events} events`,
        ],
      },
    ]
  } finally {
    await inbox.drop()
  }
}

/** How much the server has written to its log, ever. */
async function logOf(client: Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS bytes`,
  )
  return rows[0]?.bytes ?? 0
}

const SIZES = `SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`
const COUNTS = 'SELECT (SELECT count(*)::int FROM stream) AS cases, (SELECT count(*)::int FROM event) AS events'
