import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStack, type Stack } from '../../test/stack'

let stack: Stack
let cookie: string
const folder = mkdtempSync(join(tmpdir(), 'page-'))
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>售后</title>')
  writeFileSync(join(folder, 'assets/app-1.js'), 'page()')
  stack = await openStack(folder)
  ;({ cookie } = await stack.signedIn.headers())
})
afterAll(async () => {
  await stack.close()
  rmSync(folder, { recursive: true })
})

/** Whether a request with a session that was last used ten minutes ago looks the session up. */
async function looksUp(url: string): Promise<boolean> {
  const before = Date.now() - 600_000
  await stack.database.query('UPDATE session SET last_seen_at = $1', [before])
  await stack.app.inject({ method: 'GET', url, headers: { host: 'localhost', cookie } })
  const [row] = await stack.database.query<{ at: number }[]>('SELECT last_seen_at AS at FROM session')
  return row?.at !== before
}

describe('who asks', () => {
  it.each(['/api/session', '/api/queue', '/api/meta?x=1', '/api/audit', '/api/people'])(
    'is looked up for %s, which depends on it',
    async (url) => {
      expect(await looksUp(url)).toBe(true)
    },
  )

  it.each(['/', '/people', '/assets/app-1.js', '/nothing.js', '/healthz', '/readyz', '/docs', '/openapi.json', '/api'])(
    'is not looked up for %s, which is public',
    async (url) => {
      expect(await looksUp(url)).toBe(false)
    },
  )
})
