import type { Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** One address for the current primary, as operators have by a virtual IP or a proxy. */
export interface Address {
  readonly port: number
  /** New connections go there; those that stand are left where they lead, as stale ones are. */
  leadTo(port: number): void
  close(): Promise<void>
}

export async function openAddress(first: number): Promise<Address> {
  let to = first
  const open = new Set<Socket>()
  const server = createServer((client) => {
    const behind = connect(to, '127.0.0.1')
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
    leadTo: (port) => void (to = port),
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
