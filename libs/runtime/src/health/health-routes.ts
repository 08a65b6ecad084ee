import { STATUS_CODES } from 'node:http'
import { LoopWatchdog } from './loop-watchdog'
import type { Readiness } from './readiness'

/** The answer of a health or metrics route; `type` is its media type. */
export interface WatchAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** Produces the answer of one path. */
export type WatchRoute = () => Promise<WatchAnswer>

/** `/healthz`: the process is alive; 503 means that only a restart helps. `/readyz`: it may be given work. */
export const healthRoutes = (
  readiness: Readiness,
  watchdog = new LoopWatchdog(),
): Readonly<Record<string, WatchRoute>> => ({
  '/healthz': () => {
    const stalled = watchdog.stalled()
    const answer =
      stalled.length === 0
        ? okAnswer('alive')
        : problemAnswer(503, `These loops stand still: ${stalled.join(', ')}.`, '/healthz')
    return Promise.resolve(answer)
  },
  '/readyz': async () => {
    const reason = await readiness.notReadyReason()
    if (reason !== undefined) return problemAnswer(503, reason, '/readyz')
    const troubles = await readiness.failures()
    return okAnswer('ready', troubles.length === 0 ? {} : { troubles })
  },
})

/** The part of a web framework's reply that these routes need. */
interface HealthReply {
  status(code: number): HealthReply
  header(name: string, value: string): HealthReply
  send(body: string): unknown
}

/** The part of a web server that these routes need. */
export interface HttpServer {
  get(path: string, answer: (request: unknown, reply: HealthReply) => Promise<unknown>): unknown
}

/** Adds these routes to a server that has others, too. */
export function addRoutes(web: HttpServer, routes: Readonly<Record<string, WatchRoute>>): void {
  for (const [path, route] of Object.entries(routes))
    web.get(path, async (_request, reply) => {
      const { status, type, body } = await route()
      return reply.status(status).header('content-type', type).header('cache-control', 'no-store').send(body)
    })
}

const okAnswer = (status: string, more: object = {}): WatchAnswer => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ status, ...more }),
})

/** An error as RFC 9457 (Problem Details for HTTP APIs) has it. */
export const problemAnswer = (status: number, detail: string, instance?: string): WatchAnswer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, instance }),
})
