/** Isolation of organisations (attack S6), by seeded random requests. `npm run isolation -- 100000` sends more of them. */
import type { ApiDocument } from '../../../apps/console/test/hostile-requests'
import { endpointsOf } from '../../../apps/console/test/hostile-requests'
import type { OperatorRequests } from '../../../apps/console/test/operator-requests'
import { NOON, openStack, waiting, type Stack } from '../../../apps/console/test/stack'
import { PreparingClient } from '../../../libs/event-store/src/sql/prepared-statements'
import { ALL_TABLES } from '../../postgres/migrations'
import { TEST_ROLES } from '../../postgres/test-roles'
import { metricsOf, recordsOf, rowsShownTo } from './other-ways'
import {
  CANARY,
  SECOND_STORE_CANARY,
  THEIR_TEXTS,
  fingerprintOf,
  idsOf,
  seedNeighbour,
  type ForeignIds,
} from './neighbour'
import { callersOf, runIsolation, type Caller } from './run'
import type { Cursors } from './requests'

const REQUESTS = Number(process.env['ISOLATION_REQUESTS'] ?? 2_000)
const SEED = Number(process.env['ISOLATION_SEED'] ?? 20_261_130)
/** `npm run isolation` may send millions of requests. */
const LONG_TIMEOUT_MS = 3_600_000

let stack: Stack
let theirs: OperatorRequests
let document: ApiDocument
let callers: Caller[]
let ids: ForeignIds
let idsOfStore: ForeignIds
let cursors: Cursors

beforeAll(async () => {
  stack = await openStack()
  stack.app.useLogger(false)
  document = (await stack.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json()
  theirs = await seedNeighbour(stack)
  const [first, second] = stack.ours.stores
  await stack.recordReport(first, 'O1', waiting(NOON, 100))
  for (let n = 0; n < 3; n++) await stack.recordReport(second, `${SECOND_STORE_CANARY}-${n}`, waiting(NOON, 100))
  callers = await callersOf(stack)
  ids = await idsOf(stack, stack.theirs.org)
  idsOfStore = await idsOf(stack, stack.ours.org, second.id)
  cursors = await cursorsOf()
}, 120_000)
afterAll(() => stack.close())

/** The cursor of every list of theirs that has more than one page, by operation. */
async function cursorsOf(): Promise<Cursors> {
  const found: Record<string, string> = {}
  for (const { method, path, query } of endpointsOf(document)) {
    if (method !== 'GET' || !query.includes('cursor')) continue
    const { body } = await theirs.get(`${path}?limit=1`)
    if (typeof body['next'] === 'string') found[`${method} ${path}`] = body['next']
  }
  return found
}

const run = (requests: number, only?: string) =>
  runIsolation({
    ...{ stack, document, callers, ids, idsOfStore, cursors, requests, seed: SEED },
    ...(only === undefined ? {} : { only }),
  })

/** A text of theirs, or an answer in the place of a refusal: no other difference counts as found. */
const isLeak = (flaw: string): boolean => / {2}has |is answered 200 /.test(flaw)

const changeTables = async (sqlOf: (table: string) => string): Promise<void> => {
  for (const [name, { type }] of Object.entries(ALL_TABLES))
    if (type === 'tenants') await stack.database.query(sqlOf(name))
}

describe('the data of another organisation (attack S6)', () => {
  it('is there to be seen: people of that organisation see it', async () => {
    expect(JSON.stringify((await theirs.get('/api/queue?limit=50')).body)).toContain(CANARY)
    expect(ids.uuids.length).toBeGreaterThan(40)
    expect(ids.numbers.length).toBeGreaterThan(4)
    expect(Object.keys(cursors)).toEqual(expect.arrayContaining(['GET /api/queue', 'GET /api/audit']))
  })

  // Before any request of ours: those name ids of theirs, some of which are then kept in our own audit.
  describe('without the API', () => {
    const ourTexts = (): string[] => [...stack.ours.stores.map(({ name }) => name), SECOND_STORE_CANARY, 'Ours']

    it('is not visible over a direct connection with the role of the console, in either direction', async () => {
      const textShownTo = async (orgs: readonly number[]): Promise<string> =>
        Object.values(await rowsShownTo(stack, orgs)).join('\n')
      const [toUs, toThem, toNobody] = [
        await textShownTo([stack.ours.org]),
        await textShownTo([stack.theirs.org]),
        await textShownTo([]),
      ]
      expect([...THEIR_TEXTS, ...ids.uuids].filter((text) => toUs.includes(text))).toEqual([])
      expect([...ourTexts(), ...idsOfStore.uuids].filter((text) => toThem.includes(text))).toEqual([])
      expect([toNobody.trim(), toUs.includes(SECOND_STORE_CANARY), toThem.includes(CANARY)]).toEqual(['', true, true])
    })

    it('does not occur in keys, values and headers of what is published to Kafka', async () => {
      const records = await recordsOf(stack)
      const textOf = (org: number): string =>
        records.flatMap((record) => (record.org === org ? [record.text] : [])).join('\n')
      const [toUs, toThem] = [textOf(stack.ours.org), textOf(stack.theirs.org)]
      expect(records.filter(({ org }) => org !== stack.ours.org && org !== stack.theirs.org)).toEqual([])
      expect([...THEIR_TEXTS, ...ids.uuids].filter((text) => toUs.includes(text))).toEqual([])
      expect([...ourTexts(), ...idsOfStore.uuids].filter((text) => toThem.includes(text))).toEqual([])
      expect([toUs.includes(SECOND_STORE_CANARY), toThem.includes(CANARY)]).toEqual([true, true])
    })

    it('does not occur in the metrics: they count over all organisations, and name none of them and no case', async () => {
      const text = await metricsOf(stack)
      expect(text).toContain('shouhou_cases')
      expect(
        [...ourTexts(), ...THEIR_TEXTS, ...ids.uuids, ...idsOfStore.uuids].filter((one) => text.includes(one)),
      ).toEqual([])
    })
  })

  describe('canary: with row-level security open and one filter removed', () => {
    beforeAll(() =>
      changeTables((name) => `CREATE POLICY open ON "${name}" FOR SELECT TO ${TEST_ROLES}_console USING (true)`),
    )
    afterAll(() => changeTables((name) => `DROP POLICY open ON "${name}"`))
    afterEach(() => jest.restoreAllMocks())

    it.each([
      ['GET /api/strategies/trials/{id}', 'FROM trial WHERE org = $1', 'FROM trial WHERE $1::int > 0'],
      ['GET /api/cases/{id}', 's.id = $2 AND s.org = $1', 's.id = $2 AND $1::int > 0'],
      ['GET /api/strategies', 'WHERE s.org = $1', 'WHERE $1::int > 0'],
      ['GET /api/tasks', 't.org = $1 AND', '$1::int > 0 AND'],
    ])('makes the run fail when %s lacks %s', async (operation, filter, without) => {
      const { query } = PreparingClient.prototype as unknown as { query(...sent: unknown[]): never }
      let removed = 0
      jest.spyOn(PreparingClient.prototype, 'query').mockImplementation(function (
        this: unknown,
        sql: unknown,
        ...rest
      ) {
        const isFiltered = typeof sql === 'string' && sql.includes(filter)
        if (isFiltered) removed += 1
        return query.call(this, isFiltered ? sql.replace(filter, without) : sql, ...rest)
      })
      const { flaws } = await run(300, operation)
      expect([removed > 0, flaws.filter(isLeak).length > 0]).toEqual([true, true])
    })
  })

  it(
    'is neither shown nor changed by any request of ours: its ids are answered like ids that do not exist',
    async () => {
      const before = await fingerprintOf(stack, stack.theirs.org)
      const from = performance.now()
      const { requests, flaws, operations, statuses } = await run(REQUESTS)
      const seconds = (performance.now() - from) / 1_000
      expect(flaws).toEqual([])
      expect(await fingerprintOf(stack, stack.theirs.org)).toEqual(before)
      const withIds = endpointsOf(document).filter(({ path }) => path.includes('{'))
      expect(withIds.map(({ method, path }) => `${method} ${path}`).filter((one) => !operations.has(one))).toEqual([])
      expect([statuses[404] ?? 0, statuses[200] ?? 0].every((n) => n > requests / 50)).toBe(true)
      if (process.env['ISOLATION_REQUESTS'] !== undefined)
        process.stdout.write(
          `${requests} requests in ${seconds.toFixed(1)} s, seed ${SEED}: ${JSON.stringify(statuses)}\n`,
        )
    },
    LONG_TIMEOUT_MS,
  )
})
