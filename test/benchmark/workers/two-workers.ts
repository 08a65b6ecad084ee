import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Client } from 'pg'
import type { RealProcess } from '../../processes/real-process'
import { EVENING, SHOPS } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox } from '../processing/processing'
import { generatePushes } from '../pushes'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { withClient } from '../server'
import { slowMarketplace } from './slow-marketplace'
import { startWorkers } from './start-workers'

/** `not_before` of all messages until the workers are up and warm. */
const FAR_FUTURE = 9_000_000_000_000
const WARM_UP_SHARE = 0.1

/**
 * What a second worker adds. Two loads: one that waits (a slow marketplace), and one that computes: messages per second from a full inbox to an
 * empty one, limited by the cores that PostgreSQL leaves. Real processes with their usual settings.
 */
export async function twoWorkers(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const clock = await startStandingClock()
  try {
    const pair = await compareInterleaved(
      scale.rounds,
      () => measureRate(server, inbox, clock.url, 2),
      () => measureRate(server, inbox, clock.url, 1),
    )
    return [
      await slowMarketplace(server, scale),
      {
        figure: 'two workers, computing',
        value: pair.ours,
        unit: 'messages/s',
        against: 'one worker on the same inbox',
        peer: pair.theirs,
        ratio: pair.ratio,
        // One worker and PostgreSQL fill two cores: a second worker helps where the load waits, not where it computes.
        atLeast: 1,
        remarks: [
          pair.remark,
          `${scale.messages} messages; the workers share their cores with PostgreSQL where it runs on the same machine`,
        ],
      },
    ]
  } finally {
    clock.close()
    await inbox.drop()
  }
}

async function measureRate(server: BenchServer, inbox: BenchDatabase, clock: string, workers: number): Promise<number> {
  const copy = await server.copyOf(inbox)
  const running: RealProcess[] = []
  try {
    return await withClient(copy.url, async (client) => {
      // No calls to marketplaces: only translation, decision and writing are measured.
      await client.query('UPDATE store SET authorised = false')
      await client.query('UPDATE pending SET not_before = $1', [FAR_FUTURE])
      await client.query('VACUUM ANALYZE pending')
      running.push(...(await startWorkers(workers, copy.url, clock)))
      const { rows } = await client.query<{ id: string; n: number }>(
        'SELECT percentile_disc($1) WITHIN GROUP (ORDER BY message_id) AS id, count(*)::int AS n FROM pending',
        [WARM_UP_SHARE],
      )
      await releaseUpTo(client, Number(rows[0]?.id))
      const remaining = (await client.query<{ n: number }>('SELECT count(*)::int AS n FROM pending')).rows[0]?.n ?? 0
      const began = performance.now()
      await releaseUpTo(client, Infinity)
      return (remaining * 1_000) / (performance.now() - began)
    })
  } finally {
    await Promise.all(running.map((worker) => worker.kill()))
    await copy.drop()
  }
}

/** Makes the messages up to this id due; resolves when they are processed. */
async function releaseUpTo(client: Client, upTo: number): Promise<void> {
  await client.query('UPDATE pending SET not_before = 0 WHERE message_id <= $1', [
    Number.isFinite(upTo) ? upTo : Number.MAX_SAFE_INTEGER,
  ])
  await client.query('NOTIFY shouhou_pending')
  for (;;) {
    const { rowCount } = await client.query('SELECT 1 FROM pending WHERE not_before = 0 LIMIT 1')
    if (rowCount === 0) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A clock that always answers EVENING, so that no deadline becomes due during the measurement. */
async function startStandingClock(): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, answer) => answer.end(JSON.stringify({ now: EVENING })))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}
