import pg from 'pg'
import type { NewLogin } from '#analytics'
import { FollowCases } from '#analytics'
import { openDatabase } from '#event-store'
import type { DataSource } from 'typeorm'
import { addLogin, removeLogin } from '../../apps/worker/src/analytics/logins'
import { GOLDEN, at } from '../../libs/analytics/test/golden'
import { untilStreamsReadable } from '../../libs/analytics/test/follow'
import { writeCommands } from '../../libs/analytics/test/history-writer'
import { findFlaws } from '../../apps/worker/src/database/commands'
import { runStatement, testServerUrl } from '../postgres/server'
import { freshDatabase, type FreshDatabase } from '../postgres/database'
import { TEST_ROLES } from '../postgres/test-roles'

const NOW = Date.now()
const LIFT_LIMITS = 'SET default_transaction_read_only = off; SET idle_in_transaction_session_timeout = 0'

let fresh: FreshDatabase
let owner: DataSource
let login: NewLogin
let client: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = await openDatabase({ url: fresh.url, pool: 3, migrations: [] })
  await owner.query(`INSERT INTO organisation (id, slug, name) OVERRIDING SYSTEM VALUE VALUES (1, 'org-1', 'org-1')`)
  await writeCommands(owner, GOLDEN)
  await untilStreamsReadable(owner)
  const follow = new FollowCases(owner)
  while ((await follow.next(at(14, 12), [1])) > 0);
})
afterAll(async () => {
  await owner.destroy()
  await fresh.drop()
})
beforeEach(async () => {
  login = await addLogin(owner, { prefix: TEST_ROLES, slug: 'org-1', days: 30, now: NOW })
  const url = new URL(fresh.url)
  ;[url.username, url.password] = [login.login, login.password]
  client = new pg.Client({ connectionString: url.href })
  client.on('error', () => undefined)
  await client.connect()
})
afterEach(async () => {
  await client.end().catch(() => undefined)
  await removeLogin(owner, login.login, NOW).catch(() => undefined)
})

const codeOf = (sql: string): Promise<string> =>
  client.query(sql).then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const casesSeen = async (): Promise<number> => (await client.query('SELECT FROM analytics.cases')).rowCount ?? -1
const sessions = (): Promise<unknown[]> =>
  owner.query(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid = $1`,
    [processId],
  )
let processId: number
const noteProcess = async (): Promise<void> => {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  processId = rows[0]?.pid ?? 0
}
const roleExists = async (): Promise<boolean> =>
  (await owner.query<unknown[]>('SELECT 1 FROM pg_roles WHERE rolname = $1', [login.login])).length > 0

describe('a login that lifts its own limits', () => {
  it.each(['SELECT lo_create(0)', 'SELECT lo_creat(-1)', `SELECT lo_from_bytea(0, 'x')`])(
    'writes no large object: %s',
    async (sql) => {
      await client.query(LIFT_LIMITS)
      expect(await codeOf(sql)).toBe('42501')
    },
  )

  it('sees nothing after its day, also in a transaction that began before', async () => {
    await client.query(LIFT_LIMITS)
    await owner.query(
      `UPDATE analytics_login SET valid_until = clock_timestamp() + interval '1 second' WHERE login = $1`,
      [login.login],
    )
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ')
    expect(await casesSeen()).toBe(4)
    await client.query('SELECT pg_sleep(1.1)')
    expect(await casesSeen()).toBe(0)
  })

  it('is revoked with its open sessions, which hold locks otherwise', async () => {
    await noteProcess()
    await client.query('BEGIN; SELECT FROM analytics.cases')
    expect(await sessions()).toHaveLength(1)
    await removeLogin(owner, login.login, NOW)
    expect(await sessions()).toEqual([])
    expect(await roleExists()).toBe(false)
  })

  it.each([
    ['what it owns', 'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC'],
    ['a change of its own role that is never committed', `BEGIN; ALTER ROLE CURRENT_USER SET work_mem = '1MB'`],
  ])('cannot keep its rights by %s', async (_means, sql) => {
    await client.query(LIFT_LIMITS)
    await client.query(sql)
    expect(await removeLogin(owner, login.login, NOW)).toBeUndefined()
    expect(await roleExists()).toBe(false)
  })

  it('is revoked while a view of this version is missing, as after an upgrade', async () => {
    await owner.query('DROP VIEW analytics.days')
    expect(await removeLogin(owner, login.login, NOW)).toBeUndefined()
    expect(await roleExists()).toBe(false)
    expect(await codeOf('SELECT FROM analytics.cases')).not.toBe('done')
  })

  it('loses its rights where its role cannot be dropped, too', async () => {
    const database = 'hostile_login_elsewhere'
    await runStatement(testServerUrl(), `CREATE DATABASE ${database} OWNER ${login.login}`)
    try {
      expect(await removeLogin(owner, login.login, NOW)).toMatch(/cannot be dropped/)
      expect(await codeOf('SELECT FROM analytics.cases')).not.toBe('done')
      expect(await findFlaws(owner, { prefix: TEST_ROLES, ownAddresses: false })).toContainEqual(
        expect.objectContaining({ flaw: `the login ${login.login} is in no list` }),
      )
    } finally {
      await runStatement(testServerUrl(), `DROP DATABASE ${database}`)
      await runStatement(testServerUrl(), `DROP ROLE ${login.login}`)
    }
  })

  it('fills no disk with temporary files', async () => {
    expect(await codeOf('SET temp_file_limit = -1')).toBe('42501')
    expect((await client.query('SHOW temp_file_limit')).rows).toEqual([{ temp_file_limit: '1GB' }])
  })
})
