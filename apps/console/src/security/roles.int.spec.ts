import { ROLES, roleMay, type Permission, type Role } from '#access'
import type { OpenApi } from '../../test/contract'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

interface Operation {
  readonly method: string
  readonly path: string
  readonly needed: readonly Permission[]
}

const MISSING_CASE_ID = '00000000-0000-4000-8000-00000000000f'
/** Its response never ends; `live.int.spec.ts` tests it. */
const EVENT_STREAM_PATH = '/api/live'

let stack: Stack
let operations: Operation[]

beforeAll(async () => {
  stack = await openStack()
  const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) => {
      const needed = (operation as unknown as { 'x-permission': (Permission | 'public')[] })['x-permission']
      return needed.includes('public') || path === EVENT_STREAM_PATH
        ? []
        : [{ method: method.toUpperCase(), path, needed: needed as Permission[] }]
    }),
  )
})
afterAll(() => stack.close())

/** With ids that do not exist: an operation that is allowed is answered 400 or 404, and changes nothing. */
const urlOf = (path: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'hash'
      ? 'a'.repeat(64)
      : /strategies|stores\/|quarantine|messages|dead-letters/.test(path)
        ? '999999'
        : MISSING_CASE_ID,
  )

async function outcomeOf(who: { login: string; role: Role; stores?: number[] }, { method, path }: Operation) {
  const headers = await stack.signedIn.headers(who)
  const answer = await stack.app.inject({
    method: method as 'POST',
    url: urlOf(path),
    headers: { host: 'localhost', ...headers },
    ...(method === 'GET' ? {} : { payload: {} }),
  })
  const { code } = answer.statusCode < 400 ? { code: '' } : answer.json<{ code: string }>()
  return code === 'forbidden' ? 'forbidden' : 'allowed'
}

describe('every operation, for every role (threat S7)', () => {
  it.each(ROLES)('is allowed or forbidden to %s exactly as the table says', async (role) => {
    const operationsWithoutLogOut = operations.filter(
      ({ method, path }) => !(method === 'DELETE' && path === '/api/session'),
    )
    const actual: [string, string][] = []
    const expected: [string, string][] = []
    for (const operation of operationsWithoutLogOut) {
      const name = `${operation.method} ${operation.path}`
      actual.push([name, await outcomeOf({ login: `the-${role}`, role }, operation)])
      expected.push([name, operation.needed.some((permission) => roleMay(role, permission)) ? 'allowed' : 'forbidden'])
    }
    expect(actual).toEqual(expected)
    expect(actual.length).toBeGreaterThan(50)
  })

  it('is refused with 401 to a caller who is not logged in', async () => {
    for (const { method, path } of operations) {
      const { status } = await stack.operator.send(method as 'GET', urlOf(path), method === 'GET' ? undefined : {}, {
        operator: null,
      })
      expect([method, path, status]).toEqual([method, path, 401])
    }
  })
})

describe('a person with one store (threat S6)', () => {
  let here: string
  let elsewhere: string
  const agent = () => ({ login: 'one-store', role: 'owner' as const, stores: [stack.ours.stores[0].id] })
  beforeAll(async () => {
    const [mine, other] = stack.ours.stores
    here = await stack.recordReport(mine, 'H1', waiting(NOON, 100), { appliedAt: NOON })
    elsewhere = await stack.recordReport(other, 'E1', waiting(NOON, 100), { appliedAt: NOON })
  })

  const get = async (url: string) => (await stack.operator.get(url, { operator: agent() })).body
  const casesOf = (body: Readonly<Record<string, unknown>>): string[] =>
    (body['items'] as { caseId?: string; id?: string }[]).map(({ caseId, id }) => caseId ?? id ?? '')

  it('sees the cases of that store in queue, counts and search, and no others', async () => {
    expect(casesOf(await get('/api/queue'))).toEqual([here])
    expect(casesOf(await get(`/api/queue?store=${stack.ours.stores[1].id}`))).toEqual([])
    expect(await get('/api/queue/counts')).toMatchObject({ turns: { us: 1 } })
    expect(casesOf(await get('/api/search?appliedFrom=2026-11-01T00:00:00Z'))).toEqual([here])
    expect((await get('/api/stores'))['items']).toMatchObject([{ store: { id: String(stack.ours.stores[0].id) } }])
    expect((await get('/api/meta'))['stores']).toMatchObject([{ id: String(stack.ours.stores[0].id) }])
  })

  it('is answered for a case of another store as for one that does not exist, by every operation of a case', async () => {
    const caseOperations = operations.filter(({ path }) => path.startsWith('/api/cases/{id}'))
    expect(caseOperations.length).toBeGreaterThan(10)
    for (const operation of caseOperations) {
      const responseFor = async (id: string) => {
        const url = urlOf(operation.path.replace('{id}', id))
        const body = operation.method === 'GET' ? undefined : {}
        const answer = await stack.operator.send(operation.method as 'GET', url, body, { operator: agent() })
        return { ...answer, body: { ...answer.body, instance: undefined } }
      }
      const [foreign, missing] = [await responseFor(elsewhere), await responseFor(MISSING_CASE_ID)]
      expect([operation.path, foreign.status]).toEqual([operation.path, 404])
      if (operation.method === 'GET') expect(foreign).toEqual(missing)
    }
  })

  it('acts on cases of that store only, also in a batch', async () => {
    const item = (caseId: string, intent: string) => ({
      caseId,
      intent,
      action: { name: 'extend-time' },
      judged: '2026-11-22T04:00:00Z',
    })
    const items = [item(elsewhere, MISSING_CASE_ID), item(MISSING_CASE_ID, '00000000-0000-4000-8000-00000000000e')]
    const { body } = await stack.operator.post('/api/actions/batch', { items }, { operator: agent() })
    expect((body['items'] as { reason: string }[]).map(({ reason }) => reason)).toEqual(['NoSuchCase', 'NoSuchCase'])
  })
})
