import type { Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A TCP proxy that can delay responses, or drop them and close the connection: after the broker stored a batch, before the client knows. */
export interface FaultyProxy {
  readonly port: number
  /** Delay of each response, ms. */
  delayMs: number
  /** How many of the next responses to large requests (message batches) are dropped; each closes the connection. */
  responsesToDrop: number
  /** Responses dropped so far. */
  readonly droppedResponses: number
  close(): Promise<void>
}

/** Larger than the client's other requests, smaller than a batch of messages. */
const BATCH_THRESHOLD_BYTES = 4 * 1024

export async function startFaultyProxy(brokerPort: number): Promise<FaultyProxy> {
  let dropped = 0
  const openSockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    const broker = connect(brokerPort, '127.0.0.1')
    let requestBytes = 0
    for (const socket of [client, broker]) {
      openSockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        openSockets.delete(socket)
        client.destroy()
        broker.destroy()
      })
    }
    client.on('data', (chunk: Buffer) => {
      requestBytes += chunk.length
      broker.write(chunk)
    })
    broker.on('data', (chunk: Buffer) => {
      const isBatch = requestBytes > BATCH_THRESHOLD_BYTES
      requestBytes = 0
      if (isBatch && proxy.responsesToDrop > 0) {
        proxy.responsesToDrop -= 1
        dropped += 1
        client.destroy()
      } else if (proxy.delayMs > 0) setTimeout(() => client.write(chunk), proxy.delayMs)
      else client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy = {
    port: (server.address() as { port: number }).port,
    delayMs: 0,
    responsesToDrop: 0,
    get droppedResponses() {
      return dropped
    },
    async close() {
      for (const socket of openSockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return proxy
}
