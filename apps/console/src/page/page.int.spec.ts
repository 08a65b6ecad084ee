import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStack, type Stack } from '../../test/stack'
import { serveConsole } from '../serve'

describe('the page and the description of the API', () => {
  let stack: Stack
  const folder = mkdtempSync(join(tmpdir(), 'page-'))
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<title>售后</title>')
    writeFileSync(join(folder, 'assets/app-1.js'), 'page()')
    stack = await openStack(folder)
  })
  afterAll(async () => {
    await stack.close()
    rmSync(folder, { recursive: true })
  })
  const ask = (url: string, headers: Record<string, string> = {}) =>
    stack.app.inject({ method: 'GET', url, headers: { host: 'localhost', ...headers } })

  it.each(['/', '/cases/00000000-0000-4000-8000-000000000000', '/stores?lang=en', '/quarantine'])(
    '%s is answered with the page',
    async (url) => {
      const answer = await ask(url)
      expect([answer.statusCode, answer.payload, answer.headers['cache-control']]).toEqual([
        200,
        '<title>售后</title>',
        'no-store',
      ])
    },
  )

  it('serve the built files as immutable, and answer 404 for unknown ones', async () => {
    const file = await ask('/assets/app-1.js')
    expect([file.statusCode, file.payload, file.headers['cache-control']]).toEqual([
      200,
      'page()',
      'public, max-age=31536000, immutable',
    ])
    expect((await ask('/assets/app-1.js', { 'if-none-match': String(file.headers.etag) })).statusCode).toBe(304)
    for (const url of [
      '/assets/app-0.js',
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/..%2findex.html',
      '/api',
      '/api/x',
      '/docs/x.js',
    ])
      expect([url, (await ask(url)).statusCode]).toEqual([url, 404])
  })

  it('send headers that allow nothing of other origins', async () => {
    const { headers } = await ask('/')
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
    })
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
  })

  it('name the addresses of the API, and load nothing from other hosts', async () => {
    const document = (await ask('/openapi.json')).json<{
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
      components: { schemas: object }
    }>()
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/api/actions/batch',
        '/api/cases/{id}',
        '/api/cases/{id}/actions',
        '/api/cases/{id}/actions/{intent}',
        '/api/cases/{id}/actions/{intent}/attest',
        '/api/cases/{id}/actions/{intent}/close',
        '/api/cases/{id}/events',
        '/api/cases/{id}/judgement',
        '/api/live',
        '/api/messages/{id}',
        '/api/meta',
        '/api/policies',
        '/api/quarantine',
        '/api/quarantine/{id}',
        '/api/quarantine/{id}/run-again',
        '/api/queue',
        '/api/queue/counts',
        '/api/search',
        '/api/stores',
        '/api/strategies',
        '/api/tasks',
      ]),
    )
    expect(Object.keys(document.paths).filter((path) => !path.startsWith('/api/'))).toEqual(['/asyncapi.json'])
    const text = JSON.stringify(document)
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty(name ?? '')
    const page = await ask('/docs')
    expect(page.statusCode).toBe(200)
    expect(page.payload).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
  })

  it('are not served on an address that other machines can reach', async () => {
    await expect(serveConsole({} as never, {} as never, { host: '0.0.0.0', port: 0 })).rejects.toThrow(
      'loopback address only',
    )
  })
})
