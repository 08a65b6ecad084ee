import { request, Agent } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from 'pg'
import { caseIdOf } from '#case-handling'
import { startServer } from '../child'
import { APP, MASTER_KEY, SHOPS, openDesk } from '../desk'
import type { Figure } from '../figure'
import { warmUp } from '../processing/processing'
import type { WirePush } from '../pushes'
import { SPAN, pushesOf, signed } from '../pushes'
import { percentile, timed } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { withClient } from '../server'

const LIMIT_MS = 300
const STANDALONE = join(__dirname, '../../../apps/standalone/src/main.js')
const PER_REQUEST = 10
const SENDERS = 16
const WARM_SECONDS = 3
/** One case of so many is watched. */
const WATCHED = 8
const LOOK_EVERY_MS = 8
/** Looks between two times that all requests to read are taken as answered. */
const ANSWERED_EVERY = 15

/**
 * From the moment a push is sent until its case can be read in the queue, with gateway, worker and console in one
 * process, at half of what that very process was just seen to accept and bring in.
 */
export async function visible(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const sustained = await sustainedBy(server, Math.min(scale.messages, 30_000))
  const rate = sustained / 2
  const waits = await waitsAt(server, rate, scale.visibleSeconds)
  const p99 = percentile(waits, 0.99)
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
        `${waits.length} cases watched: p50 ${percentile(waits, 0.5).toFixed(0)} ms, p95 ${percentile(waits, 0.95).toFixed(0)} ms, longest ${Math.max(...waits).toFixed(0)} ms`,
      ],
    },
  ]
}

interface Standing {
  readonly url: string
  readonly database: BenchDatabase
  readonly org: number
  readonly storeOf: ReadonlyMap<string, number>
}

/** The whole of it in one process, on a fresh database. */
async function withStandalone<T>(server: BenchServer, work: (standing: Standing) => Promise<T>): Promise<T> {
  const database = await server.migrated()
  const desk = await openDesk(database.url)
  const { org, storeOf } = desk
  // Nobody is there to be pulled or read from; what is measured is the way of a push.
  await desk.database.query('UPDATE store SET authorised = false')
  await desk.close()
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

/** Messages a second that are accepted and brought in, from the first push to the last case, while nobody waits between pushes. */
const sustainedBy = (server: BenchServer, messages: number): Promise<number> =>
  withStandalone(server, ({ url, database }) =>
    withClient(database.url, async (client) => {
      const queue = pushesOf(messages, SHOPS, 5, Date.now() - SPAN)
      const agent = new Agent({ keepAlive: true, maxSockets: SENDERS })
      const ms = await timed(async () => {
        const sender = async (): Promise<void> => {
          for (let some = queue.splice(0, PER_REQUEST); some.length > 0; some = queue.splice(0, PER_REQUEST))
            await post(url, agent, some)
        }
        await Promise.all(Array.from({ length: SENDERS }, sender))
        for (let pending = 1; pending > 0; await pause(LOOK_EVERY_MS)) {
          const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM pending')
          pending = rows[0]?.n ?? 0
          await client.query(ANSWER_ALL)
        }
      })
      agent.destroy()
      return (messages * 1_000) / ms
    }),
  )

const waitsAt = (server: BenchServer, rate: number, seconds: number): Promise<number[]> =>
  withStandalone(server, ({ url, database, org, storeOf }) =>
    withClient(database.url, async (client) => {
      const watch = new Watch((push) => caseIdOf(org, storeOf.get(push.shop) ?? 0, push.caseNumber))
      const looking = watch.look(client)
      const pushes = pushesOf(Math.ceil(rate * (seconds + WARM_SECONDS)), SHOPS, 7, Date.now() - SPAN)
      await sendEvenly(url, pushes, rate, watch)
      await watch.end()
      await looking
      return watch.waits
    }),
  )

/** Open loop: what is due is sent, however long the answers take. */
async function sendEvenly(url: string, pushes: readonly WirePush[], rate: number, watch: Watch): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const from = performance.now()
  const answers: Promise<void>[] = []
  for (let sent = 0; sent < pushes.length;) {
    const elapsed = performance.now() - from
    for (const due = (elapsed * rate) / 1_000; sent < due && sent < pushes.length; sent += PER_REQUEST) {
      const some = pushes.slice(sent, sent + PER_REQUEST)
      if (elapsed > WARM_SECONDS * 1_000) watch.sent(some)
      else watch.met(some)
      answers.push(post(url, agent, some))
    }
    await pause(2)
  }
  await Promise.all(answers)
  agent.destroy()
}

function post(url: string, agent: Agent, pushes: readonly WirePush[]): Promise<void> {
  const body = Buffer.from(`[${pushes.map(({ text }) => text).join(',')}]`)
  return new Promise((resolve, reject) => {
    const headers = { ...signed(APP, body), 'content-length': body.length }
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('end', () => (answer.statusCode === 200 ? resolve() : reject(new Error(`HTTP ${answer.statusCode}`))))
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

// The marketplace would answer; without it the requests would pile up as they never do.
const ANSWER_ALL = 'DELETE FROM reading WHERE stream IN (SELECT stream FROM reading FOR UPDATE SKIP LOCKED)'

/** Looks for new cases in the queue until each has been seen. */
class Watch {
  readonly waits: number[] = []
  private readonly known = new Set<string>()
  private readonly waiting = new Map<string, number>()
  private cases = 0
  private over = false

  constructor(private readonly idOf: (push: WirePush) => string) {}

  /** Pushes whose cases are no longer new. */
  met(pushes: readonly WirePush[]): void {
    for (const { caseNumber, hint } of pushes) if (!hint) this.known.add(caseNumber)
  }

  sent(pushes: readonly WirePush[]): void {
    for (const push of pushes) {
      if (push.hint || this.known.has(push.caseNumber)) continue
      this.known.add(push.caseNumber)
      if (this.cases++ % WATCHED === 0) this.waiting.set(this.idOf(push), performance.now())
    }
  }

  async look(client: Client): Promise<void> {
    for (let looks = 0; !this.over || this.waiting.size > 0; looks++) {
      const { rows } = await client.query<{ case_id: string }>(
        'SELECT case_id FROM queue_row WHERE case_id = ANY($1::uuid[])',
        [[...this.waiting.keys()]],
      )
      const now = performance.now()
      for (const { case_id } of rows) {
        this.waits.push(now - (this.waiting.get(case_id) ?? now))
        this.waiting.delete(case_id)
      }
      if (looks % ANSWERED_EVERY === 0) await client.query(ANSWER_ALL)
      await pause(LOOK_EVERY_MS)
    }
  }

  /** Everything is sent; a case that is still not seen after a while is a failure of its own. */
  async end(): Promise<void> {
    this.over = true
    const patience = performance.now() + 30_000
    while (this.waiting.size > 0) {
      if (performance.now() > patience) throw new Error(`${this.waiting.size} cases never became visible`)
      await pause(10)
    }
  }
}
