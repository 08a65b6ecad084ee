/** A managed PostgreSQL: the owner of the database may create no roles, and an administrator runs what we print. */
import { ANALYTICS_MIGRATIONS } from '#analytics'
import type { DataSource } from 'typeorm'
import { PROCESS_ROLES, databaseUrlAs, feedStallMs, openDatabase, roleName } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { TEAMWORK_MIGRATIONS } from '#teamwork'
import { openRuntime } from '#runtime'
import { useManagedDatabase } from '../../../../test/postgres/managed-database'
import { runStatement, testServerUrl } from '../../../../test/postgres/server'
import { ALL_MIGRATIONS, ALL_TABLES } from '../bring-up-to-date'
import { applyRoles, findFlaws, rolesSql } from './commands'

const managed = useManagedDatabase(ALL_MIGRATIONS)
const { name: NAME, owner: OWNER, addressOf, asAdministrator } = managed
const STRANGER = `${NAME}_stranger`
/** `openRuntime` adds those of the libraries that every process has. */
const OF_OTHER_LIBRARIES = [
  ...LEDGER_MIGRATIONS,
  ...READ_MODEL_MIGRATIONS,
  ...ANALYTICS_MIGRATIONS,
  ...MESSAGING_MIGRATIONS,
  ...TEAMWORK_MIGRATIONS,
]
const ONE_ADDRESS = { ownAddresses: false }
const OWN_ADDRESSES = { ownAddresses: true }

let owner: DataSource
beforeAll(() => void (owner = managed.database))
afterAll(() => runStatement(testServerUrl(), `DROP ROLE ${STRANGER}`))
const flawsNow = async (how = ONE_ADDRESS): Promise<string[]> => (await findFlaws(owner, how)).map(({ flaw }) => flaw)

async function startConsole(): Promise<string[]> {
  const said: string[] = []
  const runtime = await openRuntime({
    ...{
      app: 'console',
      role: 'console',
      databaseUrl: managed.url,
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
      url: databaseUrlAs(managed.url, `${NAME}_console`),
      pool: 1,
      migrations: [],
    })
    // Of another application on the same server: its transactions hold up the feed as well.
    await asAdministrator(`CREATE ROLE ${STRANGER} LOGIN PASSWORD 'a-password'`)
    const stranger = await openDatabase({ url: addressOf(STRANGER, 'a-password'), pool: 1, migrations: [] })
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
    const address = addressOf(`${NAME}_worker`, 'a-password-of-the-test')
    await asAdministrator(`GRANT ${NAME}_worker TO ${OWNER} WITH ADMIN OPTION`)
    await asAdministrator(`ALTER ROLE ${OWNER} CREATEROLE`)
    await applyRoles(owner, { addresses: { worker: address } })
    const worker = await openDatabase({ url: address, pool: 1, migrations: [] })
    expect(await worker.query('SELECT session_user AS user')).toEqual([{ user: `${NAME}_worker` }])
    await worker.destroy()
    await expect(applyRoles(owner, { addresses: { console: address } })).rejects.toThrow(
      `CONSOLE_DATABASE_URL: its user must be ${NAME}_console`,
    )
  })

  it('where one address is wrong or one password is refused, no role gets another password', async () => {
    const before = addressOf(`${NAME}_worker`, 'a-password-of-the-test')
    const after = addressOf(`${NAME}_worker`, 'another-password')
    const works = async (url: string): Promise<boolean> => {
      const worker = await openDatabase({ url, pool: 1, migrations: [] }).catch(() => undefined)
      await worker?.destroy()
      return worker !== undefined
    }
    const wrong = { worker: after, console: addressOf(`${NAME}_console`, ''), analytics: before }
    await expect(applyRoles(owner, { addresses: wrong })).rejects.toMatchObject({
      message: expect.stringMatching(
        new RegExp(
          `CONSOLE_DATABASE_URL: has no password[^]*ANALYTICS_DATABASE_URL: its user must be ${NAME}_analytics`,
        ),
      ),
    })
    expect([await works(before), await works(after)]).toEqual([true, false])
    // The owner administers the role of the worker only.
    const refused = { worker: after, console: addressOf(`${NAME}_console`, 'x') }
    await expect(applyRoles(owner, { addresses: refused })).rejects.toMatchObject({ code: '42501' })
    expect([await works(before), await works(after)]).toEqual([true, false])
    await asAdministrator(`ALTER ROLE ${OWNER} NOCREATEROLE`)
  })
})
