import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Authority, createAuthority } from '../../../../test/tls/authority'
import { openDatabase } from './database'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../../test/postgres/embedded'
import { WakeUps } from './wake-ups'
import { pgVariablesIn } from './pg-environment'

const folder = mkdtempSync(join(tmpdir(), 'shouhou-connection-'))
const writePem = (name: string, text: string): string => {
  const path = join(folder, name)
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** Every variable that libpq or the driver reads, set to what breaks a connection that consults it. */
const HOSTILE_SHELL = {
  PGHOST: 'nowhere.invalid',
  PGHOSTADDR: '192.0.2.1',
  PGPORT: '1',
  PGUSER: 'another',
  PGPASSWORD: 'wrong',
  PGDATABASE: 'another',
  PGDATA: '/nowhere',
  PGSSLMODE: 'require',
  PGSSLNEGOTIATION: 'direct',
  PGOPTIONS: '-c no_such_setting=1',
  PGAPPNAME: 'another',
  PGCLIENTENCODING: 'LATIN1',
  PGCONNECT_TIMEOUT: '1',
  PGTZ: 'Mars/Olympus',
  PGSERVICE: 'nowhere',
}

describe('a connection to PostgreSQL', () => {
  let server: EmbeddedPostgres
  let authority: Authority
  const environmentBefore = { ...process.env }

  beforeAll(async () => {
    authority = createAuthority()
    Object.assign(process.env, HOSTILE_SHELL)
    server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), durable: false })
  }, 60_000)
  afterAll(async () => {
    for (const name of pgVariablesIn(process.env)) delete process.env[name]
    Object.assign(process.env, environmentBefore)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const queryValue = async (url: string, sql: string): Promise<unknown> => {
    const database = await openDatabase({ url, pool: 1, migrations: [] })
    try {
      const [row] = await database.query<Record<string, unknown>[]>(`SELECT (${sql}) AS one`)
      return row?.['one']
    } finally {
      await database.destroy()
    }
  }

  it('is not misled by variables of the shell that are meant for another server (fault D1)', async () => {
    Object.assign(process.env, HOSTILE_SHELL)
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
    expect(await queryValue(server.url, 'current_database()')).toBe('postgres')
    expect(warnings.mock.calls[0]?.[0]).toMatch(/^PGAPPNAME, .*PGSSLMODE.* are set and not used: .* DATABASE_URL\.$/)
    warnings.mockRestore()
    Object.assign(process.env, HOSTILE_SHELL)
    const wakeUps = new WakeUps(server.url)
    await wakeUps.start()
    await wakeUps.stop()
  })

  describe('over TLS (fault C3)', () => {
    const urlAt = (host: string, query: string): string =>
      `${server.url.replace('127.0.0.1', host)}?${new URLSearchParams(query)}`
    let root: string

    beforeAll(async () => {
      root = writePem('root.crt', authority.certificate)
      const { certificate, key } = authority.issue('localhost')
      const { uid, gid } = statSync(server.dataFolder)
      for (const [name, text] of [
        ['server.crt', certificate],
        ['server.key', key],
      ] as const) {
        const path = join(server.dataFolder, name)
        writeFileSync(path, text, { mode: 0o600 })
        chownSync(path, uid, gid)
      }
      const database = await openDatabase({ url: server.url, pool: 1, migrations: [] })
      await database.query('ALTER SYSTEM SET ssl = on')
      await database.query('SELECT pg_reload_conf()')
      await database.destroy()
    })

    const ENCRYPTED = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'

    it('verify-full takes the server whose certificate names its host', async () => {
      expect(await queryValue(urlAt('localhost', `sslmode=verify-full&sslrootcert=${root}`), ENCRYPTED)).toBe(true)
      const wakeUps = new WakeUps(urlAt('localhost', `sslmode=verify-full&sslrootcert=${root}`))
      await wakeUps.start()
      await wakeUps.stop()
    })

    it('verify-full refuses a server whose certificate names another host, verify-ca takes it', async () => {
      await expect(queryValue(urlAt('127.0.0.1', `sslmode=verify-full&sslrootcert=${root}`), '1')).rejects.toThrow(
        "IP: 127.0.0.1 is not in the cert's list",
      )
      expect(await queryValue(urlAt('127.0.0.1', `sslmode=verify-ca&sslrootcert=${root}`), ENCRYPTED)).toBe(true)
    })

    it('refuses a server that another authority vouches for, and one that none does', async () => {
      const stranger = writePem('stranger.crt', createAuthority('a stranger').certificate)
      for (const query of [`verify-full&sslrootcert=${stranger}`, `verify-ca&sslrootcert=${stranger}`, 'verify-full'])
        await expect(queryValue(urlAt('localhost', `sslmode=${query}`), '1')).rejects.toThrow(/certificate/)
    })

    it('require encrypts without asking who answers; disable does not encrypt', async () => {
      expect(await queryValue(urlAt('127.0.0.1', 'sslmode=require'), ENCRYPTED)).toBe(true)
      expect(await queryValue(urlAt('127.0.0.1', 'sslmode=disable'), ENCRYPTED)).toBe(false)
    })

    it('does not fall back to plain text where the server has no TLS', async () => {
      const database = await openDatabase({ url: server.url, pool: 1, migrations: [] })
      await database.query('ALTER SYSTEM SET ssl = off')
      await database.query('SELECT pg_reload_conf()')
      await database.destroy()
      await expect(queryValue(urlAt('localhost', 'sslmode=require'), '1')).rejects.toThrow('does not support SSL')
    })
  })
})
