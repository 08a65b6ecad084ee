import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { problem } from './answers'
import type { WatchRoute } from './answers'

export interface WatchServer {
  readonly url: string
  close(): Promise<void>
}

/**
 * The small server on which those who run a process watch it; nobody else should reach it. Answers `GET` at the paths
 * given, 404 elsewhere, 500 where a route fails; an answer never repeats what was asked. @throws where the port is taken
 */
export async function serveWatch(
  routes: Readonly<Record<string, WatchRoute>>,
  listen: { readonly host: string; readonly port: number },
): Promise<WatchServer> {
  const paths = new Map(Object.entries(routes))
  const server = createServer((request, response) => {
    const route =
      request.method === 'GET' || request.method === 'HEAD'
        ? paths.get((request.url ?? '').split('?')[0] ?? '')
        : undefined
    void (route?.() ?? Promise.resolve(problem(404, 'Nothing is to be seen here.')))
      .catch(() => problem(500, 'It could not be told.'))
      .then(({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      )
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
