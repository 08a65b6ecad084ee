import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { FeedPosition } from '#event-store'
import { readFeed } from '#event-store'
import { ROOT } from '../../kafka/installation'
import { isFeedReadable } from '../../postgres/test-database'
import type { Stack } from '../../support/stack'
import { openStack } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import { freePort, startGateway, startWorker } from '../../processes/real-process'
import { quantile, startPushSenders } from '../push-senders'

export interface HeldOptions {
  /** How long at least the transaction stays open, ms. */
  readonly heldMs: number
  /** How long deliveries are timed before it is opened, ms. */
  readonly timedMs: number
  readonly log?: (line: string) => void
}

export interface HeldReport {
  /** Time from its begin until a worker's metrics reach the threshold of the alert, ms. */
  readonly alarmAfterMs: number
  /** Deliveries acknowledged per second and the p99 of their answers, ms: before it, and while it is open. */
  readonly perSecond: readonly [before: number, meanwhile: number]
  readonly p99Ms: readonly [before: number, meanwhile: number]
  readonly answers: Readonly<Record<string, number>>
  /** Number of events, including that of the transaction itself, and how many of them the feed returned in the end. */
  readonly events: number
  readonly read: number
}

/** F14: a transaction stays open and holds the feed back; deliveries are unaffected, and monitoring shows it. */
export async function heldRun(
  url: string,
  { heldMs, timedMs, log = () => undefined }: HeldOptions,
): Promise<HeldReport> {
  const stack = await openStack(url)
  const environment = {
    DATABASE_URL: url,
    SHOUHOU_KEY: createHash('sha256').update('a key of the test').digest('base64'),
  }
  const [port, metricsPort] = [await freePort(), await freePort()]
  const gateway = startGateway(port, environment)
  const worker = startWorker({ ...environment, METRICS_PORT: String(metricsPort) })
  const holder = new pg.Client({ connectionString: url })
  holder.on('error', () => undefined)
  await holder.connect()
  await Promise.all([gateway.startedIn, worker.startedIn])
  const senders = startPushSenders(`http://127.0.0.1:${port}`, { connections: 4, restMs: 20, at: Date.now() })
  try {
    await waitUntil('deliveries are acknowledged', () => senders.acknowledged.size > 100, 60_000)
    const measure = async (work: Promise<unknown>): Promise<{ latencies: number[]; perSecond: number }> => {
      senders.takeLatencies()
      const began = performance.now()
      await work
      const latencies = senders.takeLatencies()
      return { latencies, perSecond: Math.round((latencies.length / (performance.now() - began)) * 1_000) }
    }
    const latenciesBefore = await measure(pause(timedMs))
    await holder.query('BEGIN')
    await holder.query(
      `INSERT INTO outgoing (org, stream, version, type, body, recorded_at) VALUES (1, gen_random_uuid(), 1, 'held', '{}', 0)`,
    )
    const began = performance.now()
    let alarmAfterMs = NaN
    const untilAlarm = waitUntil(
      'the alarm rings',
      async () => (await readStalledSeconds(metricsPort)) > readAlarmLimit(),
      60_000,
    ).then(() => (alarmAfterMs = Math.round(performance.now() - began)))
    const latenciesMeanwhile = await measure(Promise.all([untilAlarm, pause(heldMs)]))
    log(`the alert fired after ${alarmAfterMs} ms`)
    await holder.query('COMMIT')
    await senders.end()
    await waitUntil(
      'all messages are understood',
      async () => (await countRows(stack.database, 'pending')) === 0,
      90_000,
    )
    await waitUntil('all is readable', () => isFeedReadable(stack.database), 60_000)
    const [events, read] = [await countRows(stack.database, 'outgoing'), await countFeedRows(stack)]
    const p99Ms = [latenciesBefore, latenciesMeanwhile].map(
      ({ latencies }) => Math.round(quantile(latencies, 0.99) * 10) / 10,
    ) as [number, number]
    return {
      alarmAfterMs,
      perSecond: [latenciesBefore.perSecond, latenciesMeanwhile.perSecond],
      p99Ms,
      answers: { ...senders.answers },
      events,
      read,
    }
  } finally {
    await senders.end()
    await holder.end()
    await Promise.all([gateway.kill(), worker.kill()])
    await stack.close()
  }
}

/** Threshold of the alert rule; the rule itself is tested with promtool. */
function readAlarmLimit(): number {
  const rules = readFileSync(join(ROOT, 'libs/runtime/alerts/shouhou.rules.yml'), 'utf8')
  return Number(/max\(shouhou_feed_stalled_seconds\) > (\d+)/.exec(rules)?.[1])
}

async function readStalledSeconds(port: number): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`).catch(() => undefined)
  return Number(/^shouhou_feed_stalled_seconds(?:\{[^}]*\})? (\S+)$/m.exec((await answer?.text()) ?? '')?.[1])
}

async function countFeedRows({ database }: Stack): Promise<number> {
  const seen = new Set<number>()
  for (let lastRead: FeedPosition = { tx: '0', position: 0 }; ;) {
    const rows = await readFeed(database, lastRead, 5_000)
    for (const { position } of rows) seen.add(position)
    const last = rows.at(-1)
    if (last === undefined) return seen.size
    lastRead = last
  }
}
