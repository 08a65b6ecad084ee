import type { Client } from 'pg'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import { generatePushes } from '../pushes'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { vacuumAndCheckpoint, withClient } from '../server'

/** Bytes per message that the cost table in the event store's README assumes. */
const ASSUMED_BYTES = 2_950

interface Size {
  readonly name: string
  readonly bytes: number
}

/** Bytes on disk per message, rows and indexes, after all messages were processed. */
export async function bytesPerMessage(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const inbox = await server.migrated()
  try {
    const walBefore = await withClient(inbox.url, walBytes)
    const worker = await openWorker(inbox.url)
    await worker.accept(generatePushes(scale.messages, SHOPS))
    await receiveAll(worker)
    await worker.close()
    const walWritten = (await withClient(inbox.url, walBytes)) - walBefore
    await vacuumAndCheckpoint(inbox.url)
    const sizes = await withClient(inbox.url, async (client) => (await client.query<Size>(SIZES)).rows)
    const { rows } = await withClient(inbox.url, (client) => client.query<{ cases: number; events: number }>(COUNTS))
    const perMessage = (bytes: number): number => Math.round(bytes / scale.messages)
    const totalBytes = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
    return [
      {
        figure: 'bytes a message',
        value: perMessage(totalBytes),
        unit: 'bytes',
        against: 'what the cost table assumes',
        peer: ASSUMED_BYTES,
        ratio: ASSUMED_BYTES / perMessage(totalBytes),
        atLeast: 1,
        remarks: [
          sizes
            .slice(0, 9)
            .map(({ name, bytes }) => `${name} ${perMessage(bytes)}`)
            .join(', '),
          `${perMessage(walWritten)} bytes of log (WAL) a message`,
          `${scale.messages} messages, ${rows[0]?.cases} cases, ${rows[0]?.events} events`,
        ],
      },
    ]
  } finally {
    await inbox.drop()
  }
}

/** Bytes that the server has ever written to its log (WAL). */
async function walBytes(client: Client): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS bytes`,
  )
  return rows[0]?.bytes ?? 0
}

const SIZES = `SELECT relname AS name, pg_total_relation_size(oid)::float8 AS bytes FROM pg_class
  WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 2 DESC`
const COUNTS = 'SELECT (SELECT count(*)::int FROM stream) AS cases, (SELECT count(*)::int FROM event) AS events'
