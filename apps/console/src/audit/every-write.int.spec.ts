import type { OpenApi } from '../../test/contract'
import { EVERY_ACCOUNT_WRITE } from '../../test/every-account-write'
import { EVERY_WRITE, TYPED, type Write } from '../../test/every-write'
import { openStack, type Stack } from '../../test/stack'

/** They change nothing, although they are no GET. */
const CHANGE_NOTHING = ['POST /api/links/view', 'POST /api/strategies/{id}/versions/{version}/dry-run']
/** They leave no row that they changed. */
const REMOVE_ROWS = ['DELETE /api/account/second-factor', 'POST /api/people/{id}/remove-second-factor']
const WRITES = { ...EVERY_WRITE, ...EVERY_ACCOUNT_WRITE }

interface Entry {
  readonly n: number
  readonly xmin: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly details: Readonly<Record<string, unknown>>
}

let stack: Stack
let tables: string[]
beforeAll(async () => {
  stack = await openStack()
  tables = (
    await stack.database.query<{ name: string }[]>(
      `SELECT format('%I', table_name) AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'audit%'`,
    )
  ).map(({ name }) => name)
})
afterAll(() => stack.close())

const entriesAfter = (n: number): Promise<Entry[]> =>
  stack.database.query(
    `SELECT n, xmin::text, actor, action, subject, details FROM audit_entry WHERE org = $1 AND n > $2 ORDER BY n`,
    [stack.ours.org, n],
  )
const lastEntry = async (): Promise<number> =>
  (await stack.database.query<{ n: number }[]>('SELECT n FROM audit_head WHERE org = $1', [stack.ours.org]))[0]?.n ?? 0

/** Whether the transaction of the entry also left a row in another table. */
const changedWith = async ({ xmin }: Entry): Promise<boolean> =>
  (
    await stack.database.query<unknown[]>(
      tables.map((table) => `(SELECT 1 FROM ${table} WHERE xmin::text = $1 LIMIT 1)`).join(' UNION ALL '),
      [xmin],
    )
  ).length > 0

/** What is missing from the entries of one write; an empty list: nothing. */
async function flawsOf(entries: readonly Entry[], { subject, answer }: Write, operation = ''): Promise<string[]> {
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
    ...(REMOVE_ROWS.includes(operation) || (await changedWith(entry))
      ? []
      : ['the entry is not of the transaction that changed something']),
    ...(JSON.stringify(entries).includes(TYPED) ? ['an entry has what a person typed'] : []),
  ]
}

describe('every operation that is no GET', () => {
  it('is known to this test, and no other is', async () => {
    const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
    const offered = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(offered.length).toBeGreaterThan(40)
    expect(offered.sort()).toEqual([...Object.keys(WRITES), ...CHANGE_NOTHING].sort())
  })

  it.each(Object.entries(WRITES))('%s leaves who, what, whose and with which outcome', async (operation, perform) => {
    const before = await lastEntry()
    const write = await perform(stack)
    expect(await flawsOf(await entriesAfter(before), write, operation)).toEqual([])
  })

  it('is found where it leaves nothing, or leaves it elsewhere', async () => {
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
    'is not done: %s',
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
      // The case itself was reported before.
      expect({ ...(after as object), events: 0 }).toEqual({ ...(before as object), events: 0 })
    },
  )
})

describe('what is refused', () => {
  it('has an entry with the reason: without a permission, without a recent proof, as a state of the case', async () => {
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
