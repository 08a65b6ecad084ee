/**
 * The marketplace under load, a process of its own: signed pushes, each body another, over many connections at once.
 * Bodies are made and signed beforehand. Told by messages what to do; see `Load` and `Loaded`.
 */
import { APP, SHOPS } from '../desk'
import { pushesOf, signed } from '../pushes'
import { percentile } from '../rounds'

export interface Load {
  /** Where to post to, whole. */
  readonly url: string
  readonly requests: number
  readonly perRequest: number
  readonly connections: number
  /** Sent before it counts. */
  readonly warmUp: number
}

export interface Loaded {
  readonly messagesPerSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

interface Shot {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** As much of autocannon as is used here; it brings no types of its own. */
interface Result {
  readonly errors: number
  readonly non2xx: number
}
interface Running extends PromiseLike<Result> {
  on(event: 'response', seen: (client: unknown, status: number, bytes: number, ms: number) => void): void
}
type Cannon = (options: object) => Running

function shotsOf({ requests, perRequest, warmUp }: Load): Shot[] {
  const pushes = pushesOf((requests + warmUp) * perRequest, SHOPS)
  return Array.from({ length: requests + warmUp }, (_, i) => {
    const some = pushes.slice(i * perRequest, (i + 1) * perRequest)
    const body = Buffer.from(`[${some.map((push) => push.text).join(',')}]`)
    return { headers: signed(APP, body), body }
  })
}

/** Answers how long each request took, ms, and all together: autocannon itself counts in whole seconds. */
async function fire(load: Load, shots: readonly Shot[]): Promise<{ each: number[]; all: number }> {
  const cannon = require('autocannon') as Cannon
  const each: number[] = []
  let next = 0
  const setupRequest = (request: object): object => ({ ...request, ...shots[next++ % shots.length] })
  const from = performance.now()
  let until = from
  const running = cannon({
    url: load.url,
    method: 'POST',
    amount: shots.length,
    connections: Math.min(load.connections, shots.length),
    requests: [{ method: 'POST', setupRequest }],
  })
  running.on('response', (_client, _status, _bytes, ms) => {
    each.push(ms)
    until = performance.now()
  })
  const { errors, non2xx } = await running
  if (errors > 0 || non2xx > 0)
    throw new Error(`${errors} requests broke and ${non2xx} were refused of ${shots.length}`)
  return { each, all: until - from }
}

async function run(load: Load): Promise<Loaded> {
  const shots = shotsOf(load)
  await fire(load, shots.slice(0, load.warmUp))
  const { each, all } = await fire(load, shots.slice(load.warmUp))
  return {
    messagesPerSecond: (load.requests * load.perRequest * 1_000) / all,
    p50: percentile(each, 0.5),
    p95: percentile(each, 0.95),
    p99: percentile(each, 0.99),
  }
}

process.once('message', (load: Load) => {
  run(load).then(
    (loaded) => process.send?.(loaded, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
