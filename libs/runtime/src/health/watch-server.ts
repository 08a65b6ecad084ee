import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isForeign } from '../http/local-origin'
import { answerBrokenRequest } from '../http/refused-requests'
import { problemAnswer } from './health-routes'
import type { WatchAnswer, WatchRoute } from './health-routes'

export interface WatchServer {
  readonly url: string
  close(): Promise<void>
}

export interface WatchAddress {
  readonly host: string
  readonly port: number
  /** Host names, besides this machine's own, under which others, such as a scraper, may send requests. */
  readonly names?: readonly string[]
}

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * The small server by which operators monitor a process; it should not be reachable for others. It answers `GET` at these
 * paths, 403 to web pages of other origins, 404 at other paths, 500 where a route fails. An answer never repeats the request.
 * @throws where the port is taken
 */
export async function serveWatch(
  routes: Readonly<Record<string, WatchRoute>>,
  listen: WatchAddress,
): Promise<WatchServer> {
  const paths = new Map(Object.entries(routes))
  const origin = { names: listen.names ?? [], anyAddress: !LOOPBACK_HOSTS.has(listen.host) }
  const routeRequest = (request: IncomingMessage): Promise<WatchAnswer> => {
    if (isForeign(request.headers, origin))
      return Promise.resolve(
        problemAnswer(403, 'This is answered to tools that ask for this host by its own name only.'),
      )
    const route =
      request.method === 'GET' || request.method === 'HEAD'
        ? paths.get((request.url ?? '').split('?')[0] ?? '')
        : undefined
    return route?.() ?? Promise.resolve(problemAnswer(404, 'Nothing is to be seen here.'))
  }
  const server = createServer((request, response) => {
    void routeRequest(request)
      .catch(() => problemAnswer(500, 'The answer could not be produced.'))
      .then(({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      )
  })
  server.requestTimeout = 10_000
  server.on('clientError', answerBrokenRequest())
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
