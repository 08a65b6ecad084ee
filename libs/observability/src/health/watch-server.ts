import { createServer, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Pulse } from './pulse'
import type { Readiness } from './readiness'

export interface WatchAnswer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** What is answered at one path. */
export type WatchRoute = () => Promise<WatchAnswer>

export interface WatchServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * The small server on which those who run a process watch it; nobody else should reach it. Answers `GET` at the paths
 * given, 404 elsewhere, 500 where a route fails; an answer never repeats what was asked. @throws where the port is taken
 */
export async function serveWatch(routes: Readonly<Record<string, WatchRoute>>, listen: { readonly host: string; readonly port: number }): Promise<WatchServer> {
  const paths = new Map(Object.entries(routes))
  const server = createServer((request, response) => {
    const route = request.method === 'GET' || request.method === 'HEAD' ? paths.get((request.url ?? '').split('?')[0] ?? '') : undefined
    void (route?.() ?? Promise.resolve(problem(404, 'Nothing is to be seen here.')))
      .catch(() => problem(500, 'It could not be told.'))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body))
  })
  server.requestTimeout = 10_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(listen.port, listen.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${listen.host.includes(':') ? `[${listen.host}]` : listen.host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** `/healthz`: it lives, or a restart is the only help. `/readyz`: it may be given work. */
export const healthRoutes = (readiness: Readiness, pulse: Pulse): Readonly<Record<string, WatchRoute>> => ({
  '/healthz': () => {
    const standing = pulse.standing()
    return Promise.resolve(standing.length === 0 ? plain({ status: 'alive' }) : problem(503, `These loops stand still: ${standing.join(', ')}.`))
  },
  '/readyz': async () => {
    const reason = await readiness.reason()
    return reason === undefined ? plain({ status: 'ready' }) : problem(503, reason)
  },
})

const plain = (body: object): WatchAnswer => ({ status: 200, type: 'application/json; charset=utf-8', body: JSON.stringify(body) })

/** RFC 9457. */
const problem = (status: number, detail: string): WatchAnswer => ({
  status,
  type: 'application/problem+json; charset=utf-8',
  body: JSON.stringify({ type: 'about:blank', title: STATUS_CODES[status], status, detail }),
})
