import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { linkIn, openLink } from '../support/open-link'
import { freePort, isReadyAt } from '../processes/real-process'
import { waitUntil } from '../processes/wait-until'

const ROOT = join(__dirname, '../..')

/** What a newcomer does: `npm start`, look, Ctrl-C, `npm start` again. */
class Newcomer {
  private process: ChildProcess | undefined
  private output = ''

  constructor(private readonly settings: Record<string, string>) {}

  /** Starts the process; resolves with its output as soon as that matches, rejects with it if the process ends before. */
  start(until: RegExp): Promise<string> {
    this.output = ''
    const env = { ...process.env, ...this.settings, DATABASE_URL: '', NODE_OPTIONS: '' }
    const child = spawn(process.execPath, ['apps/standalone/start.mjs'], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.process = child
    return new Promise((resolve, reject) => {
      const onOutput = (chunk: Buffer): void => {
        this.output += chunk.toString()
        if (until.test(this.output)) resolve(this.output)
      }
      child.stdout.on('data', onOutput)
      child.stderr.on('data', onOutput)
      child.once('exit', (code) => reject(new Error(`ended with ${String(code)}:\n${this.output}`)))
    })
  }

  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null> {
    const child = this.process
    if (child === undefined || child.exitCode !== null) return Promise.resolve(child?.exitCode ?? null)
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code))
      child.kill('SIGINT')
    })
  }
}

const freePorts = async (): Promise<Record<string, string>> => ({
  PORT: String(await freePort()),
  GATEWAY_PORT: String(await freePort()),
  SIMULATOR_PORT: '0',
})

interface Page {
  items: { caseId: string }[]
}

describe('npm start', () => {
  let folder: string
  let settings: Record<string, string>
  let newcomer: Newcomer
  const get = async <T>(path: string): Promise<T> =>
    (await (
      await fetch(`http://127.0.0.1:${settings['PORT']}${path}`, { headers: { ...headers, connection: 'close' } })
    ).json()) as T
  let headers: { cookie: string }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'shouhou-start-'))
    // Where the tests run as root, the database's user must be able to get in, or the data would lie elsewhere.
    await chmod(folder, 0o755)
    settings = { ...(await freePorts()), DATA_FOLDER: folder, SIMULATOR_PACE: '0' }
    newcomer = new Newcomer(settings)
  })
  afterAll(async () => {
    await newcomer.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it('names every invalid setting without repeating its value', async () => {
    const wrong = new Newcomer({ ...settings, PORT: 'eighty', DATABASE_URL: 'mysql://me:secret@there' })
    const said = await wrong.start(/never said/).catch((error: Error) => error.message)
    expect(said).toContain('PORT: must be a port number')
    expect(said).not.toContain('eighty')
  }, 300_000)

  it('is ready within 20 seconds, and the queue fills', async () => {
    const said = await newcomer.start(/is ready after ([\d.]+) s[\s\S]*Ctrl-C/)
    expect(Number(/is ready after ([\d.]+) s/.exec(said)?.[1])).toBeLessThan(20)
    headers = await openLink(linkIn(said))
    await expect(openLink(linkIn(said))).rejects.toThrow('link-not-usable')
    const until = performance.now() + 60_000
    let items: Page['items'] = []
    while (items.length < 20 && performance.now() < until) items = (await get<Page>('/api/queue?limit=20')).items
    expect(items).toHaveLength(20)
  }, 300_000)

  it('connects to its database by the roles of gateway, worker and console, and never as the owner', async () => {
    const [password, pidFile] = await Promise.all(
      ['postgres.password', 'postgres/postmaster.pid'].map((name) => readFile(join(folder, name), 'utf8')),
    )
    const port = pidFile?.split('\n')[3] ?? ''
    const owner = new Client({
      connectionString: `postgresql://postgres:${password?.trim()}@127.0.0.1:${port}/postgres`,
    })
    await owner.connect()
    try {
      // An idle connection is closed after ten seconds; the question whether it is ready opens one.
      await waitUntil('the gateway is ready', () => isReadyAt(Number(settings['GATEWAY_PORT'])), 30_000)
      const { rows } = await owner.query<{ user: string }>(
        `SELECT DISTINCT usename AS user FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY 1`,
      )
      expect(rows.map(({ user }) => user)).toEqual(['postgres_console', 'postgres_gateway', 'postgres_worker'])
    } finally {
      await owner.end()
    }
  })

  it('stops cleanly at Ctrl-C, and finds its data again at the next start', async () => {
    const [first] = (await get<Page>('/api/queue?turn=nobody&limit=1')).items
    expect(await newcomer.stop()).toBe(0)
    const said = await newcomer.start(/Ctrl-C/)
    // The session of before still holds, and there is a new link.
    expect(await get(`/api/cases/${first?.caseId ?? 'none'}`)).toMatchObject({ row: { caseId: first?.caseId } })
    await openLink(linkIn(said))
    expect(await newcomer.stop()).toBe(0)
  }, 300_000)
})
