import type { IncomingMessage, Server } from 'node:http'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/**
 * Stands between the marketplaces and our processes, outside both, passes on what each says, and remembers which
 * messages we acknowledged. What is remembered here must be found in the database, whatever was killed meanwhile.
 */
export interface Witness {
  readonly pushUrl: string
  readonly messageUrl: string
  /** `msg_id`s of answered deliveries, and mall, type, refund, time and operation of acknowledged messages. */
  readonly acknowledged: { readonly delivered: Set<string>; readonly told: Set<string> }
  /** How long each delivery waited for its acknowledgement, ms; a reader may empty it. */
  readonly took: number[]
  readonly refused: { byStatus: Record<string, number> }
  close(): Promise<void>
}

export async function openWitness(gatewayPort: () => number, marketplaceMessages: string): Promise<Witness> {
  const acknowledged = { delivered: new Set<string>(), told: new Set<string>() }
  const refused = { byStatus: {} as Record<string, number> }
  const took: number[] = []
  const refuse = (status: string): void => {
    refused.byStatus[status] = (refused.byStatus[status] ?? 0) + 1
  }
  const server = createServer((incoming, answer) => {
    const began = performance.now()
    void bodyOf(incoming).then((body) => {
      const onwards = request(
        { host: '127.0.0.1', port: gatewayPort(), path: incoming.url, method: 'POST', headers: incoming.headers },
        (said) => {
          void bodyOf(said).then(
            (text) => {
              if (said.statusCode === 200) took.push(performance.now() - began)
              if (said.statusCode === 200) for (const id of idsOf(body)) acknowledged.delivered.add(id)
              else refuse(String(said.statusCode))
              answer.writeHead(said.statusCode ?? 502, { 'content-type': 'application/json' }).end(text)
            },
            () => answer.destroy(),
          )
        },
      )
      onwards.on('error', () => {
        refuse('none')
        answer.destroy()
      })
      onwards.end(body)
    })
  })
  const sockets = passFrames(server, marketplaceMessages, acknowledged.told)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    pushUrl: `http://127.0.0.1:${port}`,
    messageUrl: `ws://127.0.0.1:${port}`,
    acknowledged,
    took,
    refused,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function passFrames(server: Server, marketplace: string, told: Set<string>): WebSocketServer {
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (ours, { url }) => {
    const theirs = new WebSocket(`${marketplace}${url ?? ''}`)
    const underWay = new Map<number, string>()
    const early: string[] = []
    theirs.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8')
      const said = JSON.parse(text) as { id?: number; message?: { type: string; mallID: number; content: string } }
      if (said.id !== undefined && said.message !== undefined) underWay.set(said.id, toldBy(said.message))
      ours.send(text)
    })
    ours.on('message', (frame: Buffer) => {
      const text = frame.toString('utf8')
      const said = JSON.parse(text) as { id?: number; commandType?: string }
      const message = said.commandType === 'Ack' && said.id !== undefined ? underWay.get(said.id) : undefined
      if (message !== undefined) told.add(message)
      if (theirs.readyState === WebSocket.OPEN) theirs.send(text)
      else early.push(text)
    })
    theirs.on('open', () => early.splice(0).forEach((text) => theirs.send(text)))
    for (const [one, other] of [
      [ours, theirs],
      [theirs, ours],
    ] as const) {
      one.on('close', () => other.terminate())
      one.on('error', () => other.terminate())
    }
  })
  return sockets
}

/** What makes a message of the standing connection the same, by the platform's own fields; its frame id is not stable. */
export function toldBy({ type, mallID, content }: { type: string; mallID: number; content: string }): string {
  const { refund_id, modified, operation } = JSON.parse(content) as Record<string, unknown>
  return [type, mallID, refund_id, modified, operation].map(String).join('|')
}

const idsOf = (body: Buffer): string[] =>
  (JSON.parse(body.toString('utf8')) as { tag: string; msg_id: string }[])
    .filter(({ tag }) => tag !== '0')
    .map(({ msg_id }) => msg_id)

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
