import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Above the cap, the operating system's connections are dropped at once: closed ones need a moment to be gone. */
const CLOSING = 256

/**
 * Keeps at most `most` connections. One more closes the one that has been open longest without an accepted delivery: a
 * stranger that holds connections open loses its own, and a sender that is new gets in. Connections with accepted deliveries
 * are closed only when there are no others, the one that was quiet longest first.
 */
export function capConnections(fastify: FastifyInstance, most: number): void {
  const server = fastify.server as Server
  server.maxConnections = most + CLOSING
  // Sets keep the order in which they were filled.
  const unproven = new Set<Socket>()
  const proven = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    if (unproven.size + proven.size >= most) {
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
