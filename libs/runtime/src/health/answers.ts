import { STATUS_CODES } from 'node:http'
import { Pulse } from './pulse'
import type { Readiness } from './readiness'

export interface WatchAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What is answered at one path. */
export type WatchRoute = () => Promise<WatchAnswer>

/** `/healthz`: it lives, or a restart is the only help. `/readyz`: it may be given work. */
export const healthRoutes = (readiness: Readiness, pulse = new Pulse()): Readonly<Record<string, WatchRoute>> => ({
  '/healthz': () => {
    const standing = pulse.standing()
    const answer =
      standing.length === 0
        ? fine('alive')
        : problem(503, `These loops stand still: ${standing.join(', ')}.`, '/healthz')
    return Promise.resolve(answer)
  },
  '/readyz': async () => {
    const reason = await readiness.reason()
    if (reason !== undefined) return problem(503, reason, '/readyz')
    const troubles = await readiness.troubles()
    return fine('ready', troubles.length === 0 ? {} : { troubles })
  },
})

interface Reply {
  status(code: number): Reply
  header(name: string, value: string): Reply
  send(body: string): unknown
}

/** A web server as these routes need it. */
export interface Web {
  get(path: string, answer: (request: unknown, reply: Reply) => Promise<unknown>): unknown
}

/** The same routes on a server that serves others, too. */
export function answerOn(web: Web, routes: Readonly<Record<string, WatchRoute>>): void {
  for (const [path, route] of Object.entries(routes))
    web.get(path, async (_request, reply) => {
      const { status, type, body } = await route()
      return reply.status(status).header('content-type', type).header('cache-control', 'no-store').send(body)
    })
}

const fine = (status: string, more: object = {}): WatchAnswer => ({
  status: 200,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify({ status, ...more }),
})

/** RFC 9457. */
export const problem = (status: number, detail: string, instance?: string): WatchAnswer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail, instance }),
})
