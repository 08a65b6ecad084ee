import pg from 'pg'
import type { NewLogin } from '#analytics'
import { CATALOGUE_NAMES, FollowCases, metricNamed, metricSql } from '#analytics'
import { openDatabase } from '#event-store'
import type { DataSource } from 'typeorm'
import { GOLDEN, GOLDEN_OCTOBER, at } from '../../libs/analytics/test/golden'
import { GOLDEN_FIGURES, GOLDEN_OCTOBER_FIGURES } from '../../libs/analytics/test/golden-figures'
import { untilStreamsReadable } from '../../libs/analytics/test/follow'
import { writeCommands } from '../../libs/analytics/test/history-writer'
import { addLogin, loginLines, removeLogin } from '../../apps/worker/src/analytics/logins'
import { findFlaws } from '../../apps/worker/src/database/commands'
import { freshDatabase, type FreshDatabase } from '../postgres/database'
import { TEST_ROLES } from '../postgres/test-roles'

const ORGS = [1, 2] as const
const VIEWS = ['cases', 'actions', 'appeals', 'deadlines', 'days', 'measure_day', 'freshness']
const NOW = Date.now()

let fresh: FreshDatabase
let owner: DataSource
let logins: NewLogin[]
let ours: pg.Client
let theirs: pg.Client

beforeAll(async () => {
  fresh = await freshDatabase()
  owner = await openDatabase({ url: fresh.url, pool: 3, migrations: [] })
  for (const org of ORGS)
    await owner.query('INSERT INTO organisation (id, slug, name) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $2)', [
      org,
      `org-${org}`,
    ])
  await writeCommands(owner, [...GOLDEN, ...GOLDEN_OCTOBER])
  // The other organisation has the first of the cases only.
  await writeCommands(owner, [{ ...GOLDEN[0], n: 90, org: 2, store: 9 } as (typeof GOLDEN)[number]])
  await untilStreamsReadable(owner)
  const follow = new FollowCases(owner)
  while ((await follow.next(at(14, 12), [...ORGS])) > 0);
  logins = []
  for (const org of ORGS)
    logins.push(await addLogin(owner, { prefix: TEST_ROLES, slug: `org-${org}`, days: 30, now: NOW }))
  ;[ours, theirs] = (await Promise.all(logins.map(connect))) as [pg.Client, pg.Client]
})
afterAll(async () => {
  for (const client of [ours, theirs]) await client.end().catch(() => undefined)
  for (const { login } of logins) await removeLogin(owner, login, NOW).catch(() => undefined)
  await owner.destroy()
  await fresh.drop()
})

async function connect({ login, password }: NewLogin): Promise<pg.Client> {
  const url = new URL(fresh.url)
  ;[url.username, url.password] = [login, password]
  const client = new pg.Client({ connectionString: url.href })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
const rowsOf = async (client: pg.Client, sql: string): Promise<Record<string, unknown>[]> =>
  (await client.query<Record<string, unknown>>(sql)).rows
const codeOf = (client: pg.Client, sql: string): Promise<string> =>
  client.query(sql).then(
    () => 'done',
    (error: { code: string }) => error.code,
  )
const DENIED = '42501'

describe('a database login of an organisation', () => {
  it.each(VIEWS)('reads its own rows of analytics.%s, each column with a comment', async (view) => {
    const [mine, others] = await Promise.all(
      [ours, theirs].map((client) => rowsOf(client, `SELECT to_jsonb(v) AS row FROM analytics.${view} v`)),
    )
    const expected = { cases: [7, 1], actions: [5, 1], appeals: [1, 0], deadlines: [2, 0], freshness: [1, 1] }
    if (view in expected) expect([mine?.length, others?.length]).toEqual(expected[view as 'cases'])
    const stores = new Set((others ?? []).map(({ row }) => (row as { store?: number }).store))
    expect([...stores].filter((store) => store !== 9 && store !== undefined)).toEqual([])
    const uncommented = await rowsOf(
      ours,
      `SELECT attname FROM pg_attribute WHERE attrelid = 'analytics.${view}'::regclass AND attnum > 0
       AND col_description(attrelid, attnum) IS NULL`,
    )
    expect(uncommented).toEqual([])
  })

  it('gets the figures that were counted on paper, by the SQL of the catalogue', async () => {
    const figures = [
      ...GOLDEN_FIGURES.map(([metric, expected]) => [metric, '2026-11-09', expected] as const),
      ...GOLDEN_OCTOBER_FIGURES.map(([metric, expected]) => [metric, '2026-10-05', expected] as const),
    ]
    for (const [metric, monday, expected] of figures) {
      const rows = await rowsOf(ours, `SELECT s.*, day::text FROM (${metricSql(metricNamed(metric))}) AS s`)
      const byDay = new Map(rows.map((row) => [row['day'], row]))
      const shown = expected.map((figure, nth) => {
        const row = byDay.get(new Date(Date.parse(monday) + nth * 86_400_000).toISOString().slice(0, 10))
        // A day without any row is not in it.
        if (row === undefined) return figure
        if (row['numerator'] === undefined) return Number(row['value'])
        return row['value'] === null ? 'no-denominator' : `${String(row['numerator'])}/${String(row['denominator'])}`
      })
      expect([metric, shown]).toEqual([metric, expected])
      if (expected.some((figure) => typeof figure === 'number' && figure > 0)) expect(byDay.size).toBeGreaterThan(0)
    }
    for (const metric of CATALOGUE_NAMES) await rowsOf(ours, metricSql(metricNamed(metric)))
  })

  it('sees the same sums in the row of a day, with yuan beside fen', async () => {
    const rows = await rowsOf(
      ours,
      `SELECT day::text, cases::int, dispute_refunds::int, refunded_fen::int, refunded_yuan::text FROM days
       WHERE day >= '2026-11-01' ORDER BY day, kind`,
    )
    const total = (name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0)
    expect([total('cases'), total('dispute_refunds'), total('refunded_fen'), total('refunded_yuan')]).toEqual([
      ...[4, 1, 15_000, 150],
    ])
  })

  it('finds no person and no text of one', async () => {
    for (const view of VIEWS) {
      const text = JSON.stringify(await rowsOf(ours, `SELECT to_jsonb(v) AS row FROM analytics.${view} v`))
      for (const word of ['七天无理由', '漏发', '"lin"', 'phone', 'buyer_']) expect(text).not.toContain(word)
    }
  })

  it.each([
    ['INSERT INTO analytics.cases (case_number) VALUES (1)', DENIED],
    ['UPDATE analytics.cases SET status = status', DENIED],
    ['DELETE FROM analytics.measure_day', DENIED],
    ['CREATE TABLE analytics.mine (a int)', DENIED],
    ['CREATE TABLE public.mine (a int)', DENIED],
    ['CREATE TEMP TABLE mine (a int)', DENIED],
    ['SELECT * FROM public.case_fact', DENIED],
    ['SELECT * FROM public.analytics_login', DENIED],
    ['SELECT * FROM public.stream', DENIED],
    ['SELECT * FROM public.store', DENIED],
    [`SET ROLE ${TEST_ROLES}_analytics`, DENIED],
    [`SET SESSION AUTHORIZATION ${TEST_ROLES}_analytics`, DENIED],
    [`COPY analytics.cases TO PROGRAM 'cat'`, DENIED],
  ])('is refused %s, also after it has lifted its own limits', async (sql, code) => {
    await ours.query(`SET default_transaction_read_only = off; SET shouhou.orgs = '{1,2}'`)
    expect(await codeOf(ours, sql)).toBe(code)
    expect((await rowsOf(ours, 'SELECT DISTINCT store FROM analytics.cases')).map(({ store }) => store)).toEqual([1])
  })

  it('reads no table and calls no function with the rights of another, in any schema of ours', async () => {
    const readable = await rowsOf(
      ours,
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'S')
         AND (has_any_column_privilege(oid, 'SELECT') OR (relkind = 'S' AND has_sequence_privilege(oid, 'USAGE')))
       UNION ALL
       SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef AND has_function_privilege(oid, 'EXECUTE')
         AND pronamespace <> 'pg_catalog'::regnamespace`,
    )
    expect(readable).toEqual([])
  })

  it('is limited in time, connections and statements, and its name does not say whose it is', async () => {
    const [role] = await owner.query<object[]>(
      `SELECT rolconnlimit, rolvaliduntil, rolsuper, rolinherit, rolconfig FROM pg_roles WHERE rolname = $1`,
      [logins[0]?.login],
    )
    expect(role).toEqual({
      ...{ rolconnlimit: 4, rolvaliduntil: logins[0]?.validUntil, rolsuper: false, rolinherit: false },
      rolconfig: [
        'search_path=analytics',
        'TimeZone=Asia/Shanghai',
        'default_transaction_read_only=on',
        'statement_timeout=60s',
        'idle_in_transaction_session_timeout=30s',
        'temp_file_limit=1GB',
      ],
    })
    expect(logins[0]?.login).toMatch(new RegExp(`^${TEST_ROLES}_bi_[0-9a-f]{6}$`))
    expect(await loginLines(owner, NOW)).toEqual(
      logins.map(({ login, org, validUntil }) => `${login}  org-${org}  valid until ${validUntil.toISOString()}`),
    )
  })
})

describe('npm run database -- check', () => {
  const flaws = async () =>
    (await findFlaws(owner, { prefix: TEST_ROLES, ownAddresses: false }))
      .map(({ flaw }) => flaw)
      .filter((flaw) => !flaw.includes('tables are older'))

  it('finds the views and logins as they should be', async () => expect(await flaws()).toEqual([]))

  it.each([
    [
      'GRANT SELECT ON analytics.cases TO PUBLIC',
      /SELECT on analytics."cases" to PUBLIC/,
      'REVOKE SELECT ON analytics.cases FROM PUBLIC',
    ],
    [
      'ALTER VIEW analytics.cases OWNER TO CURRENT_USER',
      /belongs to .*, whose rows it shows/,
      `GRANT CREATE ON SCHEMA analytics TO ${TEST_ROLES}_analytics; ALTER VIEW analytics.cases OWNER TO ${TEST_ROLES}_analytics; REVOKE CREATE ON SCHEMA analytics FROM ${TEST_ROLES}_analytics`,
    ],
    [
      'ALTER VIEW analytics.cases RESET (security_barrier)',
      /no security barrier/,
      'ALTER VIEW analytics.cases SET (security_barrier = true)',
    ],
    [
      'CREATE VIEW analytics.more AS SELECT * FROM public.stream',
      /analytics.more is in no list/,
      'DROP VIEW analytics.more',
    ],
    [`CREATE ROLE ${TEST_ROLES}_bi_hand LOGIN`, /_bi_hand is in no list/, `DROP ROLE ${TEST_ROLES}_bi_hand`],
  ])('finds %s', async (harm, flaw, undo) => {
    await owner.query(harm)
    const found = await flaws()
    await owner.query(undo)
    expect(found.join('\n')).toMatch(flaw)
    expect(await flaws()).toEqual([])
  })
})

describe('the end of a login', () => {
  it('at its time it sees nothing any more, in an open session either', async () => {
    await owner.query('UPDATE analytics_login SET valid_until = now() WHERE login = $1', [logins[1]?.login])
    expect(await rowsOf(theirs, 'SELECT * FROM analytics.cases')).toEqual([])
  })

  it('revoked, it is gone with its sessions, and both are in the audit', async () => {
    const login = logins[0]?.login ?? ''
    await removeLogin(owner, login, NOW)
    expect(await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [login])).toEqual([])
    expect(await codeOf(ours, 'SELECT * FROM analytics.cases')).not.toBe('done')
    const entries = await owner.query<{ action: string; subject: string }[]>(
      'SELECT action, subject FROM audit_entry WHERE org = 1 ORDER BY n',
    )
    expect(entries).toEqual(
      ['made', 'revoked'].map((done) => ({ action: `database-login.${done}`, subject: `database-login:${login}` })),
    )
    await expect(removeLogin(owner, login, NOW)).rejects.toThrow(/No login is called/)
  })
})
