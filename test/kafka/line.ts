import type { Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'

/** A line to a port that can be slow, and that can be cut at the worst of moments. */
export interface Line {
  readonly port: number
  /** How long an answer is on its way, ms. */
  delayMs: number
  /** So many answers to what is large enough to be messages are swallowed from now on; with each the line is cut. */
  loseAnswers: number
  /** Answers that were swallowed. */
  readonly lost: number
  close(): Promise<void>
}

/** More than a client asks with, less than a batch of messages. */
const LARGE = 4 * 1024

export async function openLine(to: number): Promise<Line> {
  let lost = 0
  const open = new Set<Socket>()
  const server: Server = createServer((client) => {
    const broker = connect(to, '127.0.0.1')
    let asked = 0
    for (const socket of [client, broker]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.once('close', () => {
        open.delete(socket)
        client.destroy()
        broker.destroy()
      })
    }
    client.on('data', (chunk: Buffer) => {
      asked += chunk.length
      broker.write(chunk)
    })
    broker.on('data', (chunk: Buffer) => {
      const large = asked > LARGE
      asked = 0
      if (large && line.loseAnswers > 0) {
        line.loseAnswers -= 1
        lost += 1
        client.destroy()
      } else if (line.delayMs > 0) setTimeout(() => client.write(chunk), line.delayMs)
      else client.write(chunk)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const line = {
    port: (server.address() as { port: number }).port,
    delayMs: 0,
    loseAnswers: 0,
    get lost() {
      return lost
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return line
}
