/** The processes of docker-compose.yml, without Docker: each with the environment and the secrets that its container has. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { YAML11_SCHEMA, load } from 'js-yaml'
import { Client } from 'pg'
import { ROOT } from '../architecture/tree'
import { freshDatabase, type FreshDatabase } from '../postgres/database'
import { freePort, isReadyAt, startProcess, type RealProcess } from '../processes/real-process'

interface Service {
  readonly command: string
  readonly environment: Readonly<Record<string, string | number>>
}
const compose = load(readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8'), { schema: YAML11_SCHEMA }) as {
  services: Record<string, Service>
}
/** Settings that need another container or another network. */
const NEEDS_OTHER_CONTAINERS = [
  'SHOUHOU_CLOCK',
  'KAFKA_BROKERS',
  'KAFKA_SSL',
  'EVIDENCE_PUBLIC_URL',
  'GATEWAY_HOST',
  'CONSOLE_HOST',
]

let fresh: FreshDatabase
let secrets: string
const processes: RealProcess[] = []

beforeAll(async () => {
  fresh = await freshDatabase({ migrated: false })
  secrets = mkdtempSync(join(tmpdir(), 'shouhou-containers-'))
  execFileSync(process.execPath, [join(ROOT, 'apps/make-secrets.mjs'), secrets])
  const { host, username, password, pathname } = new URL(fresh.url)
  const name = pathname.slice(1)
  for (const file of ['database-url', 'gateway-database-url', 'worker-database-url', 'console-database-url']) {
    const url = new URL(readFileSync(join(secrets, file), 'utf8'))
    url.host = host
    url.pathname = name
    if (file === 'database-url') [url.username, url.password] = [username, password]
    // The roles belong to the server, which has those of other tests.
    else url.username = url.username.replace('shouhou', name)
    writeFileSync(join(secrets, file), url.href)
  }
}, 120_000)
afterAll(async () => {
  await Promise.all(processes.map((process) => process.stop()))
  await fresh.drop()
  rmSync(secrets, { recursive: true, force: true })
}, 120_000)

const environmentOf = (service: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(compose.services[service]?.environment ?? {})
      .filter(([setting]) => !NEEDS_OTHER_CONTAINERS.includes(setting))
      .map(([setting, value]) => [setting, String(value).replace('/run/secrets', secrets)]),
  )
const runToEnd = (service: string, commandArguments: readonly string[]): string =>
  execFileSync(
    process.execPath,
    [join(ROOT, compose.services[service]?.command.split(' ')[0] ?? ''), ...commandArguments],
    {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...environmentOf(service) },
    },
  )

async function start(role: 'gateway' | 'worker' | 'console', portSetting: string): Promise<number> {
  const port = await freePort()
  const environment = { ...environmentOf(role), [portSetting]: String(port) }
  const started = startProcess(role, environment, () => isReadyAt(port))
  processes.push(started)
  await started.startedIn
  return port
}

describe('the processes of docker-compose.yml', () => {
  it('connect by their own roles, which `migrate` has given the passwords of the secrets', async () => {
    expect(runToEnd('migrate', ['migrate'])).toBe('The tables, roles, grants and row-level security are up to date.\n')
    const store = { shop: '1', name: 'Fox', accessToken: 'a', refreshToken: 'r' }
    const app = { marketplace: 'douyin', appKey: 'fox', appSecret: 's', endpoints: {}, stores: [store] }
    const file = join(secrets, 'registration.json')
    writeFileSync(file, JSON.stringify({ slug: 'fox', name: 'Fox', apps: [app] }))
    expect(runToEnd('register', [file])).toBe('registered: fox, 1 apps, 1 stores\n')
    const ports = [
      await start('gateway', 'GATEWAY_PORT'),
      await start('worker', 'HEALTH_PORT'),
      await start('console', 'PORT'),
    ]
    // An idle connection is closed after ten seconds; the question whether it is ready opens one.
    expect(await Promise.all(ports.map(isReadyAt))).toEqual([true, true, true])
    const owner = new Client({ connectionString: fresh.url })
    await owner.connect()
    const { rows } = await owner.query<{ user: string }>(
      `SELECT DISTINCT usename AS user FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY 1`,
    )
    await owner.end()
    const name = new URL(fresh.url).pathname.slice(1)
    expect(rows.map(({ user }) => user)).toEqual(['console', 'gateway', 'worker'].map((role) => `${name}_${role}`))
  }, 180_000)

  it('continue when `migrate` runs again, which changes nothing', () => {
    runToEnd('migrate', ['migrate'])
    expect(processes.map((process) => process.unexpectedEnd())).toEqual([undefined, undefined, undefined])
  }, 60_000)
})
