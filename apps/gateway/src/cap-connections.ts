import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Closed connections take a moment to disappear; above the cap plus this, Node drops new connections at once. */
const CLOSING_CONNECTIONS = 256

/**
 * Keeps at most `most` connections open. One more closes the connection that has been open longest without an accepted
 * delivery: a stranger that holds connections open loses its own, and a new sender is accepted. Connections with accepted
 * deliveries are closed only when there are no others, the longest idle first.
 */
export function capConnections(fastify: FastifyInstance, maxConnections: number): void {
  const server = fastify.server as Server
  server.maxConnections = maxConnections + CLOSING_CONNECTIONS
  // Sets keep the order in which they were filled.
  const unproven = new Set<Socket>()
  const proven = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    if (unproven.size + proven.size >= maxConnections) {
      const [oldest] = unproven.size > 0 ? unproven : proven
      if (oldest !== undefined) {
        unproven.delete(oldest)
        proven.delete(oldest)
        oldest.destroy()
      }
    }
    unproven.add(socket)
    socket.once('close', () => {
      unproven.delete(socket)
      proven.delete(socket)
    })
  })
  fastify.addHook('onResponse', (request, reply, done) => {
    const { socket } = request.raw
    if (reply.statusCode < 300 && request.method === 'POST' && !socket.destroyed) {
      unproven.delete(socket)
      proven.delete(socket)
      proven.add(socket)
    }
    done()
  })
}
