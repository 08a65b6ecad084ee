/**
 * Child process that sends signed pushes with distinct bodies over many concurrent connections, like a busy marketplace.
 * Bodies are built and signed beforehand. It receives a `Load` message and answers with a `LoadResult`.
 */
import { APP, SHOPS } from '../bench-worker'
import { generatePushes, signatureHeaders } from '../pushes'
import { percentile } from '../rounds'

export interface Load {
  /** The full push URL. */
  readonly url: string
  readonly requests: number
  readonly perRequest: number
  readonly connections: number
  /** Requests sent before measuring begins. */
  readonly warmUp: number
}

export interface LoadResult {
  readonly messagesPerSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
}

interface SignedRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** The part of autocannon that is used here; the package has no types. */
interface Result {
  readonly errors: number
  readonly non2xx: number
}
interface Running extends PromiseLike<Result> {
  on(event: 'response', seen: (client: unknown, status: number, bytes: number, ms: number) => void): void
}
type Autocannon = (options: object) => Running

function signedRequests({ requests, perRequest, warmUp }: Load): SignedRequest[] {
  const pushes = generatePushes((requests + warmUp) * perRequest, SHOPS)
  return Array.from({ length: requests + warmUp }, (_, i) => {
    const chunk = pushes.slice(i * perRequest, (i + 1) * perRequest)
    const body = Buffer.from(`[${chunk.map((push) => push.text).join(',')}]`)
    return { headers: signatureHeaders(APP, body), body }
  })
}

/** Returns each request's latency and the total duration, ms; autocannon's own totals have whole seconds. */
async function sendRequests(
  load: Load,
  requests: readonly SignedRequest[],
): Promise<{ latencies: number[]; totalMs: number }> {
  const autocannon = require('autocannon') as Autocannon
  const latencies: number[] = []
  let next = 0
  const setupRequest = (request: object): object => ({ ...request, ...requests[next++ % requests.length] })
  const startedAt = performance.now()
  let lastAnswerAt = startedAt
  const running = autocannon({
    url: load.url,
    method: 'POST',
    amount: requests.length,
    connections: Math.min(load.connections, requests.length),
    requests: [{ method: 'POST', setupRequest }],
  })
  running.on('response', (_client, _status, _bytes, ms) => {
    latencies.push(ms)
    lastAnswerAt = performance.now()
  })
  const { errors, non2xx } = await running
  if (errors > 0 || non2xx > 0)
    throw new Error(`${errors} requests broke and ${non2xx} were refused of ${requests.length}`)
  return { latencies, totalMs: lastAnswerAt - startedAt }
}

async function runLoad(load: Load): Promise<LoadResult> {
  const requests = signedRequests(load)
  await sendRequests(load, requests.slice(0, load.warmUp))
  const { latencies, totalMs } = await sendRequests(load, requests.slice(load.warmUp))
  return {
    messagesPerSecond: (load.requests * load.perRequest * 1_000) / totalMs,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
  }
}

process.once('message', (load: Load) => {
  runLoad(load).then(
    (loaded) => process.send?.(loaded, () => process.exit(0)),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})
