import type { IncomingHttpHeaders } from 'node:http'
import { type Agent, request } from 'node:http'
import { connect } from 'node:net'
import type { Stack } from '../support/stack'
import { DOUYIN_APP, signed } from '../support/stack'
import type { GatewayPlace } from '../../apps/gateway/src/serve'
import { serveGateway } from '../../apps/gateway/src/serve'
import { openVault } from '#access'
import { MARKETPLACES } from '#connectors'
import { runtimeOn } from '#runtime'
import { TEST_KEY } from '../support/in-process-deployment'

/** The real gateway on a real socket, on the database of a stack. */
export interface TestGateway {
  readonly port: number
  readonly path: string
  post(body: Buffer | string, over?: RequestOverrides): Promise<HttpResponse>
  /** Sends raw bytes; resolves with everything received until the gateway closes the connection or `ms` are over. */
  raw(bytes: Buffer | string, ms?: number): Promise<string>
  close(): Promise<void>
}

export interface RequestOverrides {
  readonly path?: string
  readonly method?: string
  /** Replaces the signature headers of a genuine delivery. */
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly agent?: Agent
}

export interface HttpResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Where Douyin pushes to the app that the stack registers. */
export const PATH = `/push/douyin/${DOUYIN_APP.appKey}`

export async function startGateway(
  stack: Stack,
  options: Pick<GatewayPlace, 'mostConnections'> = {},
): Promise<TestGateway> {
  const { database } = stack
  const vault = openVault(TEST_KEY)
  const app = await serveGateway(
    runtimeOn({ app: 'gateway', database, vault, clock: () => stack.now }),
    { lineUp: MARKETPLACES },
    { host: '127.0.0.1', port: 0, ...options },
  )
  const port = Number(new URL(await app.getUrl()).port)
  return {
    port,
    path: PATH,
    post: (body, { path = PATH, method = 'POST', headers, agent } = {}) =>
      new Promise((resolve, reject) => {
        const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body)
        const outgoing = request(
          {
            host: '127.0.0.1',
            port,
            path,
            method,
            headers: {
              'content-type': 'application/json',
              ...(headers ?? signed(bytes)),
              'content-length': bytes.length,
            },
            ...(agent === undefined ? {} : { agent }),
          },
          (answer) => {
            const chunks: Buffer[] = []
            answer.on('data', (chunk: Buffer) => chunks.push(chunk))
            answer.on('end', () =>
              resolve({
                status: answer.statusCode ?? 0,
                headers: answer.headers,
                body: Buffer.concat(chunks).toString('utf8'),
              }),
            )
            answer.on('error', reject)
          },
        )
        outgoing.on('error', reject)
        outgoing.end(bytes)
      }),
    raw: (bytes, ms = 5_000) =>
      new Promise((resolve) => {
        let received = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
        const timer = setTimeout(() => socket.destroy(), ms)
        socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1')))
        socket.on('error', () => undefined)
        socket.on('close', () => {
          clearTimeout(timer)
          resolve(received)
        })
      }),
    close: () => app.close(),
  }
}
