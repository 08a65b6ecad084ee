import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An HTTP proxy to a marketplace that delays every call by `ms`. `calls`: the number received so far. */
export async function startDelayingProxy(
  address: string,
  ms: number,
): Promise<{ url: string; calls: () => number; close(): void }> {
  const { port, hostname } = new URL(address)
  let count = 0
  const server = createServer((incoming, reply) => {
    count++
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      setTimeout(() => {
        const forwarded = request(
          { host: hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
          (response) => {
            reply.writeHead(response.statusCode ?? 502, response.headers)
            response.pipe(reply)
          },
        )
        forwarded.on('error', () => reply.destroy())
        forwarded.end(Buffer.concat(chunks))
      }, ms).unref()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: () => count, close }
}
