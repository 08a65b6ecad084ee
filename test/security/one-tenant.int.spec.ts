import fc from 'fast-check'
import { saveDeadLetters, sourceOf } from '#messaging'
import { endpointsOf } from '../../apps/console/test/hostile-requests'
import type { ApiDocument } from '../../apps/console/test/hostile-requests'
import { NOON, openStack, waiting, type Stack } from '../../apps/console/test/stack'
import { property } from '../property'

let stack: Stack
let document: ApiDocument
/** Ids of our own rows that URLs name. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  stack = await openStack()
  stack.app.useLogger(false)
  document = (await stack.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json()
  const [store] = stack.ours.stores
  ids['case'] = await stack.recordReport(store, 'C1', waiting(NOON, 100))
  ids['message'] = String(await stack.message(store, 'push', 'rubbish'))
  await stack.work()
  await saveDeadLetters(stack.database, [deadLetterOf(stack.ours.org, 'one', {})])
})
afterAll(() => stack.close())

const deadLetterOf = (
  org: number,
  eventId: string,
  headers: Record<string, string>,
): Parameters<typeof saveDeadLetters>[1][number] => ({
  ...{ consumer: 'c', eventId, topic: 't', key: 'k', reason: 'r', value: Buffer.from('{}') },
  headers: { ...headers, ce_source: sourceOf(org) },
})

/** Every GET endpoint, with the ids of our organisation. Live streams are excluded, as they do not end. */
const getUrls = (): string[] =>
  endpointsOf(document)
    .filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/live'))
    .map(({ path }) =>
      path
        .replace('/api/cases/{id}', `/api/cases/${ids['case']}`)
        .replace(/\/api\/(quarantine|messages)\/\{id\}/, `/api/$1/${ids['message']}`)
        .replace('/api/stores/{id}', `/api/stores/${stack.ours.stores[0].id}`)
        .replace(/\{\w+\}/g, '1'),
    )

/** Status and body of every GET endpoint, by URL. */
async function readAllAnswers(): Promise<Record<string, string>> {
  const all: Record<string, string> = {}
  for (const url of [...getUrls(), '/api/search?order=1', '/api/queue?turn=us', '/api/queue/counts']) {
    const { status, text } = await stack.get(url)
    all[url] = `${status} ${text}`
  }
  return all
}

/** Texts that have broken databases, parsers or object prototypes. */
const HOSTILE_TEXTS = [
  '\0',
  'a\0b',
  '\ud800',
  '\ufeff',
  'x'.repeat(1_048_576),
  '['.repeat(50_000),
  '__proto__',
  '{"__proto__":{"a":1}}',
  '\u202e',
  "'",
]
const text = fc.oneof(fc.constantFrom(...HOSTILE_TEXTS), fc.string({ unit: 'binary', maxLength: 50 }))

interface Owner {
  readonly org: number
  readonly store: Stack['theirs']['store']
}
/** Ways to store bad data for an organisation: through the usual entry points and, for data of older versions, directly in the tables. */
const BAD_DATA: Readonly<Record<string, (owner: Owner, bad: string, n: number) => Promise<unknown>>> = {
  'a message': ({ store }, bad) => stack.message(store, 'push', bad.toWellFormed()),
  'a message that is JSON': ({ store }, bad) =>
    stack.message(store, 'push', JSON.stringify({ tag: bad, msg_id: bad, data: bad, type: bad, content: bad })),
  'a row of a list': ({ store }, bad) => stack.message(store, 'list', JSON.stringify({ aftersale_id: bad, id: bad })),
  'an answer': ({ store }, bad) => stack.message(store, 'detail', JSON.stringify({ data: bad, refund: bad })),
  'a dead letter': ({ org }, bad, n) =>
    saveDeadLetters(stack.database, [
      { ...deadLetterOf(org, `${bad}${n}`, { [bad]: bad, ce_type: bad }), key: bad, reason: bad },
    ]),
  'a dead letter of an older version': ({ org }, _, n) =>
    stack.database.query(
      `INSERT INTO dead_letter (consumer, event_id, topic, key, headers, value, reason)
       VALUES ('c', $1, 't', 'k', $2::json, '', 'r')`,
      [`old-${n}`, `{"ce_source":"${sourceOf(org)}","x":"\\u0000\\ud800"}`],
    ),
  'a reason of the quarantine': ({ org }, bad, n) =>
    stack.database.query(
      `INSERT INTO quarantine (message_id, org, reason, detail, at) VALUES ($1, $2, 'failed', $3, 0)`,
      [900_000 + n, org, bad.replaceAll('\0', '').toWellFormed()],
    ),
  'a state that cannot be read': async ({ store }, _, n) => {
    const id = await stack.recordReport(store, `T${n}`, waiting(NOON, 1))
    await stack.database.query(`UPDATE stream SET state = '{"caseNumber":"\\u0000","intents":5}' WHERE id = $1`, [id])
  },
  'terms that cannot be read': ({ org, store }, _, n) =>
    stack.database.query(
      `INSERT INTO store_terms (store, version, org, document, changed_at, changed_by) VALUES ($1, $2, $3, '{"advanceRefund":5,"x":"\\u0000"}', 0, 'x')`,
      [store.id, n + 1, org],
    ),
  'secrets that cannot be read': async ({ org, store }, bad) => {
    const bytes = Buffer.from(bad)
    await stack.database.query('UPDATE app SET secret = $2 WHERE org = $1', [org, bytes])
    await stack.database.query('UPDATE store SET access_token = $2, refresh_token = $2 WHERE id = $1', [
      store.id,
      bytes,
    ])
    stack.forgetStores()
  },
  'a live strategy that cannot be read': async ({ org, store }, bad, n) => {
    const policy = n % 2 === 0 ? 'nothingPaidYet' : bad.replaceAll('\0', '').toWellFormed()
    await stack.database.query(
      `WITH s AS (INSERT INTO strategy (org, policy, name, created_at, created_by) VALUES ($1, $2, $2, 0, 'x') RETURNING id),
            v AS (INSERT INTO strategy_version (strategy, version, org, settings, created_at, created_by)
                  SELECT id, 1, $1, $4::json, 0, 'x' FROM s RETURNING strategy)
       INSERT INTO arming (org, store, strategy, version, mode, cap, armed_at, armed_by)
       SELECT $1, $3, strategy, 1, 'live', 1000000, 0, 'x' FROM v`,
      [org, policy, store.id, `{"below":"\\u0000","x":${JSON.stringify(bad.toWellFormed())}}`],
    )
    await stack.recordReport(store, `S${n}`, waiting(NOON, 1))
  },
}

describe('malformed data of one organisation', () => {
  it('changes no byte of the answers to another, whose work continues', async () => {
    const before = await readAllAnswers()
    expect(Object.values(before).filter((answer) => answer.startsWith('5'))).toEqual([])
    let n = 0
    await property(
      fc.constantFrom(...Object.keys(BAD_DATA)),
      text,
      async (kind, bad) => {
        await BAD_DATA[kind]?.(stack.theirs, bad, ++n)
        await stack.work()
        expect((await stack.get('/api/queue')).text).toBe(before['/api/queue']?.slice(4))
        expect((await stack.get('/api/dead-letters')).text).toBe(before['/api/dead-letters']?.slice(4))
      },
      {
        runs: 50,
        examples: Object.keys(BAD_DATA).flatMap((kind) => [
          [kind, 'a\0b'],
          [kind, '\ud800'],
        ]),
      },
    )
    expect(await readAllAnswers()).toEqual(before)
    expect(await stack.database.query('SELECT 1 FROM pending')).toEqual([])
    await stack.recordReport(stack.ours.stores[0], 'C2', waiting(NOON, 100))
    expect((await stack.get('/api/queue')).body['items']).toHaveLength(2)
  }, 120_000)
})

describe('hostile text in what a marketplace sends', () => {
  it('makes no list and no detail of its own organisation fail', async () => {
    const [store] = stack.ours.stores
    const ours = { org: stack.ours.org, store }
    const kinds = Object.keys(BAD_DATA).filter((kind) => !kind.includes('cannot be read'))
    let n = 1_000
    await property(
      fc.constantFrom(...kinds),
      text,
      async (kind, bad) => {
        await BAD_DATA[kind]?.(ours, bad, ++n)
        await stack.work()
      },
      { runs: 100, examples: kinds.flatMap((kind) => HOSTILE_TEXTS.map((bad) => [kind, bad])) },
    )
    for (const page of [
      '/api/queue',
      '/api/quarantine?limit=200',
      '/api/dead-letters?limit=200',
      '/api/stores',
      '/api/tasks',
    ])
      expect([page, (await stack.get(page)).status]).toEqual([page, 200])
    for (const list of ['/api/quarantine', '/api/dead-letters']) {
      const { items } = (await stack.get(`${list}?limit=200`)).body as { items: { id?: string; messageId?: string }[] }
      expect(items.length).toBeGreaterThan(10)
      for (const { id, messageId } of items) {
        const { status } = await stack.get(`${list}/${id ?? messageId}`)
        // A quarantine row without its message has no detail.
        expect([200, ...(Number(messageId) > 900_000 ? [404] : [])]).toContain(status)
      }
    }
    expect(await stack.database.query('SELECT 1 FROM pending')).toEqual([])
  }, 120_000)
})
