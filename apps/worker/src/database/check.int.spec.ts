/** `npm run database -- check`: what was changed by hand is found, and what the check names puts it right. */
import type { DataSource } from 'typeorm'
import { PROCESS_ROLES, createRoleSql } from '#event-store'
import { useManagedDatabase } from '../../../../test/postgres/managed-database'
import { ALL_MIGRATIONS } from '../bring-up-to-date'
import { applyRoles, findFlaws, rolesSql } from './commands'

const managed = useManagedDatabase(ALL_MIGRATIONS)
const { name: NAME, owner: OWNER, asAdministrator } = managed
const APPLY = 'npm run database -- apply'
const ONE_ADDRESS = { ownAddresses: false }

let owner: DataSource
const flawsNow = async (): Promise<string[]> => (await findFlaws(owner, ONE_ADDRESS)).map(({ flaw }) => flaw)

beforeAll(async () => {
  owner = managed.database
  for (const role of PROCESS_ROLES) await asAdministrator(createRoleSql(NAME, role))
  await asAdministrator(await rolesSql(owner, ONE_ADDRESS))
  await applyRoles(owner, {})
})

/** The condition of the policies `tenants`. */
const NAMED = `org = ANY ((SELECT nullif(current_setting('shouhou.orgs', true), '')::int[])::int[])`
const unsound = (name: string, table: string): string => `POLICY ${name} of the table ${table} is not as it should be`

/** What is done by hand, what the check says, what puts it right, and what remains to be tidied up. */
type Case = readonly [harm: string, flaw: string, fix: string, ...tidy: string[]]

const OF_ROLES: readonly Case[] = [
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
    `REASSIGN OWNED BY "${NAME}_console" TO "${OWNER}";`,
    'DROP TABLE stray',
  ],
]

const OF_POLICIES: readonly Case[] = [
  ['ALTER TABLE event NO FORCE ROW LEVEL SECURITY', 'row-level security of the table event is not forced', APPLY],
  [
    'CREATE TABLE stray (org int)',
    'row-level security of the table stray is not forced',
    'ALTER TABLE "stray" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;',
    'DROP TABLE stray',
  ],
  ['DROP POLICY tenants ON timer', unsound('tenants', 'timer'), APPLY],
  ['ALTER POLICY tenants ON timer USING (true)', unsound('tenants', 'timer'), APPLY],
  [`ALTER POLICY tenants ON timer USING (${NAMED} OR true)`, unsound('tenants', 'timer'), APPLY],
  [`ALTER POLICY tenants ON timer USING (${NAMED}) WITH CHECK (true)`, unsound('tenants', 'timer'), APPLY],
  [`ALTER POLICY tenants ON timer USING (${NAMED}) WITH CHECK (${NAMED} OR true)`, unsound('tenants', 'timer'), APPLY],
  [
    `DROP POLICY tenants ON timer;
     CREATE POLICY tenants ON timer AS RESTRICTIVE TO ${NAME}_worker, ${NAME}_console USING (${NAMED})`,
    unsound('tenants', 'timer'),
    APPLY,
  ],
  [
    `DROP POLICY tenants ON timer; CREATE POLICY tenants ON timer FOR SELECT TO ${NAME}_worker, ${NAME}_console USING (${NAMED})`,
    unsound('tenants', 'timer'),
    APPLY,
  ],
  // Without the gateway, and with one role too many.
  [`ALTER POLICY tenants ON message TO ${NAME}_worker, ${NAME}_console`, unsound('tenants', 'message'), APPLY],
  [
    `ALTER POLICY tenants ON case_fact TO ${NAME}_console, ${NAME}_worker, ${NAME}_analytics`,
    unsound('tenants', 'case_fact'),
    APPLY,
  ],
  [
    `DROP POLICY across_worker ON outgoing; CREATE POLICY across_worker ON outgoing FOR ALL TO ${NAME}_worker USING (true)`,
    unsound('across_worker', 'outgoing'),
    APPLY,
  ],
  ['ALTER POLICY owner ON timer TO pg_monitor', unsound('owner', 'timer'), APPLY],
  [`ALTER POLICY logins ON case_fact USING (true)`, unsound('logins', 'case_fact'), APPLY],
  [`ALTER POLICY logins ON case_fact USING (org = 1 OR CURRENT_USER <> '')`, unsound('logins', 'case_fact'), APPLY],
  [
    'CREATE POLICY wide ON timer USING (true)',
    'POLICY wide of the table timer is in no list',
    'DROP POLICY "wide" ON "timer";',
  ],
  [
    'CREATE POLICY wide ON timer FOR SELECT TO pg_monitor USING (true)',
    'POLICY wide of the table timer is in no list',
    'DROP POLICY "wide" ON "timer";',
  ],
  // A name that other tables have.
  [
    `CREATE POLICY across_worker ON timer FOR SELECT TO ${NAME}_worker USING (true)`,
    'POLICY across_worker of the table timer is in no list',
    'DROP POLICY "across_worker" ON "timer";',
  ],
]

const OF_PRIVILEGES: readonly Case[] = [
  [
    `GRANT SELECT (digest) ON message TO ${NAME}_analytics`,
    `in no list: SELECT (digest) on message to ${NAME}_analytics`,
    `REVOKE SELECT (digest) ON "message" FROM "${NAME}_analytics";`,
  ],
  ['GRANT SELECT ON event TO PUBLIC', 'in no list: SELECT on event to PUBLIC', 'REVOKE SELECT ON "event" FROM PUBLIC;'],
  [`REVOKE INSERT ON event FROM ${NAME}_worker`, `missing: INSERT on event to ${NAME}_worker`, APPLY],
  ...(['gateway', 'worker', 'console'] as const).map((role): Case => [
    `REVOKE USAGE ON SEQUENCE effect_token FROM ${NAME}_${role}`,
    `missing: USAGE on effect_token to ${NAME}_${role}`,
    APPLY,
  ]),
  [
    `GRANT UPDATE ON SEQUENCE effect_token TO ${NAME}_worker`,
    `in no list: UPDATE on effect_token to ${NAME}_worker`,
    `REVOKE UPDATE ON SEQUENCE "effect_token" FROM "${NAME}_worker";`,
  ],
  [
    `GRANT USAGE ON SEQUENCE effect_token TO ${NAME}_analytics`,
    `in no list: USAGE on effect_token to ${NAME}_analytics`,
    `REVOKE USAGE ON SEQUENCE "effect_token" FROM "${NAME}_analytics";`,
  ],
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
]

describe('npm run database -- check', () => {
  it('finds nothing where nothing was changed', async () => {
    expect(await flawsNow()).toEqual([])
  })

  it.each([...OF_ROLES, ...OF_POLICIES, ...OF_PRIVILEGES])(
    'after %s it says what is wrong, and what it names puts it right',
    async (harm, flaw, fix, ...tidy) => {
      await asAdministrator(harm)
      expect(await findFlaws(owner, ONE_ADDRESS)).toEqual([{ flaw, fix }])
      if (fix === APPLY) await applyRoles(owner, { again: true })
      else await asAdministrator(fix)
      expect(await flawsNow()).toEqual([])
      for (const sql of tidy) await asAdministrator(sql)
    },
  )

  it('says that tables are older than this version, and which policy cannot be as it should be for it', async () => {
    await asAdministrator("DELETE FROM migrations WHERE name LIKE 'FeedStall%'")
    await asAdministrator('ALTER TABLE dead_letter RENAME headers TO earlier_name')
    expect(await flawsNow()).toEqual(['the tables are older than this version', unsound('tenants', 'dead_letter')])
    await asAdministrator('ALTER TABLE dead_letter RENAME earlier_name TO headers')
    await asAdministrator("INSERT INTO migrations (timestamp, name) VALUES (1700000000224, 'FeedStall1700000000224')")
    expect(await flawsNow()).toEqual([])
  })

  it('leaves the database as it was', async () => {
    const tables = (): Promise<unknown> => owner.query('SELECT relname FROM pg_class ORDER BY 1')
    const before = await tables()
    await flawsNow()
    expect(await tables()).toEqual(before)
  })
})
