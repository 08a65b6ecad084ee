import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { Client } from 'pg'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'
import { startScriptOf, freePort, isReadyAt, startProcess } from '../processes/real-process'
import type { RealProcess } from '../processes/real-process'
import { waitUntil } from '../processes/wait-until'
import { ROOT } from '../architecture/tree'
import { freshDatabase } from '../postgres/database'
import type { FreshDatabase } from '../postgres/database'
import { linkIn, openLink } from '../support/open-link'

/** The default time that Docker leaves between SIGTERM and SIGKILL. */
const STOPPED_WITHIN_MS = 10_000
let fresh: FreshDatabase
let simulator: RunningSimulator
let settings: Record<string, string>
const started: { process: RealProcess; port: number }[] = []

/** Starts a process by its documented command; it is ready when its /readyz says so. */
async function start(app: 'gateway' | 'worker' | 'console'): Promise<void> {
  const port = await freePort()
  const own = {
    gateway: { GATEWAY_PORT: String(port) },
    worker: { HEALTH_PORT: String(port) },
    console: { PORT: String(port) },
  }[app]
  const env = { ...settings, ...own, HOME: process.env['HOME'] ?? '' }
  started.push({ process: startProcess(app, env, () => isReadyAt(port), startScriptOf(app)), port })
}
const those = (role: string): { process: RealProcess; port: number }[] =>
  started.filter(({ process }) => process.role === role)
const ready = async (role: string): Promise<void> =>
  void (await Promise.all(those(role).map(({ process }) => process.startedIn)))

async function rows<T extends object>(sql: string): Promise<T[]> {
  const client = new Client({ connectionString: fresh.url })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  fresh = await freshDatabase({ migrated: false })
  simulator = await startSimulator({ seed: 'processes' })
  settings = {
    DATABASE_URL: fresh.url,
    SHOUHOU_KEY: randomBytes(32).toString('base64'),
    SHOUHOU_CLOCK: `${simulator.control.url}/control/clock`,
  }
}, 300_000)
afterAll(async () => {
  await Promise.all(started.filter(({ process }) => !process.ended()).map(({ process }) => process.stop()))
  await simulator.stop()
  await fresh.drop()
}, 300_000)

describe('three workers, two gateways and a console', () => {
  it('create the tables once when started in the same instant on an empty database, and are ready', async () => {
    await Promise.all((['worker', 'worker', 'worker', 'gateway', 'gateway', 'console'] as const).map(start))
    await Promise.all([ready('worker'), ready('gateway')])
    const names = (await rows<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name)
    expect(names.length).toBeGreaterThan(5)
    expect(new Set(names).size).toBe(names.length)
  }, 300_000)

  let headers: { cookie: string }

  it('know stores as soon as they are registered: the console, which waited for one, asks for an owner', async () => {
    const [console_] = those('console')
    await waitUntil(
      'the console says what it waits for',
      () => console_?.process.output().includes('npm run register') === true,
    )
    const words = ['apps/worker/register.mjs', `${simulator.control.url}/control/registration`]
    const { stdout } = await promisify(execFile)(process.execPath, words, {
      cwd: ROOT,
      env: { ...process.env, ...settings },
    })
    expect(stdout).toBe('registered: demo, 2 apps, 4 stores\n')
    await ready('console')
    await waitUntil('the link for the first owner', () => linkIn(console_?.process.output() ?? '') !== '')
    headers = await openLink(linkIn(console_?.process.output() ?? ''), {
      login: 'lin',
      displayName: 'Lin',
      password: 'correct horse battery staple',
    })
  }, 300_000)

  it('bring each case into the queue once, whichever gateway received it and whichever worker took it', async () => {
    const [gateway] = those('gateway')
    await simulator.douyin.setPushUrl(`http://127.0.0.1:${gateway?.port}/push/douyin/${simulator.douyin.appKey}`)
    for (let i = 0; i < 60; i++) simulator.world.apply()
    const url = `http://127.0.0.1:${those('console')[0]?.port}/api/search?limit=100`
    const count = async (): Promise<number> =>
      (await rows<{ n: number }>('SELECT count(*)::int AS n FROM stream'))[0]?.n ?? -1
    await waitUntil('all are there', async () => (await count()) === simulator.world.size, 60_000)
    expect((await fetch(url, { headers })).status).toBeLessThan(500)
    expect(await rows(`SELECT state->>'caseNumber' FROM stream GROUP BY 1 HAVING count(*) > 1`)).toEqual([])
  }, 300_000)

  it('shut down on SIGTERM within ten seconds, and leave no lease behind', async () => {
    const ended = started.map(async ({ process: { role, stop, untilEnded } }) => {
      const began = performance.now()
      await stop()
      return { role, code: await untilEnded(1), inTime: performance.now() - began < STOPPED_WITHIN_MS }
    })
    expect(await Promise.all(ended)).toEqual(started.map(({ process: { role } }) => ({ role, code: 0, inTime: true })))
    expect(await rows('SELECT name FROM lease WHERE until > clock_timestamp()')).toEqual([])
  }, 300_000)
})
