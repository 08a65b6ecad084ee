import type { Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StoreSession, CallContext } from '.'
import { MARKETPLACES, restrictToOwnHosts } from '.'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})
async function startServer(
  answer: (response: ServerResponse) => void,
): Promise<{ url: string; countRequests: () => number }> {
  let countRequests = 0
  const server = createServer((request, response) => {
    countRequests += 1
    request.resume().on('end', () => answer(response))
  })
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, countRequests: () => countRequests }
}

const ctx = {
  now: () => 1_772_330_500_000,
  signal: new AbortController().signal,
  rateLimiter: { admit: () => Promise.resolve(), hold: () => undefined },
} as CallContext
const connectorsWithApi = MARKETPLACES.filter(({ endpoints }) => endpoints !== undefined)
const read = (marketplace: string, api: string) => {
  const connector = connectorsWithApi.find((one) => one.marketplace === marketplace)
  const session = { appKey: 'k', appSecret: 'canary-s', shop: '1', accessToken: 'canary-t', refreshToken: 'r' }
  return (
    connector &&
    restrictToOwnHosts(connector, ['127.0.0.1']).outbound.read(
      { caseNumber: '7', orderNumber: '260301-7' },
      { ...session, endpoints: { api } } as StoreSession,
      ctx,
    )
  )
}

describe.each(connectorsWithApi.map(({ marketplace }) => marketplace))(
  '%s, answered by a foreign server,',
  (marketplace) => {
    it.each([301, 302, 303, 307, 308])(
      'follows no redirect (%d): nothing is sent to the other server',
      async (status) => {
        const other = await startServer((response) => response.end('{}'))
        const first = await startServer((response) => response.writeHead(status, { location: other.url }).end())
        expect(await read(marketplace, first.url)).toMatchObject({ type: 'unknown' })
        expect([first.countRequests(), other.countRequests()]).toEqual([1, 0])
      },
    )

    it('reads no answer without an end', async () => {
      let stopped = false
      const endless = await startServer((response) => {
        const more = (): void => {
          if (!stopped && !response.destroyed) response.write(Buffer.alloc(65_536, 32), () => setImmediate(more))
        }
        response.on('close', () => (stopped = true))
        more()
      })
      expect(await read(marketplace, endless.url)).toMatchObject({
        type: 'unknown',
        why: expect.stringMatching(/an answer of more than 8388608 bytes/) as string,
      })
    })
  },
)
