import { Client } from 'pg'
import type { DataSource } from 'typeorm'
import { PROCESS_ROLES, databaseUrlAs, feedStallMs, openDatabase, roleName, withTenants } from '#event-store'
import { ALL_TABLES } from '../postgres/migrations'
import { TEST_ROLES } from '../postgres/test-roles'
import { useTestDatabase, rowsOf } from '../postgres/test-database'
import { addRow, dropChecks } from './organisation-rows'

const db = useTestDatabase(4)
const [OURS, THEIRS] = [7, 8]

const tenantTables = Object.entries(ALL_TABLES).flatMap(([name, access]) =>
  access.type === 'tenants' ? [{ name, access }] : [],
)
const as = (role: (typeof PROCESS_ROLES)[number]): string => databaseUrlAs(db.url, roleName(TEST_ROLES, role))

beforeAll(async () => {
  await dropChecks(db.database)
  for (const { name } of tenantTables)
    for (const [n, org] of [OURS, THEIRS].entries()) await addRow(db.database, name, org, n)
})

interface Table {
  readonly name: string
  readonly secured: boolean
}

/** Tables that are not declared, and those of organisations without forced row-level security. */
async function openTables(): Promise<string[]> {
  const tables = await rowsOf<Table>(
    db,
    `SELECT relname AS name, relrowsecurity AND relforcerowsecurity AS secured FROM pg_class
     WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace ORDER BY relname`,
  )
  return tables
    .filter(({ name, secured }) => {
      const access = Object.entries(ALL_TABLES).find(([known]) => known === name)?.[1]
      return access === undefined || (access.type === 'tenants' && !secured)
    })
    .map(({ name }) => name)
}

describe('every table of the migrated schema (fault C4)', () => {
  it('is under forced row-level security, or is declared with the reason why it has no organisation', async () => {
    expect(await openTables()).toEqual([])
    for (const access of Object.values(ALL_TABLES))
      if (access.type === 'shared') expect(access.because.length).toBeGreaterThan(10)
  })

  // A session and a second factor belong to a person; `org` says where they were made.
  it('has no column for an organisation if it is declared as shared, except those of people', async () => {
    const shared = Object.entries(ALL_TABLES).flatMap(([name, { type }]) => (type === 'shared' ? [name] : []))
    expect(
      await rowsOf(
        db,
        `SELECT attrelid::regclass::text AS name FROM pg_attribute WHERE attname = 'org' AND attrelid = ANY($1::text[]::regclass[]) ORDER BY 1`,
        [shared],
      ),
    ).toEqual([])
  })

  it('is written across organisations only by the listed processes, each with the reason', () => {
    const writers = tenantTables.flatMap(({ name, access }) => access.writesAcross.map((role) => `${role}: ${name}`))
    expect(writers).toEqual(['console: session', 'console: totp', 'worker: dead_letter'])
    for (const { access } of tenantTables)
      for (const role of access.writesAcross) expect(access.across[role]?.length).toBeGreaterThan(10)
  })

  it('canary: is reported if it is new and undeclared, or if its security is switched off', async () => {
    await rowsOf(db, 'CREATE TABLE new_table (org int)')
    await rowsOf(db, 'ALTER TABLE event NO FORCE ROW LEVEL SECURITY')
    expect(await openTables()).toEqual(['event', 'new_table'])
    await rowsOf(db, 'ALTER TABLE event FORCE ROW LEVEL SECURITY')
    await rowsOf(db, 'DROP TABLE new_table')
  })

  it('belongs to the owner: no view shows it with other rights, and the functions that do are declared', async () => {
    const schema = 'current_schema()::regnamespace'
    expect(
      await rowsOf(db, `SELECT relname FROM pg_class WHERE relkind IN ('v', 'm') AND relnamespace = ${schema}`),
    ).toEqual([])
    const definers = `SELECT oid::regprocedure::text AS name FROM pg_proc WHERE prosecdef AND pronamespace = ${schema} ORDER BY 1`
    expect((await rowsOf<{ name: string }>(db, definers)).map(({ name }) => name)).toEqual(
      Object.entries(ALL_TABLES)
        .flatMap(([name, { type }]) => (type === 'function' ? [name] : []))
        .sort(),
    )
  })
})

describe('the roles of processes', () => {
  it('are no superusers, own nothing, and do not bypass row-level security', async () => {
    const names = PROCESS_ROLES.map((role) => roleName(TEST_ROLES, role))
    expect(
      await rowsOf(
        db,
        `SELECT rolname FROM pg_roles WHERE rolname = ANY($1::text[]) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)
         UNION ALL SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = ANY($1::text[])`,
        [names],
      ),
    ).toEqual([])
    expect(await rowsOf(db, 'SELECT rolname FROM pg_roles WHERE rolname = ANY($1::text[])', [names])).toHaveLength(4)
  })

  it.each(['gateway', 'worker', 'console'] as const)('do not let the %s change or delete events', async (role) => {
    await withClient(as(role), async (client) => {
      for (const sql of ['DELETE FROM event', 'UPDATE event SET body = body', 'TRUNCATE event', 'DROP TABLE event'])
        await expect(client.query(sql)).rejects.toMatchObject({ code: '42501' })
    })
  })

  it.each(['worker', 'console'] as const)(
    'let the %s see for how long a transaction of another role has been open',
    async (role) => {
      const database = await openDatabase({ url: as(role), pool: 1, migrations: [] })
      await withClient(as('gateway'), async (client) => {
        await client.query('BEGIN')
        await client.query('SELECT pg_current_xact_id()')
        const open = performance.now()
        while ((await feedStallMs(database)) < 300) expect(performance.now() - open).toBeLessThan(10_000)
        await client.query('ROLLBACK')
      })
      await database.destroy()
    },
  )

  it('let an analytics login read facts only, and only of the organisation that it was made for, whatever it sets', async () => {
    const readable = tenantTables.filter(({ access }) => access.loginRows !== undefined)
    expect(readable.length).toBeGreaterThan(5)
    await withClient(as('analytics'), async (client) => {
      await expect(client.query('SELECT FROM stream')).rejects.toMatchObject({ code: '42501' })
      await client.query(`SET shouhou.orgs = '{${OURS},${THEIRS}}'`)
      for (const { name } of readable) expect((await client.query(`SELECT FROM "${name}"`)).rowCount).toBe(0)
    })
  })
})

describe.each(['gateway', 'worker', 'console'] as const)('a connection of the %s', (role) => {
  let database: DataSource
  beforeAll(async () => void (database = await openDatabase({ url: as(role), pool: 2, migrations: [] })))
  afterAll(() => database.destroy())

  const mine = tenantTables.filter(({ access }) => access[role] !== undefined)
  const readable = mine.filter(({ access }) => /^select(?! \()/.test(access[role] ?? ''))
  const walled = readable.filter(({ access }) => access.across[role] === undefined)
  const organisations = (name: string, expression: string): Promise<{ org: number; n: number }[]> =>
    database.query(`SELECT ${expression} AS org, count(*)::int AS n FROM "${name}" GROUP BY 1 ORDER BY 1`)

  if (walled.length > 0)
    it.each(walled)(
      'sees only rows of $name that belong to the organisations of its transaction',
      async ({ name, access }) => {
        const seen = (orgs: readonly number[]): Promise<unknown> =>
          withTenants(orgs, () => organisations(name, access.organisation))
        expect(await seen([OURS])).toEqual([{ org: OURS, n: 1 }])
        expect(await seen([THEIRS])).toEqual([{ org: THEIRS, n: 1 }])
        expect(await seen([OURS, THEIRS])).toEqual([
          { org: OURS, n: 1 },
          { org: THEIRS, n: 1 },
        ])
        expect(await seen([])).toEqual([])
        expect(await organisations(name, access.organisation)).toEqual([])
      },
    )

  // The tables where a process writes rows of every organisation are listed above.
  const walledWrites = mine.filter(({ access }) => !access.writesAcross.includes(role))
  const removable = walledWrites.filter(({ access }) => /\bdelete\b/.test(access[role] ?? ''))
  if (removable.length > 0)
    it.each(removable)('deletes no row of $name that belongs to another organisation', async ({ name, access }) => {
      await withTenants([OURS], () => database.query(`DELETE FROM "${name}" WHERE ${access.organisation} = ${THEIRS}`))
      await database.query(`DELETE FROM "${name}" WHERE ${access.organisation} = ${THEIRS}`)
      expect(
        await rowsOf(db, `SELECT count(*)::int AS n FROM "${name}" WHERE ${access.organisation} = ${THEIRS}`),
      ).toEqual([{ n: 1 }])
    })

  it.each(walledWrites.filter(({ access }) => access.organisation === 'org' && /\binsert\b/.test(access[role] ?? '')))(
    'inserts no row into $name for another organisation',
    async ({ name }) => {
      // The policy is asked before any other constraint: the row needs nothing else.
      const insert = (): Promise<unknown> => database.query(`INSERT INTO "${name}" (org) VALUES (${THEIRS})`)
      await expect(withTenants([OURS], insert)).rejects.toMatchObject({ code: '42501' })
      await expect(insert()).rejects.toMatchObject({ code: '42501' })
    },
  )
})

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
