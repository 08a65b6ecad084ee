import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A TCP proxy at one fixed address, as operators put before a primary and its standby. */
export interface FixedAddress {
  readonly port: number
  /** New connections go to this port; open ones stay with the former server. */
  pointTo(port: number): void
  close(): Promise<void>
}

export async function openFixedAddress(initialPort: number): Promise<FixedAddress> {
  let target = initialPort
  const openSockets = new Set<Socket>()
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    for (const [socket, peer] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      openSockets.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        openSockets.delete(socket)
        peer.destroy()
      })
      socket.setNoDelay(true)
      socket.pipe(peer)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    pointTo: (port) => void (target = port),
    async close() {
      for (const socket of openSockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
