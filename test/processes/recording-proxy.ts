import type { IncomingMessage, Server } from 'node:http'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/**
 * A proxy between the marketplaces and our processes. It forwards everything and records which messages we
 * acknowledged: all of them must be in the database, whatever was killed in the meantime.
 */
export interface RecordingProxy {
  readonly pushUrl: string
  readonly messageUrl: string
  /** `msg_id`s of pushes answered 200, and the identities of messages acknowledged on the WebSocket. */
  readonly acknowledged: { readonly delivered: Set<string>; readonly messages: Set<string> }
  /** How long each delivery waited for its acknowledgement, ms; the reader may empty it. */
  readonly latencies: number[]
  readonly refused: { byStatus: Record<string, number> }
  close(): Promise<void>
}

export async function startRecordingProxy(
  gatewayPort: () => number,
  marketplaceMessages: string,
): Promise<RecordingProxy> {
  const acknowledged = { delivered: new Set<string>(), messages: new Set<string>() }
  const refused = { byStatus: {} as Record<string, number> }
  const latencies: number[] = []
  const countRefusal = (status: string): void => {
    refused.byStatus[status] = (refused.byStatus[status] ?? 0) + 1
  }
  const server = createServer((incoming, answer) => {
    const receivedAt = performance.now()
    void readBody(incoming).then((body) => {
      const forwarded = request(
        { host: '127.0.0.1', port: gatewayPort(), path: incoming.url, method: 'POST', headers: incoming.headers },
        (response) => {
          void readBody(response).then(
            (text) => {
              if (response.statusCode === 200) latencies.push(performance.now() - receivedAt)
              if (response.statusCode === 200) for (const id of messageIdsIn(body)) acknowledged.delivered.add(id)
              else countRefusal(String(response.statusCode))
              answer.writeHead(response.statusCode ?? 502, { 'content-type': 'application/json' }).end(text)
            },
            () => answer.destroy(),
          )
        },
      )
      forwarded.on('error', () => {
        countRefusal('none')
        answer.destroy()
      })
      forwarded.end(body)
    })
  })
  const sockets = forwardFrames(server, marketplaceMessages, acknowledged.messages)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    pushUrl: `http://127.0.0.1:${port}`,
    messageUrl: `ws://127.0.0.1:${port}`,
    acknowledged,
    latencies,
    refused,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function forwardFrames(server: Server, marketplace: string, messages: Set<string>): WebSocketServer {
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (workerSocket, { url }) => {
    const marketplaceSocket = new WebSocket(`${marketplace}${url ?? ''}`)
    const unacknowledged = new Map<number, string>()
    const queued: string[] = []
    marketplaceSocket.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8')
      const received = JSON.parse(text) as { id?: number; message?: { type: string; mallID: number; content: string } }
      if (received.id !== undefined && received.message !== undefined)
        unacknowledged.set(received.id, messageIdentity(received.message))
      workerSocket.send(text)
    })
    workerSocket.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8')
      const reply = JSON.parse(text) as { id?: number; commandType?: string }
      const message = reply.commandType === 'Ack' && reply.id !== undefined ? unacknowledged.get(reply.id) : undefined
      if (message !== undefined) messages.add(message)
      if (marketplaceSocket.readyState === WebSocket.OPEN) marketplaceSocket.send(text)
      else queued.push(text)
    })
    marketplaceSocket.on('open', () => queued.splice(0).forEach((text) => marketplaceSocket.send(text)))
    for (const [socket, peer] of [
      [workerSocket, marketplaceSocket],
      [marketplaceSocket, workerSocket],
    ] as const) {
      socket.on('close', () => peer.terminate())
      socket.on('error', () => peer.terminate())
    }
  })
  return sockets
}

/** Identity of a WebSocket message by the platform's fields: a repetition has the same one, but another frame id. */
export function messageIdentity({ type, mallID, content }: { type: string; mallID: number; content: string }): string {
  const { refund_id, modified, operation } = JSON.parse(content) as Record<string, unknown>
  return [type, mallID, refund_id, modified, operation].map(String).join('|')
}

const messageIdsIn = (body: Buffer): string[] =>
  (JSON.parse(body.toString('utf8')) as { tag: string; msg_id: string }[])
    .filter(({ tag }) => tag !== '0')
    .map(({ msg_id }) => msg_id)

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
