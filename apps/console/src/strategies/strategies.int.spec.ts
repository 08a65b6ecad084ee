import { headersOf } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const SETTINGS = { reasons: ['quality'], codes: [], matchesAllConfirmed: false }
const DRAFT = { policy: 'returnReasonIsChosen', name: '质量问题自动同意退货', settings: SETTINGS }

describe('the strategies API', () => {
  let stack: Stack
  let store: string
  let theirs: string
  beforeAll(async () => {
    stack = await openStack()
    store = String(stack.ours.stores[0].id)
    theirs = String(stack.theirs.store.id)
  })
  afterAll(() => stack.close())

  const call = async (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object, operator = 'lin') => {
    const { status, body } = await stack.operator.send(method, url, payload, { operator })
    return { status, body: body as Record<string, never> }
  }
  const draft = async (): Promise<string> => (await call('POST', '/api/strategies', DRAFT)).body['id'] ?? ''
  const tried = async (id: string): Promise<string> => {
    const { body } = await call('POST', `/api/strategies/${id}/versions/1/trials`, {
      stores: [store],
      from: new Date(NOON - HOUR).toISOString(),
      to: new Date(NOON + HOUR).toISOString(),
    })
    const trial = String(body['id'])
    for (let state = 'running'; state === 'running';)
      state = (await call('GET', `/api/strategies/trials/${trial}`)).body['state'] ?? 'gone'
    return trial
  }

  it('shows the policies in the order in which they judge, with their rules', async () => {
    const { body } = await call('GET', '/api/policies')
    const items = body['items'] as unknown as { name: string; rules: string[]; fields: object }[]
    expect(items[0]?.name).toBe('platformHandlesIt')
    expect(items.find(({ name }) => name === 'returnReasonIsChosen')).toMatchObject({
      rules: expect.arrayContaining(['R162']) as string[],
    })
  })

  it('drafts a strategy, which does nothing until it is armed', async () => {
    const id = await draft()
    const { body } = await call('GET', '/api/strategies')
    expect((body['items'] as unknown as { id: string }[]).find((one) => one.id === id)).toMatchObject({
      ...DRAFT,
      version: 1,
      createdBy: 'lin',
      inForce: [],
    })
  })

  it.each<[string, { payload?: object; operator?: string | null }, number, string]>([
    ['no log-in', { operator: null }, 401, 'Log in'],
    ['there is no such policy', { payload: { ...DRAFT, policy: 'toString' } }, 400, '/api/policies'],
    ['a setting is missing', { payload: { ...DRAFT, settings: {} } }, 400, 'document is invalid'],
    [
      'all reasons match without a confirmation (R162)',
      { payload: { ...DRAFT, settings: { ...SETTINGS, reasons: [] } } },
      400,
      'document is invalid',
    ],
    ['the settings are no document', { payload: { ...DRAFT, settings: [] } }, 400, 'request is invalid'],
    ['it has no name', { payload: { ...DRAFT, name: '  ' } }, 400, 'request is invalid'],
  ])('a draft is refused with the reason where %s', async (_, over, status, words) => {
    const { payload = DRAFT, operator = 'lin' } = over
    const answer = await stack.app.inject({
      method: 'POST',
      url: '/api/strategies',
      headers: headersOf(operator),
      payload,
    })
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      status,
      'application/problem+json; charset=utf-8',
    ])
    expect(answer.payload).toContain(words)
  })

  it('tries, arms, revises and disarms a strategy, and records who did what', async () => {
    const id = await draft()
    const arm = (over: object) =>
      call('POST', `/api/strategies/${id}/versions/1/arm`, { stores: [store], mode: 'live', ...over })
    expect((await arm({ capFen: 100 })).status).toBe(409)
    const trial = await tried(id)
    expect((await call('GET', `/api/strategies/trials/${trial}`)).body).toMatchObject({
      state: 'done',
      report: { total: {}, surprises: [] },
    })
    expect((await arm({ trial })).body).toMatchObject({
      detail: 'Arming live requires a daily cap for each store, in fen.',
    })
    expect(await arm({ trial, capFen: 100_000 })).toMatchObject({ status: 200, body: { stores: [store] } })
    expect(
      (
        await call('POST', `/api/strategies/${id}/versions`, {
          settings: { ...SETTINGS, reasons: ['quality', 'damaged'] },
        })
      ).body,
    ).toEqual({ id, version: 2 })
    const newer = await call('POST', `/api/strategies/${id}/versions/2/arm`, {
      stores: [store],
      mode: 'live',
      trial,
      capFen: 1,
    })
    expect(newer.body).toMatchObject({
      detail: 'The trial was of another version; a version must be tried before it is armed.',
    })
    expect((await call('POST', `/api/strategies/${id}/disarm`, {}, '王芳')).body).toEqual({ stores: [store] })
    const { body } = await call('GET', `/api/strategies/${id}`)
    expect(body['armings']).toMatchObject([
      { version: 1, mode: 'live', capFen: 100_000, trial, armedBy: 'lin', disarmedBy: '王芳' },
    ])
  })

  it('answers for a store of another organisation, and for an unknown strategy or trial, that there is none', async () => {
    const id = await draft()
    expect(
      (await call('POST', `/api/strategies/${id}/versions/1/arm`, { stores: [theirs], mode: 'shadow' })).status,
    ).toBe(400)
    expect((await call('GET', '/api/strategies/999999')).status).toBe(404)
    expect((await call('GET', '/api/strategies/trials/999999')).status).toBe(404)
    expect((await call('GET', `/api/stores/${theirs}/terms`)).status).toBe(404)
    expect((await call('PUT', `/api/stores/${theirs}/terms`, { document: {}, after: 0 })).status).toBe(404)
  })

  it('shows a person of one store the shadow verdicts and trials of that store, however many newer ones others have', async () => {
    const id = await draft()
    const stores = stack.ours.stores.map((one) => one.id)
    await stack.database.query(
      `INSERT INTO shadow (stream, strategy, version, judged, org, store, verdict, recorded_at)
       SELECT gen_random_uuid(), $1, 1, n, $2, CASE n WHEN 1 THEN $3::int ELSE $4::int END, 
         '{"policy":"returnReasonIsChosen","rules":[],"outcome":"leave","conditions":[],"judged":{"version":1,"revision":0,"at":0}}', n
       FROM generate_series(1, 300) n`,
      [Number(id), stack.ours.org, ...stores],
    )
    await stack.database.query(
      `INSERT INTO trial (org, strategy, version, stores, from_at, to_at, started_at, state)
       SELECT $2, $1, 1, CASE n WHEN 1 THEN ARRAY[$3::int] ELSE ARRAY[$3::int, $4::int] END, 0, 1, n, 'done'
       FROM generate_series(1, 60) n`,
      [Number(id), stack.ours.org, ...stores],
    )
    const ofOneStore = { login: 'of-one-store', role: 'owner' as const, stores: [stores[0] ?? 0] }
    const read = async (url: string) => (await stack.operator.get(url, { operator: ofOneStore })).body
    const shadow = await read(`/api/strategies/${id}/shadow`)
    expect((shadow['items'] as { store: { id: string } }[]).map((item) => item.store.id)).toEqual([store])
    const { trials } = await read(`/api/strategies/${id}`)
    expect((trials as { stores: { id: string }[] }[]).map((trial) => trial.stores.map((at) => at.id))).toEqual([
      [store],
    ])
  })

  it('judges a case by a draft, with an explanation in both languages', async () => {
    const caseId = await stack.recordReport(stack.ours.stores[0], '501', {
      ...waiting(NOON + HOUR, 8_900),
      kind: { kind: 'return-and-refund' },
      reason: { text: '质量问题' },
    })
    const id = await draft()
    const dry = await call('POST', `/api/strategies/${id}/versions/1/dry-run`, { caseId })
    const verdict = (
      dry.body['items'] as unknown as { policy: string; outcome: string; explanation: { zh: object } }[]
    ).find((v) => v.policy === DRAFT.policy)
    // The store has no return address.
    expect(verdict).toMatchObject({
      outcome: 'leave',
      explanation: { zh: expect.any(Object) as object, en: expect.any(Object) as object },
    })
    expect((await call('GET', `/api/cases/${caseId}/judgement`)).status).toBe(200)
    expect((await call('GET', '/api/cases/00000000-0000-8000-a000-000000000000/judgement')).status).toBe(404)
  })

  it('keeps a recorded fact until another value is recorded, and shows both in the history', async () => {
    const caseId = await stack.recordReport(stack.ours.stores[0], '502', waiting(NOON + HOUR, 8_900))
    const tell = (facts: object) => call('POST', `/api/cases/${caseId}/facts`, facts)
    const shippedAt = new Date(NOON - HOUR).toISOString()
    expect((await tell({ chatExists: true, shippedAt, rounds: [{ startedAt: shippedAt }] })).body).toEqual({
      facts: { chatExists: true, shippedAt: NOON - HOUR, rounds: [{ startedAt: NOON - HOUR }] },
    })
    expect((await tell({ chatExists: false })).body).toMatchObject({
      facts: { chatExists: false, shippedAt: NOON - HOUR },
    })
    expect((await call('GET', `/api/cases/${caseId}/events`)).body['items']).toMatchObject([
      { type: 'FactsAttested' },
      { type: 'FactsAttested' },
      {},
    ])
    expect((await tell({ chatExists: 'yes' })).status).toBe(400)
    expect((await tell({ buyer: '张三' })).status).toBe(400)
    expect(
      (await call('POST', '/api/cases/00000000-0000-8000-a000-000000000000/facts', { chatExists: true })).status,
    ).toBe(404)
  })

  it("a store's terms are changed from the version that was looked at; the advance refund is opened and closed, after 24 hours (R155, R157)", async () => {
    const url = `/api/stores/${store}`
    expect((await call('GET', `${url}/terms`)).body).toMatchObject({
      version: 0,
      document: {},
      counts: { zoneMinutes: 480 },
    })
    expect((await call('PUT', `${url}/terms`, { document: { returnAddressId: '900' }, after: 0 })).body).toEqual({
      version: 1,
    })
    expect((await call('PUT', `${url}/terms`, { document: { returnAddressId: '901' }, after: 0 })).status).toBe(409)
    expect((await call('PUT', `${url}/terms`, { document: { discount: 1 }, after: 1 })).body).toMatchObject({
      errors: [{ pointer: '#/document/discount', code: 'not-usable', detail: 'there is no such setting' }],
    })
    expect((await call('POST', `${url}/advance-refund/open`, {})).status).toBe(200)
    stack.now = NOON + 24 * HOUR - 1
    expect((await call('POST', `${url}/advance-refund/close`, {})).body).toMatchObject({
      detail: expect.stringContaining('R155') as string,
    })
    stack.now = NOON + 24 * HOUR
    expect((await call('POST', `${url}/advance-refund/close`, {})).status).toBe(200)
    expect((await call('GET', `${url}/terms`)).body['document']).toEqual({
      returnAddressId: '900',
      advanceRefund: [{ from: NOON, until: NOON + 24 * HOUR }],
    })
    stack.now = NOON
  })
})
