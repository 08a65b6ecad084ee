import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { openKafkaDeployment } from '../../kafka/kafka-deployment'
import type { KafkaDeployment } from '../../kafka/kafka-deployment'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import { freePort, startGateway } from '../../processes/real-process'
import { quantile, startPushSenders } from '../push-senders'
import type { PushSenders } from '../push-senders'
import type { PublishedReport } from './published-in-order'
import { checkPublished } from './published-in-order'

export interface BacklogOptions {
  /** Size of the backlog when the broker is back. */
  readonly rows: number
  /** How long the gateway's answers are timed in each of the three phases, ms. */
  readonly timedMs: number
  readonly log?: (line: string) => void
}

export interface BacklogReport {
  readonly rows: number
  /** Time until the backlog was published: from the broker's start, and from the first published row; ms. */
  readonly drainedMs: number
  readonly publishingMs: number
  readonly rowsPerSecond: number
  /** The gateway's p99 before, during and after the broker's outage, ms. */
  readonly p99Ms: readonly [there: number, away: number, again: number]
  /** Deliveries acknowledged during the timed part of the outage. */
  readonly acknowledgedMeanwhile: number
  readonly answers: Readonly<Record<string, number>>
  readonly published: PublishedReport
}

const CASES = 100
/** A timeout for a busy machine; how long it really took is in the report. */
const PUBLISHED_WITHIN_MS = 900_000

/** F11: the broker is down while cases continue; then it is started and the backlog is published. */
export async function backlogRun({ rows, timedMs, log = () => undefined }: BacklogOptions): Promise<BacklogReport> {
  const deployment = await openKafkaDeployment()
  const key = createHash('sha256').update('a key of the test').digest('base64')
  const port = await freePort()
  const gateway = startGateway(port, { DATABASE_URL: deployment.url, SHOUHOU_KEY: key })
  let senders: PushSenders | undefined
  try {
    await deployment.addCases(CASES)
    await Promise.all([gateway.startedIn, deployment.worker().startedIn])
    senders = startPushSenders(`http://127.0.0.1:${port}`, {
      connections: 4,
      restMs: 40,
      firstCase: 1_000_000,
      at: Date.now(),
    })
    await waitUntil('deliveries are acknowledged', () => (senders?.acknowledged.size ?? 0) > 100, 60_000)
    await waitUntil('events are published', async () => (await readCursor(deployment)) > 0, 60_000)
    const latenciesBefore = await measureLatencies(senders, timedMs)
    await deployment.kafka.stop('killed')
    const lastPosition = await addBacklog(deployment, rows)
    log(`${rows} rows wait`)
    const latenciesDuring = await measureLatencies(senders, timedMs)
    const cursorBefore = await readCursor(deployment)
    const brokerStartedAt = performance.now()
    await deployment.kafka.restart()
    await waitUntil(
      'the first of the backlog is published',
      async () => (await readCursor(deployment)) > cursorBefore,
      90_000,
    )
    const firstPublishedAt = performance.now()
    await waitUntil(
      'the whole backlog is published',
      async () => (await readCursor(deployment)) >= lastPosition,
      PUBLISHED_WITHIN_MS,
    )
    const [drainedMs, publishingMs] = [performance.now() - brokerStartedAt, performance.now() - firstPublishedAt].map(
      Math.round,
    ) as [number, number]
    log(`published ${drainedMs} ms after the broker was started, ${publishingMs} ms after the first of it`)
    const latenciesAfter = await measureLatencies(senders, timedMs)
    await senders.end()
    await waitUntil(
      'all messages are understood',
      async () => (await countRows(deployment.stack.database, 'pending')) === 0,
      60_000,
    )
    const published = await checkPublished(
      deployment.kafka.brokers,
      `${deployment.kafka.prefix}case-events`,
      () => countRows(deployment.stack.database, 'outgoing'),
      120_000,
    )
    const p99Ms = [latenciesBefore, latenciesDuring, latenciesAfter].map(
      (took) => Math.round(quantile(took, 0.99) * 10) / 10,
    ) as [number, number, number]
    const rowsPerSecond = Math.round((rows / Math.max(1, publishingMs)) * 1_000)
    return {
      rows,
      drainedMs,
      publishingMs,
      rowsPerSecond,
      p99Ms,
      acknowledgedMeanwhile: latenciesDuring.length,
      answers: { ...senders.answers },
      published,
    }
  } finally {
    await senders?.end()
    await gateway.kill()
    await deployment.close()
  }
}

async function measureLatencies(senders: PushSenders, ms: number): Promise<number[]> {
  senders.takeLatencies()
  await pause(ms)
  return senders.takeLatencies()
}

/** Id of the last published row. */
async function readCursor({ stack: { database } }: KafkaDeployment): Promise<number> {
  const [row] = await database.query<{ position: number }[]>('SELECT position FROM publication')
  return row?.position ?? 0
}

/** Copies the rows of the first cases under new case ids until `rows` are waiting. Returns the id of the last row. */
async function addBacklog({ stack: { database } }: KafkaDeployment, rows: number): Promise<number> {
  await database.query(
    `CREATE TABLE pattern AS SELECT o.* FROM outgoing o JOIN (SELECT id FROM stream ORDER BY revision, id LIMIT ${CASES}) s ON s.id = o.stream`,
  )
  const [{ n }] = (await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM pattern')) as [{ n: number }]
  const times = Math.ceil(rows / n)
  for (let from = 1; from <= times; from += 50) {
    const to = Math.min(times, from + 49)
    await database.query(
      `INSERT INTO stream SELECT c.* FROM stream s, generate_series($1::int, $2::int) AS k,
         LATERAL json_populate_record(s, json_build_object('id', md5(s.id::text || k)::uuid)) AS c WHERE s.id IN (SELECT stream FROM pattern)`,
      [from, to],
    )
    await database.query(
      `INSERT INTO outgoing (org, stream, version, type, body, recorded_at)
       SELECT org, md5(stream::text || k)::uuid, version, type, body, recorded_at FROM pattern, generate_series($1::int, $2::int) AS k ORDER BY k, stream, version`,
      [from, to],
    )
  }
  const [{ last }] = (await database.query<{ last: number }[]>('SELECT max(position) AS last FROM outgoing')) as [
    { last: number },
  ]
  return last
}
