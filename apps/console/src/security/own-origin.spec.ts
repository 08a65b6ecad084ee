import fastify from 'fastify'
import { requireOwnOrigin } from './own-origin'

async function statusFor(
  publicUrl: string | undefined,
  headers: Record<string, string>,
  method = 'POST',
  url = '/api/x',
) {
  const server = fastify()
  requireOwnOrigin(server, publicUrl)
  server.all('/*', () => 'ok')
  const answer = await server.inject({ method: method as 'POST', url, headers })
  await server.close()
  return answer.statusCode
}

const PUBLIC = 'https://after-sale.example.com'
const OWN_HEADERS = { host: 'after-sale.example.com', origin: PUBLIC, 'sec-fetch-site': 'same-origin' }

describe('requireOwnOrigin behind a proxy with TLS, as PUBLIC_URL says (threat S8)', () => {
  it.each([
    ['of the own page', 200, OWN_HEADERS],
    ['of a tool, which sends no origin', 200, { host: OWN_HEADERS.host }],
    ['of a health check on the machine', 200, { host: '127.0.0.1:8080' }],
    ['under another host name', 403, { ...OWN_HEADERS, host: 'evil.example' }],
    ['under a host name that begins alike', 403, { ...OWN_HEADERS, host: 'after-sale.example.com.evil.example' }],
    ['under another port of the host', 403, { ...OWN_HEADERS, host: 'after-sale.example.com:8443' }],
    ['of a page of another port', 403, { ...OWN_HEADERS, origin: `${PUBLIC}:8443` }],
    ['of a page without TLS', 403, { ...OWN_HEADERS, origin: 'http://after-sale.example.com' }],
    ['of a sibling domain', 403, { ...OWN_HEADERS, origin: 'https://shop.example.com', 'sec-fetch-site': 'same-site' }],
    ['of a sandboxed frame', 403, { ...OWN_HEADERS, origin: 'null' }],
    ['of a picture or form on a foreign page', 403, { host: OWN_HEADERS.host, 'sec-fetch-site': 'cross-site' }],
  ])('answers a request %s with %i', async (_name, status, headers) =>
    expect(await statusFor(PUBLIC, headers)).toBe(status),
  )

  it('lets a link on a foreign page open the page, and nothing of the API', async () => {
    const link = {
      host: OWN_HEADERS.host,
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    }
    expect(await statusFor(PUBLIC, link, 'GET', '/cases/1')).toBe(200)
    expect(await statusFor(PUBLIC, link, 'GET', '/api/queue')).toBe(403)
    expect(await statusFor(PUBLIC, link, 'POST', '/cases/1')).toBe(403)
  })
})

describe('requireOwnOrigin without PUBLIC_URL', () => {
  it('answers under the loopback names only', async () => {
    expect(await statusFor(undefined, { host: 'localhost:8080', origin: 'http://localhost:8080' })).toBe(200)
    expect(await statusFor(undefined, OWN_HEADERS)).toBe(403)
  })
})
