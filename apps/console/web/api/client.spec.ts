import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serverNow } from '../time/server-clock'
import { createApiClient, dataOf } from './client'

/** What the server is to answer next. */
interface Answer {
  readonly status?: number
  readonly body: string
}

describe('createApiClient and dataOf', () => {
  let server: Server
  let answer: Answer
  let requests: string[] = []
  let client: ReturnType<typeof createApiClient>
  const meta = (signal?: AbortSignal) => dataOf(client.GET('/api/meta', signal === undefined ? {} : { signal }))

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '')
      response.writeHead(answer.status ?? 200).end(answer.body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    client = createApiClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  beforeEach(() => (requests = []))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it('return the data of an answer, and follow the server’s clock', async () => {
    const now = new Date(Date.now() + 7 * 86_400_000).toISOString()
    answer = { body: JSON.stringify({ now, items: [], next: null }) }
    const query = { kind: 'exchange,repair', limit: 50 }
    expect(await dataOf(client.GET('/api/queue', { params: { query } }))).toEqual({ now, items: [], next: null })
    expect(requests).toEqual(['/api/queue?kind=exchange%2Crepair&limit=50'])
    expect(Math.abs(serverNow() - Date.parse(now))).toBeLessThan(10_000)
  })

  it('throw a problem with its code and the fields that are wrong', async () => {
    const errors = [{ pointer: '#/limit', code: 'out-of-range', detail: 'must be at most 200' }, { pointer: 7 }, null]
    answer = {
      status: 400,
      body: JSON.stringify({
        title: 'Invalid request',
        status: 400,
        code: 'not-understood',
        detail: 'See it.',
        errors,
      }),
    }
    await expect(meta()).rejects.toMatchObject({
      status: 400,
      title: 'Invalid request',
      detail: 'See it.',
      code: 'not-understood',
      fields: [errors[0]],
    })
  })

  it('throw a problem without a code for an error that is not the console’s own', async () => {
    answer = { status: 502, body: '<html>Bad gateway</html>' }
    await expect(meta()).rejects.toMatchObject({ status: 502, title: 'HTTP 502', code: undefined, fields: [] })
  })

  it.each(['', '{"now":"20'])('throw `unreadable` for the answer %p', async (body) => {
    answer = { body }
    await expect(meta()).rejects.toMatchObject({ status: 200, title: 'unreadable' })
  })

  it('throw `unreachable` where the server cannot be reached', async () => {
    const nowhere = createApiClient('http://127.0.0.1:1')
    await expect(dataOf(nowhere.GET('/api/meta'))).rejects.toMatchObject({ status: 0, title: 'unreachable' })
  })

  it('throw as fetch does when the request is aborted', async () => {
    await expect(meta(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})
