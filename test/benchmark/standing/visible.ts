import { request, Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { caseIdOf } from '#case-handling'
import { startServer } from '../child'
import { APP, MASTER_KEY, SHOPS, openWorker } from '../bench-worker'
import type { Figure } from '../figure'
import { warmUp } from '../processing/processing'
import type { WirePush } from '../pushes'
import { APPLICATION_SPAN_MS, generatePushes, signatureHeaders } from '../pushes'
import { percentile, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { withClient } from '../server'

const LIMIT_MS = 300
const STANDALONE = join(__dirname, '../../../apps/standalone/src/main.js')
const PER_REQUEST = 10
const SENDERS = 16
const WARM_SECONDS = 3
/** Only every n-th new case is watched. */
const WATCH_EVERY_NTH_CASE = 8
const POLL_MS = 8
/** Polls between two deletions of all read requests. */
const CLEAR_READINGS_EVERY = 15

/**
 * Latency from sending a push until its case is in the queue, with gateway, worker and console in one
 * process, at half of the rate that this process was measured to sustain.
 */
export async function visible(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const sustained = await measureSustainedRate(server, Math.min(scale.messages, 30_000))
  const rate = sustained / 2
  const latencies = await measureLatencies(server, rate, scale.visibleSeconds)
  const p99 = percentile(latencies, 0.99)
  return [
    {
      figure: 'push to visible, p99',
      value: p99,
      unit: 'ms',
      against: 'a limit',
      peer: LIMIT_MS,
      ratio: LIMIT_MS / p99,
      atLeast: 1,
      remarks: [
        `${Math.round(rate)} messages/s for ${scale.visibleSeconds} s, half of the ${Math.round(sustained)}/s that were sustained`,
        `${latencies.length} cases watched: p50 ${percentile(latencies, 0.5).toFixed(0)} ms, p95 ${percentile(latencies, 0.95).toFixed(0)} ms, longest ${Math.max(...latencies).toFixed(0)} ms`,
      ],
    },
  ]
}

interface RunningStandalone {
  readonly url: string
  readonly database: BenchDatabase
  readonly org: number
  readonly storeOf: ReadonlyMap<string, number>
}

/** Runs the standalone process on a fresh database. */
async function withStandalone<T>(server: BenchServer, work: (standalone: RunningStandalone) => Promise<T>): Promise<T> {
  const database = await server.migrated()
  const worker = await openWorker(database.url)
  const { org, storeOf } = worker
  // There is no marketplace to pull or read from; only the path of a push is measured.
  await worker.database.query('UPDATE store SET authorised = false')
  await worker.close()
  const env = {
    DATABASE_URL: database.url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    DEMO: 'false',
    PORT: '0',
    GATEWAY_PORT: '0',
  }
  const standalone = await startServer(STANDALONE, env, 'Pushes come to')
  try {
    return await work({ url: `${standalone.url}/push/douyin/${APP.appKey}`, database, org, storeOf })
  } finally {
    await standalone.stop()
    await database.drop()
  }
}

/** Messages per second from the first push to the last processed case, with senders that do not pause. */
const measureSustainedRate = (server: BenchServer, messages: number): Promise<number> =>
  withStandalone(server, ({ url, database }) =>
    withClient(database.url, async (client) => {
      const queue = generatePushes(messages, SHOPS, 5, Date.now() - APPLICATION_SPAN_MS)
      const agent = new Agent({ keepAlive: true, maxSockets: SENDERS })
      const ms = await measureMs(async () => {
        const sender = async (): Promise<void> => {
          for (let batch = queue.splice(0, PER_REQUEST); batch.length > 0; batch = queue.splice(0, PER_REQUEST))
            await post(url, agent, batch)
        }
        await Promise.all(Array.from({ length: SENDERS }, sender))
        for (let pending = 1; pending > 0; await pause(POLL_MS)) {
          const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM pending')
          pending = rows[0]?.n ?? 0
          await client.query(CLEAR_READINGS)
        }
      })
      agent.destroy()
      return (messages * 1_000) / ms
    }),
  )

const measureLatencies = (server: BenchServer, rate: number, seconds: number): Promise<number[]> =>
  withStandalone(server, ({ url, database, org, storeOf }) =>
    withClient(database.url, async (client) => {
      const watch = new QueueWatch((push) => caseIdOf(org, storeOf.get(push.shop) ?? 0, push.caseNumber))
      const polling = watch.poll(client)
      const pushes = generatePushes(
        Math.ceil(rate * (seconds + WARM_SECONDS)),
        SHOPS,
        7,
        Date.now() - APPLICATION_SPAN_MS,
      )
      await sendEvenly(url, pushes, rate, watch)
      await watch.end()
      await polling
      return watch.latencies
    }),
  )

/** Open loop: requests are sent on schedule, however long the answers take. */
async function sendEvenly(url: string, pushes: readonly WirePush[], rate: number, watch: QueueWatch): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const from = performance.now()
  const answers: Promise<void>[] = []
  for (let markSent = 0; markSent < pushes.length;) {
    const elapsed = performance.now() - from
    for (const due = (elapsed * rate) / 1_000; markSent < due && markSent < pushes.length; markSent += PER_REQUEST) {
      const batch = pushes.slice(markSent, markSent + PER_REQUEST)
      if (elapsed > WARM_SECONDS * 1_000) watch.markSent(batch)
      else watch.markKnown(batch)
      answers.push(post(url, agent, batch))
    }
    await pause(2)
  }
  await Promise.all(answers)
  agent.destroy()
}

function post(url: string, agent: Agent, pushes: readonly WirePush[]): Promise<void> {
  const body = Buffer.from(`[${pushes.map(({ text }) => text).join(',')}]`)
  return new Promise((resolve, reject) => {
    const headers = { ...signatureHeaders(APP, body), 'content-length': body.length }
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`))))
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

// Stands for the marketplace's answers; otherwise read requests would accumulate as they never do in production.
const CLEAR_READINGS = 'DELETE FROM reading WHERE stream IN (SELECT stream FROM reading FOR UPDATE SKIP LOCKED)'

/** Polls the queue table for new cases and records how long each took to appear. */
class QueueWatch {
  readonly latencies: number[] = []
  private readonly known = new Set<string>()
  private readonly waiting = new Map<string, number>()
  private cases = 0
  private isEnded = false

  constructor(private readonly idOf: (push: WirePush) => string) {}

  /** Cases that are sent during the warm-up and are not watched. */
  markKnown(pushes: readonly WirePush[]): void {
    for (const { caseNumber, isAnnouncement } of pushes) if (!isAnnouncement) this.known.add(caseNumber)
  }

  markSent(pushes: readonly WirePush[]): void {
    for (const push of pushes) {
      if (push.isAnnouncement || this.known.has(push.caseNumber)) continue
      this.known.add(push.caseNumber)
      if (this.cases++ % WATCH_EVERY_NTH_CASE === 0) this.waiting.set(this.idOf(push), performance.now())
    }
  }

  async poll(client: Client): Promise<void> {
    for (let polls = 0; !this.isEnded || this.waiting.size > 0; polls++) {
      const { rows } = await client.query<{ case_id: string }>(
        'SELECT case_id FROM queue_row WHERE case_id = ANY($1::uuid[])',
        [[...this.waiting.keys()]],
      )
      const now = performance.now()
      for (const { case_id } of rows) {
        this.latencies.push(now - (this.waiting.get(case_id) ?? now))
        this.waiting.delete(case_id)
      }
      if (polls % CLEAR_READINGS_EVERY === 0) await client.query(CLEAR_READINGS)
      await pause(POLL_MS)
    }
  }

  /** Call after the last push. @throws Error if a case is still not visible after 30 s */
  async end(): Promise<void> {
    this.isEnded = true
    const deadline = performance.now() + 30_000
    while (this.waiting.size > 0) {
      if (performance.now() > deadline) throw new Error(`${this.waiting.size} cases never became visible`)
      await pause(10)
    }
  }
}
