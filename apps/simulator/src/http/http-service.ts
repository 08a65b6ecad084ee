import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly loopback: boolean
}

export type Answer =
  | {
      readonly status: number
      readonly body: string
      readonly type?: string
      readonly headers?: Readonly<Record<string, string>>
    }
  /** The connection is cut without an answer. */
  | { readonly cutAfterMs: number }

export interface HttpService {
  readonly server: Server
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/** Bytes. The largest real call, a batch of 20 items, stays far below. */
const LARGEST_BODY = 1024 * 1024

export async function serve(
  host: string,
  port: number,
  respond: (call: Call) => Promise<Answer> | Answer,
  publicHost = host,
): Promise<HttpService> {
  const server = createServer((request, response) => {
    answer(request, response, respond).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(error instanceof Error ? error.message : 'failed')
    })
  })
  server.keepAliveTimeout = 30_000
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(port, host, done)
  })
  const address = server.address() as AddressInfo
  return {
    server,
    port: address.port,
    url: `http://${publicHost}:${address.port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/**
 * Path and query of a request target. Generated clients join their base and `/afterSale/List` with one more slash:
 * `//afterSale/List` is a path with a doubled slash, never the name of a host. A target with scheme and host, as proxies
 * send it, loses both.
 */
export function targetOf(target: string): { path: string; query: URLSearchParams } {
  const [beforeQuery = '', ...rest] = target.split('#', 1).join('').split('?')
  const path = beforeQuery.replace(/^https?:\/\/[^/]*/i, '').replace(/^\/*/, '/')
  return { path, query: new URLSearchParams(rest.join('?')) }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  respond: (call: Call) => Promise<Answer> | Answer,
): Promise<void> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > LARGEST_BODY) {
      response.writeHead(413, { connection: 'close' }).end('body too large')
      return
    }
    chunks.push(chunk)
  }
  const { path, query } = targetOf(request.url ?? '/')
  const result = await respond({
    method: request.method ?? 'GET',
    path,
    query,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
    loopback: /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? ''),
  })
  if ('cutAfterMs' in result) {
    setTimeout(() => request.socket.destroy(), result.cutAfterMs).unref()
    return
  }
  const type = result.type ?? 'application/json; charset=utf-8'
  response.writeHead(result.status, {
    'content-type': type,
    'content-length': Buffer.byteLength(result.body),
    ...result.headers,
  })
  response.end(result.body)
}
