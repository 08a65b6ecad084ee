import { headersOf } from '../../test/operator-requests'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

const HOSTILE = [
  "' OR 1=1 --",
  "'; DROP TABLE queue_row; --",
  '1) UNION SELECT state FROM stream --',
  '$1',
  '\u0000',
  '\ud800',
  '%00',
  'null',
  '[]',
  '{"a":1}',
  '-1',
  '1e400',
  '99999999999999999999',
  '9'.repeat(3_000),
  'x'.repeat(5_000),
  '../../etc/passwd',
  '__proto__',
  '2026-02-31T00:00:00Z',
  '2026-11-22',
  'true',
]

describe('the API under hostile input', () => {
  let stack: Stack
  let caseId: string
  beforeAll(async () => {
    stack = await openStack()
    caseId = await stack.recordReport(stack.ours.stores[0], 'C1', waiting(NOON, 100))
  })
  afterAll(() => stack.close())

  const LISTS = {
    '/api/queue': [
      'turn',
      'marketplace',
      'store',
      'kind',
      'status',
      'dueFrom',
      'dueTo',
      'riskFrom',
      'riskTo',
      'sort',
      'cursor',
      'limit',
    ],
    '/api/queue/counts': ['marketplace', 'store', 'kind', 'status'],
    '/api/search': ['order', 'name', 'phone', 'appliedFrom', 'appliedTo', 'cursor', 'limit'],
    '/api/cases/{case}/events': ['before', 'limit'],
    '/api/quarantine': ['cursor', 'limit'],
  }

  it.each(Object.entries(LISTS))(
    '%s answers 200 or 400 to each hostile value, and loses no data',
    async (path, names) => {
      const url = path.replace('{case}', caseId)
      for (const name of names)
        for (const value of HOSTILE) {
          const { status, type, body } = await stack.get(`${url}?${name}=${encodeURIComponent(value.toWellFormed())}`)
          if (status !== 200) {
            expect([status, type]).toEqual([400, 'application/problem+json; charset=utf-8'])
            expect(Object.keys(body as object).slice(0, 5)).toEqual(['type', 'title', 'status', 'code', 'detail'])
          }
        }
      expect((await stack.get('/api/queue')).body).toMatchObject({ items: [{ caseNumber: 'C1' }] })
    },
  )

  it.each(['/api/cases/', '/api/messages/', '/api/quarantine/'])(
    '%s refuses what is no id, and answers for rows of another organisation as for none',
    async (path) => {
      for (const value of HOSTILE.filter((text) => text.length < 100)) {
        const { status, type } = await stack.get(path + encodeURIComponent(value.toWellFormed()))
        expect([400, 404]).toContain(status)
        expect(type).toBe('application/problem+json; charset=utf-8')
      }
      const theirs = path.includes('cases')
        ? await stack.recordReport(stack.theirs.store, 'T', waiting(NOON, 1))
        : await stack.message(stack.theirs.store, 'push', '{}')
      const missing = path.includes('cases') ? '00000000-0000-4000-8000-000000000000' : '999999'
      const [a, b] = [await stack.get(`${path}${theirs}`), await stack.get(`${path}${missing}`)]
      expect(a.status).toBe(404)
      expect({ ...a.body, instance: '' }).toEqual({ ...b.body, instance: '' })
    },
  )

  it('names the field that is wrong, and never repeats what was in it', async () => {
    const { body, text } = await stack.get('/api/queue?limit=canary-1&colour=canary-2')
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Invalid request',
      status: 400,
      code: 'not-understood',
      detail: 'The request is invalid. `errors` names the fields.',
      instance: '/api/queue',
      errors: [
        { pointer: '#/colour', code: 'unknown-field', detail: 'is not a field of this request' },
        { pointer: '#/limit', code: 'out-of-range', detail: 'limit must not be greater than 200' },
      ],
    })
    expect(text).not.toContain('canary')
  })

  it.each([
    '/api/queue?limit=0',
    '/api/queue?limit=201',
    '/api/queue?limit=5&limit=6',
    '/api/queue?turn=us,buyer',
    '/api/queue?turn[]=us',
    '/api/queue?kind=',
    '/api/queue?dueFrom=1700000000000',
    '/api/queue?riskFrom=1.5',
    '/api/queue?__proto__[x]=1',
    '/api/search',
    '/api/search?order=1&name=2',
    '/api/search?phone=123',
    '/api/queue?cursor=WyJkZWFkbGluZSIsMSwieCJd',
  ])('%s is refused', async (url) => {
    expect((await stack.get(url)).status).toBe(400)
  })

  it('refuses a cursor of another list', async () => {
    await stack.recordReport(stack.ours.stores[0], 'C2', waiting(NOON, 100))
    const { next } = (await stack.get('/api/queue?limit=1')).body as { next: string }
    expect((await stack.get(`/api/queue?sort=risk&cursor=${next}`)).status).toBe(400)
    expect((await stack.get(`/api/search?order=1&cursor=${next}`)).status).toBe(400)
  })

  it('answers with a problem also at unknown addresses, and to bodies of unsupported types', async () => {
    expect(await stack.get('/api/nothing')).toMatchObject({
      status: 404,
      type: 'application/problem+json; charset=utf-8',
    })
    const send = (payload: string, type = 'application/json') =>
      stack.app.inject({
        method: 'POST',
        url: '/api/quarantine/1/run-again',
        headers: { host: 'localhost', 'content-type': type },
        payload,
      })
    expect((await send('{"a":')).statusCode).toBe(400)
    expect((await send(JSON.stringify('x'.repeat(20_000)))).statusCode).toBe(413)
    expect((await send('<a/>', 'text/xml')).statusCode).toBe(415)
    expect(
      (await stack.app.inject({ method: 'DELETE', url: '/api/queue', headers: { host: 'localhost' } })).statusCode,
    ).toBe(404)
  })

  it('answers its own page on this machine only', async () => {
    expect((await stack.get('/api/queue', { host: 'evil.example' })).status).toBe(403)
    expect((await stack.get('/api/queue', { host: 'localhost:8080' })).status).toBe(200)
    const post = (headers: Record<string, string>) =>
      stack.app.inject({
        method: 'POST',
        url: '/api/quarantine/1/run-again',
        headers: { ...headersOf(), host: 'localhost:8080', ...headers },
      })
    expect((await post({ origin: 'https://evil.example' })).statusCode).toBe(403)
    expect((await post({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403)
    expect((await post({ origin: 'http://localhost:8080', 'sec-fetch-site': 'same-origin' })).statusCode).toBe(404)
  })
})
