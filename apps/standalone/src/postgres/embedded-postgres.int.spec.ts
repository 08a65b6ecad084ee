import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chmodSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { Client } from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './index'
import { isAlive, untilGone } from './server-processes'

describe('an embedded PostgreSQL', () => {
  let folder: string
  let server: EmbeddedPostgres | undefined

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shouhou-embedded-'))
    chmodSync(folder, 0o755)
  })

  afterEach(async () => {
    await server?.kill()
    server = undefined
    rmSync(folder, { recursive: true, force: true })
  })

  const start = async (settings: { port?: number; durable?: boolean; say?: (line: string) => void } = {}) =>
    (server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), ...settings }))

  it('keeps its data over a stop and a start', async () => {
    const first = await start()
    await ask(first.url, 'CREATE TABLE kept (what text)')
    await ask(first.url, "INSERT INTO kept VALUES ('售后')")
    await first.stop()
    expect(isAlive(first.pid)).toBe(false)

    const second = await start()
    expect(await ask(second.url, 'SELECT what FROM kept')).toEqual([{ what: '售后' }])
  })

  it('keeps what was committed when it is killed with all its children, and starts again at once', async () => {
    const first = await start()
    await ask(first.url, 'CREATE TABLE kept (what text)')
    await ask(first.url, "INSERT INTO kept VALUES ('committed')")
    await first.kill()

    const second = await start()
    expect(await ask(second.url, 'SELECT what FROM kept')).toEqual([{ what: 'committed' }])
  })

  it('is durable unless a test says otherwise', async () => {
    const settings =
      "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') ORDER BY name"
    const on = await start()
    expect((await ask(on.url, settings)).map((row) => row['setting'])).toEqual(['on', 'on', 'on'])
    await on.stop()
    const off = await start({ durable: false })
    expect((await ask(off.url, settings)).map((row) => row['setting'])).toEqual(['off', 'off', 'off'])
  })

  it('speaks UTF-8, listens on the loopback address only and refuses a wrong password', async () => {
    const { url } = await start({ durable: false })
    const sql =
      "SELECT current_setting('server_encoding') AS encoding, current_setting('listen_addresses') AS addresses, lower('É') AS small"
    expect(await ask(url, sql)).toEqual([{ encoding: 'UTF8', addresses: '127.0.0.1', small: 'é' }])
    const forged = new URL(url)
    forged.password = 'guessed'
    await expect(ask(forged.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
    expect(statSync(join(folder, 'postgres.password')).mode & 0o777).toBe(0o600)
  })

  it('takes another port when the wanted one is in use', async () => {
    const neighbour = createServer()
    const taken = await listening(neighbour)
    const said: string[] = []
    const { port, url } = await start({ port: taken, durable: false, say: (line) => said.push(line) })
    neighbour.close()
    expect(port).not.toBe(taken)
    expect(said).toContain(`port ${taken} is in use, taking another for PostgreSQL`)
    expect(await ask(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('is not misled by the process number of a crashed server that now belongs to another program', async () => {
    const first = await start({ durable: false })
    await first.kill()
    writeFileSync(
      join(folder, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${join(folder, 'postgres')}\n0\n1\n\n127.0.0.1\n0\nready\n`,
    )
    const second = await start({ durable: false })
    expect(await ask(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('ends when the process that started it is killed', async () => {
    const script = join(folder, 'starter.cjs')
    const launcher = join(__dirname, 'embedded-postgres.ts')
    writeFileSync(
      script,
      `require(${JSON.stringify(require.resolve('@swc/core'))})
       const { transformFileSync } = require(${JSON.stringify(require.resolve('@swc/core'))})
       require.extensions['.ts'] = (module, path) => module._compile(transformFileSync(path).code, path)
       require(${JSON.stringify(launcher)}).startEmbeddedPostgres({ dataFolder: process.argv[2], durable: false })
         .then(({ pid }) => { process.stdout.write(String(pid)); setInterval(() => {}, 1000) })`,
    )
    const starter = spawn(process.execPath, [script, join(folder, 'postgres')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = Number(
      await new Promise<string>((resolve) => starter.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))),
    )
    expect(isAlive(pid)).toBe(true)
    starter.kill('SIGKILL')
    await untilGone([pid], 15_000)
    expect(isAlive(pid)).toBe(false)
  })

  it('leaves alone a folder that holds something else', async () => {
    mkdirSync(join(folder, 'postgres'))
    writeFileSync(join(folder, 'postgres', 'holiday.txt'), 'mine')
    await expect(start()).rejects.toThrow('holds something that is not a database of ours')
  })
})

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function listening(server: Server): Promise<number> {
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
}
