/** A managed PostgreSQL: the owner of the database may create no roles, and an administrator runs what we print. */
import { ANALYTICS_MIGRATIONS } from '#analytics'
import { randomBytes } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { PROCESS_ROLES, databaseUrlAs, feedStallMs, openDatabase, roleName } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { openRuntime } from '#runtime'
import { testServerUrl, runStatement, databaseUrl } from '../../../../test/postgres/server'
import { ALL_MIGRATIONS, ALL_TABLES } from '../bring-up-to-date'
import { applyRoles, findFlaws, rolesSql } from './commands'

const NAME = `managed_${randomBytes(5).toString('hex')}`
const OWNER = `${NAME}_owner`
const STRANGER = `${NAME}_stranger`
const PASSWORD = randomBytes(12).toString('hex')
const addressWith = (user: string, password: string): string => {
  const url = new URL(databaseUrl(testServerUrl(), NAME))
  ;[url.username, url.password] = [user, password]
  return url.href
}
const asAdministrator = (sql: string): Promise<void> => runStatement(databaseUrl(testServerUrl(), NAME), sql)
/** `openRuntime` adds those of the libraries that every process has. */
const OF_OTHER_LIBRARIES = [
  ...LEDGER_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
  ...ANALYTICS_MIGRATIONS,
  ...MESSAGING_MIGRATIONS,
]
const ONE_ADDRESS = { ownAddresses: false }
const OWN_ADDRESSES = { ownAddresses: true }

let owner: DataSource
const flawsNow = async (how = ONE_ADDRESS): Promise<string[]> => (await findFlaws(owner, how)).map(({ flaw }) => flaw)

beforeAll(async () => {
  await runStatement(testServerUrl(), `CREATE ROLE ${OWNER} LOGIN PASSWORD '${PASSWORD}'`)
  await runStatement(testServerUrl(), `CREATE DATABASE ${NAME} OWNER ${OWNER}`)
  owner = await openDatabase({ url: addressWith(OWNER, PASSWORD), pool: 3, migrations: ALL_MIGRATIONS })
})
afterAll(async () => {
  await owner.destroy()
  await runStatement(testServerUrl(), `DROP DATABASE ${NAME} WITH (FORCE)`)
  await runStatement(
    testServerUrl(),
    `DROP ROLE ${PROCESS_ROLES.map((role) => roleName(NAME, role)).join()}, ${OWNER}, ${STRANGER}`,
  )
})

async function startConsole(): Promise<string[]> {
  const said: string[] = []
  const runtime = await openRuntime({
    ...{
      app: 'console',
      role: 'console',
      databaseUrl: addressWith(OWNER, PASSWORD),
      keys: [Buffer.alloc(32, 7)],
      pool: 2,
    },
    ...{ migrations: OF_OTHER_LIBRARIES, tables: ALL_TABLES, report: (line) => void said.push(line) },
  })
  const [{ user } = { user: '' }] = await runtime.database.query<{ user: string }[]>('SELECT current_user AS user')
  await runtime.close()
  return [user, ...said.filter((line) => line.includes('row-level security'))]
}

describe('where the owner may create no roles', () => {
  it('a process works and reports that row-level security is off, and what to run', async () => {
    const [user, ...said] = await startConsole()
    expect(user).toBe(OWNER)
    expect(said[0]).toContain('the roles are missing and this user may not create them. `npm run database -- roles`')
    await expect(applyRoles(owner, { again: true })).rejects.toThrow('npm run database -- roles')
    expect(await flawsNow()).toEqual([
      ...PROCESS_ROLES.map((role) => `the role ${NAME}_${role} does not exist`),
      ...PROCESS_ROLES.map((role) => `the owner ${OWNER} may not act as ${NAME}_${role}`),
      `the owner ${OWNER} does not see how long transactions of other roles are open, so feed_stall_ms() and its alert stay at 0`,
      `row-level security is not applied for ${NAME}_…`,
    ])
  })

  it('roles that exist and are not granted to the owner: the process says so, too', async () => {
    for (const role of PROCESS_ROLES) await asAdministrator(`CREATE ROLE ${NAME}_${role} LOGIN NOINHERIT`)
    const [user, ...said] = await startConsole()
    expect([user, said[0]]).toEqual([OWNER, expect.stringContaining(`this user may not act as ${NAME}_console`)])
    expect(await rolesSql(owner, OWN_ADDRESSES)).toBe(
      `-- As an administrator of the server, in this database:\nGRANT pg_read_all_stats TO "${OWNER}";`,
    )
    await asAdministrator(`DROP OWNED BY ${PROCESS_ROLES.map((role) => roleName(NAME, role)).join()}`)
    for (const role of PROCESS_ROLES) await asAdministrator(`DROP ROLE ${NAME}_${role}`)
    await owner.query('DELETE FROM table_security')
  })

  it('after the printed SQL the process has its role, and nothing is left to be said', async () => {
    await asAdministrator(await rolesSql(owner, ONE_ADDRESS))
    expect(await rolesSql(owner, ONE_ADDRESS)).toBe('')
    expect(await startConsole()).toEqual([roleName(NAME, 'console')])
    expect(await flawsNow()).toEqual([])
  })

  it('feed_stall_ms() sees a transaction of a role that the owner has nothing to do with', async () => {
    const console_ = await openDatabase({
      url: databaseUrlAs(addressWith(OWNER, PASSWORD), `${NAME}_console`),
      pool: 1,
      migrations: [],
    })
    // Of another application on the same server: its transactions hold up the feed as well.
    await asAdministrator(`CREATE ROLE ${STRANGER} LOGIN PASSWORD '${PASSWORD}'`)
    const stranger = await openDatabase({ url: addressWith(STRANGER, PASSWORD), pool: 1, migrations: [] })
    const open = stranger.createQueryRunner()
    await open.startTransaction()
    await open.query('SELECT pg_current_xact_id()')
    const from = performance.now()
    while ((await feedStallMs(console_)) < 100) expect(performance.now() - from).toBeLessThan(10_000)
    // Canary: without the grant the owner is shown nothing of it.
    await asAdministrator(`REVOKE pg_read_all_stats FROM ${OWNER}`)
    expect(await feedStallMs(console_)).toBe(0)
    expect(await flawsNow()).toEqual([expect.stringContaining('feed_stall_ms() and its alert stay at 0')])
    await asAdministrator(await rolesSql(owner, ONE_ADDRESS))
    await open.rollbackTransaction()
    await open.release()
    await Promise.all([console_.destroy(), stranger.destroy()])
  })

  it('the passwords of the addresses become those of the roles; an address of another user is refused', async () => {
    const address = addressWith(`${NAME}_worker`, 'a-password-of-the-test')
    await asAdministrator(`GRANT ${NAME}_worker TO ${OWNER} WITH ADMIN OPTION`)
    await asAdministrator(`ALTER ROLE ${OWNER} CREATEROLE`)
    await applyRoles(owner, { addresses: { worker: address } })
    const worker = await openDatabase({ url: address, pool: 1, migrations: [] })
    expect(await worker.query('SELECT session_user AS user')).toEqual([{ user: `${NAME}_worker` }])
    await worker.destroy()
    await expect(applyRoles(owner, { addresses: { console: address } })).rejects.toThrow(
      `CONSOLE_DATABASE_URL: its user must be ${NAME}_console`,
    )
    await asAdministrator(`ALTER ROLE ${OWNER} NOCREATEROLE`)
  })
})

describe('npm run database -- check', () => {
  const APPLY = 'npm run database -- apply'
  it.each([
    [
      `ALTER ROLE ${NAME}_worker BYPASSRLS`,
      `the role ${NAME}_worker has BYPASSRLS`,
      `ALTER ROLE "${NAME}_worker" NOBYPASSRLS;`,
    ],
    [
      `GRANT pg_monitor TO ${NAME}_console`,
      `the role ${NAME}_console is a member of pg_monitor`,
      `REVOKE "pg_monitor" FROM "${NAME}_console";`,
    ],
    [
      `CREATE TABLE stray (id int); ALTER TABLE stray OWNER TO ${NAME}_console`,
      `the role ${NAME}_console owns 1 object`,
      `REASSIGN OWNED BY "${NAME}_console" TO "${OWNER}"; DROP TABLE stray;`,
    ],
    ['ALTER TABLE event NO FORCE ROW LEVEL SECURITY', 'row-level security of the table event is not forced', APPLY],
    ['CREATE TABLE stray (org int)', 'row-level security of the table stray is not forced', 'DROP TABLE stray'],
    ['DROP POLICY tenants ON timer', 'POLICY tenants of the table timer is not as it should be', APPLY],
    [
      `DROP POLICY tenants ON timer; CREATE POLICY tenants ON timer TO ${NAME}_console, ${NAME}_worker USING (true)`,
      'POLICY tenants of the table timer is not as it should be',
      APPLY,
    ],
    [
      `DROP POLICY logins ON case_fact; CREATE POLICY logins ON case_fact FOR SELECT TO ${NAME}_analytics USING (true)`,
      'POLICY logins of the table case_fact is not as it should be',
      APPLY,
    ],
    [
      `ALTER POLICY tenants ON case_fact TO ${NAME}_console, ${NAME}_worker, ${NAME}_analytics`,
      'POLICY tenants of the table case_fact is not as it should be',
      APPLY,
    ],
    [
      'CREATE POLICY wide ON timer USING (true)',
      'POLICY wide of the table timer is in no list',
      'DROP POLICY "wide" ON "timer";',
    ],
    [
      `GRANT SELECT (digest) ON message TO ${NAME}_analytics`,
      `in no list: SELECT (digest) on message to ${NAME}_analytics`,
      `REVOKE SELECT (digest) ON "message" FROM "${NAME}_analytics";`,
    ],
    [
      'GRANT SELECT ON event TO PUBLIC',
      'in no list: SELECT on event to PUBLIC',
      'REVOKE SELECT ON "event" FROM PUBLIC;',
    ],
    [`REVOKE INSERT ON event FROM ${NAME}_worker`, `missing: INSERT on event to ${NAME}_worker`, APPLY],
    [
      'GRANT EXECUTE ON FUNCTION feed_stall_ms() TO PUBLIC',
      'in no list: EXECUTE on feed_stall_ms() to PUBLIC',
      'REVOKE EXECUTE ON FUNCTION feed_stall_ms() FROM PUBLIC;',
    ],
    [
      'GRANT CREATE ON SCHEMA public TO PUBLIC',
      'in no list: CREATE on public to PUBLIC',
      'REVOKE CREATE ON SCHEMA "public" FROM PUBLIC;',
    ],
    ["DELETE FROM migrations WHERE name LIKE 'FeedStall%'", 'the tables are older than this version', undefined],
  ])('after %s it says what is wrong, and what it names puts it right', async (harm, flaw, fix) => {
    await asAdministrator(harm)
    const [found, ...more] = await findFlaws(owner, ONE_ADDRESS)
    expect([found?.flaw, more.map(({ flaw: other }) => other)]).toEqual([flaw, []])
    if (fix === undefined)
      return asAdministrator(
        "INSERT INTO migrations (timestamp, name) VALUES (1700000000224, 'FeedStall1700000000224')",
      )
    if (fix === APPLY) {
      expect(found?.fix).toBe(APPLY)
      await applyRoles(owner, { again: true })
    } else {
      if (!fix.includes('DROP TABLE')) expect(found?.fix).toBe(fix)
      await asAdministrator(fix)
    }
    expect(await flawsNow()).toEqual([])
  })
})
