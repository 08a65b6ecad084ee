import { randomUUID } from 'node:crypto'
import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const NAME = '王小明'
const OVER = { ...waiting(NOON + HOUR, 5_000), status: { status: 'succeeded', raw: 'S' } } as const

let stack: Stack
let count = 0
beforeAll(async () => {
  stack = await openStack()
})
afterAll(() => stack.close())

/** A case of a buyer of its own, at one of our stores, over unless `facets` say otherwise. */
async function caseOf(phone: string, facets: object = OVER, storeIndex: 0 | 1 = 0): Promise<string> {
  const store = stack.ours.stores[storeIndex]
  const number = `E${++count}`
  const id = await stack.recordReport(store, number, facets)
  // Sealed for the id that it has now.
  await stack.recordReport(store, number, { ...facets, buyer: stack.seal(NAME, phone, id) })
  return id
}
const newPhone = (): string => `139${String(10_000_000 + ++count)}`
const numberOf = async (id: string): Promise<unknown> =>
  ((await stack.get(`/api/cases/${id}`)).body['row'] as { caseNumber: string }).caseNumber

type Options = Parameters<Stack['operator']['post']>[2]
const overview = (id: string, options?: Options): Promise<Response> =>
  stack.operator.get(`/api/cases/${id}/buyer/erasure`, options)
async function erase(id: string, wish: object = {}, key = randomUUID(), options: Options = {}): Promise<Response> {
  const { cases = [] } = (await overview(id)).body as { cases?: { caseId: string }[] }
  const body = {
    ...{ reason: 'buyer-asked', caseNumber: await numberOf(id), withOpen: false },
    cases: cases.length === 0 ? [id] : cases.map(({ caseId }) => caseId),
    ...wish,
  }
  const headers = { 'idempotency-key': key }
  return stack.operator.post(`/api/cases/${id}/buyer/erasure`, body, { ...options, headers })
}
const requests = async (id: string): Promise<number> =>
  (await stack.database.query<unknown[]>('SELECT FROM erasure_case WHERE stream = $1', [id])).length
const entries = (id: string): Promise<{ details: object }[]> =>
  stack.database.query(
    `SELECT details FROM audit_entry WHERE action = 'buyer.erasure-requested' AND subject = $1 ORDER BY n`,
    [`case:${id}`],
  )

describe('the erasure of a buyer on the page (threat S12)', () => {
  it('shows first what it would reach: the cases with the buyer’s number in all stores, and none of others', async () => {
    const phone = newPhone()
    const [one, two] = [await caseOf(phone), await caseOf(phone, waiting(NOON + HOUR, 5_000), 1)]
    await caseOf(newPhone())
    await stack.operator.post(`/api/cases/${one}/notes`, { id: randomUUID(), text: 'called him' })
    const { body } = await overview(one)
    const cases = body['cases'] as { caseId: string; open: boolean; busy: boolean }[]
    const shown = cases.map(({ caseId, open, busy }) => ({ caseId, open, busy }))
    expect(new Map(shown.map((line) => [line.caseId, line]))).toEqual(
      new Map([
        [one, { caseId: one, open: false, busy: false }],
        [two, { caseId: two, open: true, busy: false }],
      ]),
    )
    expect([body['erasure'], body['notes'], body['pieces']]).toEqual([null, 1, 0])
    expect(await requests(one)).toBe(0)
  })

  it('is requested with a reason and the typed number; the audit names who, why and how many, and nothing typed', async () => {
    const id = await caseOf(newPhone())
    const wrong = await erase(id, { caseNumber: 'E0' })
    expect([wrong.status, wrong.body['code'], await requests(id)]).toEqual([409, 'erasure-not-confirmed', 0])
    expect((await erase(id, { reason: 'because' })).status).toBe(400)
    const { status, body } = await erase(id)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      reason: 'buyer-asked',
      requestedBy: 'lin',
      cases: 1,
      erasedCases: 0,
      finishedAt: null,
    })
    const [entry, ...more] = (await entries(id)).filter(({ details }) => 'cases' in details)
    expect(entry?.details).toEqual({
      why: 'buyer-asked',
      cases: 1,
      withOpen: false,
      erasure: expect.any(Number) as number,
    })
    expect(more).toEqual([])
  })

  it('then shows how far it is, and that it is done', async () => {
    const id = await caseOf(newPhone())
    await erase(id)
    expect((await overview(id)).body).toMatchObject({ cases: [], erasure: { cases: 1, erasedCases: 0, waitsFor: [] } })
    await stack.database.query('UPDATE erasure_case SET erased_at = $2 WHERE stream = $1', [id, NOON])
    await stack.database.query(
      `UPDATE erasure SET messages = 3, pieces = 1, notes = 2, finished_at = $2
       WHERE id = (SELECT erasure FROM erasure_case WHERE stream = $1)`,
      [id, NOON],
    )
    const done = { erasedCases: 1, messages: 3, pieces: 1, notes: 2, finishedAt: new Date(NOON).toISOString() }
    expect((await overview(id)).body['erasure']).toMatchObject(done)
  })

  it('sent again with the same id is one erasure; another id finds that it was requested', async () => {
    const id = await caseOf(newPhone())
    const key = randomUUID()
    const first = await erase(id, {}, key)
    const again = await erase(id, {}, key)
    expect([again.status, again.body]).toEqual([200, first.body])
    expect((await erase(id)).body['code']).toBe('already-so')
    const another = await caseOf(newPhone())
    expect((await erase(another, {}, key)).body['code']).toBe('conflict')
    expect([await requests(id), await requests(another)]).toEqual([1, 0])
  })

  it('requested by two at once, and by one many times at once, is one', async () => {
    const [id, other] = [await caseOf(newPhone()), await caseOf(newPhone())]
    await stack.operator.get('/api/session', { operator: 'second-owner' })
    const two = await Promise.all([erase(id), erase(id, {}, randomUUID(), { operator: 'second-owner' })])
    expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
    const key = randomUUID()
    const many = await Promise.all(Array.from({ length: 6 }, () => erase(other, {}, key)))
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    const n = await stack.database.query(
      'SELECT count(DISTINCT erasure)::int AS n FROM erasure_case WHERE stream = ANY($1)',
      [[id, other]],
    )
    expect(n).toEqual([{ n: 2 }])
  })

  it('is refused where it is not what was shown: a case more, or one of another buyer', async () => {
    const phone = newPhone()
    const id = await caseOf(phone)
    const foreign = await caseOf(newPhone())
    expect((await erase(id, { cases: [id, foreign] })).body['code']).toBe('changed-meanwhile')
    await caseOf(phone)
    expect((await erase(id, { cases: [id] })).body['code']).toBe('changed-meanwhile')
    expect([await requests(id), await requests(foreign)]).toEqual([0, 0])
  })

  it('covers open cases only where that is confirmed, and waits for them no more', async () => {
    const id = await caseOf(newPhone(), waiting(NOON + HOUR, 5_000))
    expect((await erase(id)).body['code']).toBe('erasure-of-open-cases')
    expect((await erase(id, { withOpen: true })).body).toMatchObject({ cases: 1, waitsFor: [] })
  })

  it('is refused while an action is not settled; one that comes later holds it up, and is named', async () => {
    const id = await caseOf(newPhone(), waiting(NOON + HOUR, 5_000))
    await stack.operator.act(id, { action: { name: 'add-remark', text: 'x' } })
    expect((await erase(id, { withOpen: true })).body['code']).toBe('erasure-action-under-way')
    const later = await caseOf(newPhone(), waiting(NOON + HOUR, 5_000))
    await erase(later, { withOpen: true })
    await stack.operator.act(later, { action: { name: 'add-remark', text: 'x' } })
    const { waitsFor } = (await overview(later)).body['erasure'] as { waitsFor: object[] }
    expect(waitsFor).toMatchObject([{ caseId: later, busy: true }])
  })
})

describe('who erases a buyer', () => {
  it('needs the permission, all stores, and a recent proof; an API key never', async () => {
    const id = await caseOf(newPhone())
    const agent = { operator: { login: 'agent', role: 'after-sale-agent' } } as const
    expect((await overview(id, agent)).body['code']).toBe('forbidden')
    expect((await erase(id, {}, randomUUID(), agent)).body['code']).toBe('forbidden')
    const limited = { operator: { login: 'one-store', role: 'owner', stores: [stack.ours.stores[0].id] } } as const
    expect((await overview(id, limited)).body['code']).toBe('erasure-of-all-stores')
    expect((await erase(id, {}, randomUUID(), limited)).body['code']).toBe('erasure-of-all-stores')
    const elsewhere = { operator: { login: 'other-store', role: 'owner', stores: [stack.ours.stores[1].id] } } as const
    expect((await overview(id, elsewhere)).status).toBe(404)
    await stack.operator.get('/api/session', { operator: 'late' })
    await stack.database.query(
      `UPDATE session SET reauthenticated_at = 0 WHERE person = (SELECT id FROM person WHERE login = 'late')`,
    )
    expect((await erase(id, {}, randomUUID(), { operator: 'late' })).body['code']).toBe('reauthentication-required')
    const expiresAt = new Date(Date.now() + HOUR).toISOString()
    const key = { label: 'eraser', permissions: ['personal.erase'], stores: null, expiresAt }
    expect((await stack.operator.post('/api/keys', key)).body['code']).toBe('not-for-keys')
    expect(await requests(id)).toBe(0)
  })

  it('finds no case of another organisation', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, 'T1', OVER)
    expect((await overview(theirs)).status).toBe(404)
    const body = { reason: 'buyer-asked', caseNumber: 'T1', withOpen: true, cases: [theirs] }
    const headers = { 'idempotency-key': randomUUID() }
    expect((await stack.operator.post(`/api/cases/${theirs}/buyer/erasure`, body, { headers })).status).toBe(404)
    expect(await requests(theirs)).toBe(0)
  })
})
