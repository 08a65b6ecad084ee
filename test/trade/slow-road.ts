import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A marketplace behind a road on which every call takes its time, ms. `under`: calls so far. */
export async function slowRoadTo(
  address: string,
  ms: number,
): Promise<{ url: string; under: () => number; close(): void }> {
  const { port, hostname } = new URL(address)
  let passed = 0
  const server = createServer((incoming, answer) => {
    passed++
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      setTimeout(() => {
        const onwards = request(
          { host: hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
          (said) => {
            answer.writeHead(said.statusCode ?? 502, said.headers)
            said.pipe(answer)
          },
        )
        onwards.on('error', () => answer.destroy())
        onwards.end(Buffer.concat(chunks))
      }, ms).unref()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, under: () => passed, close }
}
