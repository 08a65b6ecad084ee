import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A TCP proxy at one fixed address, as operators put before a primary and its standby. */
export interface Address {
  readonly port: number
  /** New connections go to this port; open ones stay with the former server. */
  pointTo(port: number): void
  close(): Promise<void>
}

export async function openAddress(first: number): Promise<Address> {
  let target = first
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.once('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.setNoDelay(true)
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as { port: number }).port,
    pointTo: (port) => void (target = port),
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
