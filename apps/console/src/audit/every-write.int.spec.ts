import type { OpenApi } from '../../test/contract'
import { EVERY_ACCOUNT_WRITE } from '../../test/every-account-write'
import { EVERY_BUYER_WRITE } from '../../test/every-buyer-write'
import { everyOidcWrite } from '../../test/every-oidc-write'
import { EVERY_WRITE, TYPED, type Write } from '../../test/every-write'
import { EVERY_PASSKEY_WRITE } from '../../test/every-passkey-write'
import { everyStoreWrite } from '../../test/every-store-write'
import { redirectUrlOf } from '../../test/oidc-browser'
import { EVERY_TEAMWORK_WRITE } from '../../test/every-teamwork-write'
import { startProvider, type TestProvider } from '../../test/oidc-provider'
import { NOON, type Stack } from '../../test/stack'
import { openConnecting, type ConnectingFixture } from '../../../../test/support/connecting-stores'

/** They change nothing, although they are no GET. */
const CHANGE_NOTHING = [
  'POST /api/account/oidc',
  'POST /api/account/passkeys/begin',
  'POST /api/session/oidc',
  'POST /api/session/passkey/begin',
  'POST /api/session/proof/oidc',
  'POST /api/session/proof/passkey/begin',
  'POST /api/batches/options',
  'POST /api/links/view',
  'POST /api/presence',
  'POST /api/stores/{id}/test',
  'POST /api/strategies/{id}/versions/{version}/dry-run',
]
let fixture: ConnectingFixture
let provider: TestProvider
const WRITES = {
  ...EVERY_WRITE,
  ...EVERY_ACCOUNT_WRITE,
  ...EVERY_BUYER_WRITE,
  ...EVERY_PASSKEY_WRITE,
  ...EVERY_TEAMWORK_WRITE,
  ...everyStoreWrite(() => fixture),
  ...everyOidcWrite(() => provider),
}

interface Entry {
  readonly n: number
  readonly xmin: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

let stack: Stack
beforeAll(async () => {
  fixture = await openConnecting()
  stack = fixture.stack
  provider = await startProvider(redirectUrlOf(stack))
  stack.now = NOON
  await logChanges(stack)
})
afterAll(async () => {
  await provider.close()
  await fixture.close()
})

const entriesAfter = (n: number): Promise<Entry[]> =>
  stack.database.query(
    `SELECT n, xmin::text, actor, action, subject, details FROM audit_entry WHERE org = $1 AND n > $2 ORDER BY n`,
    [stack.ours.org, n],
  )
const lastEntry = async (): Promise<number> =>
  (await stack.database.query<{ n: number }[]>('SELECT n FROM audit_head WHERE org = $1', [stack.ours.org]))[0]?.n ?? 0

/** Logs which transactions change a row, so that those that only remove rows are found, too. */
async function logChanges({ database }: Stack): Promise<void> {
  await database.query('CREATE TABLE change_log (tx text NOT NULL)')
  // With the owner's rights: the console has none for this table.
  await database.query(
    `CREATE FUNCTION log_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
       INSERT INTO change_log VALUES (pg_current_xact_id()::xid::text); RETURN NULL;
     END $$`,
  )
  const tables = await database.query<{ name: string }[]>(
    `SELECT format('%I', table_name) AS name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'
       AND table_name NOT LIKE 'audit%' AND table_name <> 'change_log'`,
  )
  for (const { name } of tables)
    await database.query(
      `CREATE TRIGGER log_change AFTER INSERT OR UPDATE OR DELETE ON ${name} FOR EACH ROW EXECUTE FUNCTION log_change()`,
    )
}

/** Whether the transaction of the entry also changed or removed a row of another table. */
const changedAnotherRow = async ({ xmin }: Entry): Promise<boolean> =>
  (await stack.database.query<unknown[]>('SELECT FROM change_log WHERE tx = $1 LIMIT 1', [xmin])).length > 0

/** What is missing from the entries of one write; an empty list: nothing. */
async function flawsOf(entries: readonly Entry[], { subject, answer }: Write): Promise<string[]> {
  if (answer.status >= 300) return [`it was answered ${answer.status} ${JSON.stringify(answer.body)}`]
  const entry = entries.at(-1)
  if (entry === undefined) return ['there is no entry']
  const [kind = '', id = ''] = entry.subject.split(/:(.*)/)
  return [
    ...(/^(?:person|key):[\w-]+$/.test(entry.actor) ? [] : [`the actor is ${entry.actor}`]),
    ...(/^[a-z-]+\.[a-z-]+$/.test(entry.action) ? [] : [`the action is ${entry.action}`]),
    ...(subject === undefined || subject === entry.subject ? [] : [`the subject is ${entry.subject}, not ${subject}`]),
    ...(kind !== '' && id !== '' && id !== 'unknown' ? [] : [`the subject is ${entry.subject}`]),
    ...(['done', undefined].includes(entry.details['outcome'] as string)
      ? []
      : [`outcome ${String(entry.details['outcome'])}`]),
    ...((await changedAnotherRow(entry)) ? [] : ['the entry is not of the transaction that changed something']),
    ...(JSON.stringify(entries).includes(TYPED) ? ['an entry has what a person typed'] : []),
  ]
}

describe('the audit entry of every operation that is no GET', () => {
  it('is tested: this spec knows every such operation, and no other', async () => {
    const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
    const offered = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(offered.length).toBeGreaterThan(40)
    expect(offered.sort()).toEqual([...Object.keys(WRITES), ...CHANGE_NOTHING].sort())
  })

  it.each(Object.entries(WRITES))(
    'of %s has the actor, the action, the subject and the outcome',
    async (operation, perform) => {
      const before = await lastEntry()
      const write = await perform(stack)
      expect(await flawsOf(await entriesAfter(before), write)).toEqual([])
    },
  )

  it('is reported where it is missing or flawed', async () => {
    const done: Write = { subject: 'case:1', answer: { status: 200, body: {} } }
    expect(await flawsOf([], done)).toEqual(['there is no entry'])
    const entry = {
      n: 1,
      xmin: '3',
      actor: 'anonymous',
      action: 'x',
      subject: 'case:unknown',
      details: { outcome: TYPED },
    }
    expect(await flawsOf([entry], done)).toEqual([
      'the actor is anonymous',
      'the action is x',
      'the subject is case:unknown, not case:1',
      'the subject is case:unknown',
      `outcome ${TYPED}`,
      'the entry is not of the transaction that changed something',
      'an entry has what a person typed',
    ])
  })
})

describe('a write whose entry cannot be written', () => {
  it.each(['POST /api/cases/{id}/facts', 'POST /api/strategies', 'POST /api/cases/{id}/evidence'])(
    '%s changes nothing',
    async (operation) => {
      const count = async () =>
        (
          await stack.database.query<unknown[]>(
            'SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM strategy) AS strategies, (SELECT count(*) FROM evidence_piece) AS pieces',
          )
        )[0]
      await stack.database.query(
        `CREATE FUNCTION refuse_audit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           IF NEW.action IN ('case.facts-recorded', 'strategy.drafted', 'evidence.added') THEN RAISE 'full'; END IF; RETURN NEW;
         END $$`,
      )
      await stack.database.query(
        'CREATE TRIGGER refuse_audit BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_audit()',
      )
      const before = await count()
      const { answer } = await (WRITES[operation] ?? (() => Promise.reject(new Error(operation))))(stack)
      await stack.database.query('DROP FUNCTION refuse_audit CASCADE')
      const after = await count()
      expect([answer.status, answer.body['code']]).toEqual([500, 'internal'])
      // `events` differ: the case of the request was reported before it, without an audit entry.
      expect({ ...(after as object), events: 0 }).toEqual({ ...(before as object), events: 0 })
    },
  )
})

describe('a refused operation', () => {
  it('has an entry with the reason, for a missing permission and for a missing case or strategy', async () => {
    const before = await lastEntry()
    const id = '0c0c0c0c-0000-4000-8000-000000000001'
    const analyst = { login: 'analyst', role: 'analyst' } as const
    await stack.operator.post(`/api/cases/${id}/facts`, { chatExists: true }, { operator: analyst })
    await stack.operator.post(`/api/cases/${id}/facts`, { chatExists: true })
    await stack.operator.post(`/api/strategies/999/disarm`, {})
    const said = (await entriesAfter(before)).filter(({ actor }) => actor.startsWith('person:'))
    expect(said.slice(-3).map(({ action, subject, details }) => [action, subject, details['outcome']])).toEqual([
      ['access.denied', 'route:POST:/api/cases/:id/facts', undefined],
      ['case.facts-recorded', `case:${id}`, 'not-found'],
      ['strategy.disarmed', 'strategy:999', 'not-found'],
    ])
  })
})
