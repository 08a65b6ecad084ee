import { randomUUID } from 'node:crypto'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

describe('the actions API', () => {
  let stack: Stack
  let api: string
  let byHand: string
  beforeAll(async () => {
    stack = await openStack()
    // Of the two marketplaces one takes a rejection by a call and the other only by hand; both take an agreed refund by a call.
    byHand = await stack.recordReport(stack.ours.stores[0], '1001', waiting(NOON + HOUR, 5000))
    api = await stack.recordReport(stack.ours.stores[1], '7001', waiting(NOON + HOUR, 8900))
  })
  afterAll(() => stack.close())

  const post = (url: string, payload: object): Promise<Response> => stack.operator.post(url, payload)
  const act = (id: string, action: object, intent?: string, more = {}): Promise<Response> =>
    stack.operator.act(id, { action, ...more }, intent === undefined ? {} : { intent })
  const tasks = async (): Promise<Record<string, unknown>[]> =>
    (await stack.get('/api/tasks')).body.items as Record<string, unknown>[]

  it('refuses an action without a UUID, a log-in, a known name or the fields that it needs', async () => {
    expect((await act(api, { name: 'approve-refund' }, 'twice')).status).toBe(400)
    expect((await stack.operator.act(api, {}, { operator: null })).status).toBe(401)
    expect(await act(api, { name: 'give-it-all-away' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/action/name' }] },
    })
    expect(await act(api, { name: 'send-small-payment', amount: 0.5, text: 'x' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/action/amount' }] },
    })
    expect(await act(api, { name: 'approve-refund', amount: 1 })).toMatchObject({ status: 400 })
    expect(await act(api, { name: 'intercept' })).toMatchObject({ status: 400 })
    expect(await stack.database.query('SELECT 1 FROM effect')).toEqual([])
  })

  it('R034: does an action once: 201 the first time, 200 with the same answer after that', async () => {
    const key = randomUUID()
    const first = await act(api, { name: 'approve-refund', note: '张三' }, key)
    expect(first).toEqual({ status: 201, body: { caseId: api, intent: key, outcome: 'decided', state: 'intended' } })
    expect(await act(api, { name: 'approve-refund', note: '张三' }, key)).toEqual({ ...first, status: 200 })
    expect(await act(api, { name: 'add-remark', text: 'x' }, key)).toMatchObject({
      status: 409,
      body: { reason: 'AnotherIntent' },
    })
    expect(await act(api, { name: 'approve-refund' })).toMatchObject({
      status: 409,
      body: { reason: 'AlreadyDecided', warnings: [] },
    })
    const detail = await stack.get(`/api/cases/${api}`)
    expect(detail.body.actions).toMatchObject([
      {
        intent: key,
        action: { name: 'approve-refund' },
        by: { kind: 'person', id: 'lin' },
        way: 'API',
        amountFen: 8900,
        state: 'intended',
      },
    ])
    expect(detail.text).not.toContain('张三')
    expect(await stack.database.query('SELECT state FROM effect')).toEqual([{ state: 'ready' }])
  })

  it('withdraws an action that was not sent yet', async () => {
    const [{ intent }] = (await stack.get(`/api/cases/${api}`)).body.actions as [{ intent: string }]
    expect(await post(`/api/cases/${api}/actions/${intent}/close`, { as: 'withdrawn' })).toMatchObject({
      status: 200,
      body: { state: 'withdrawn' },
    })
    expect(await stack.database.query('SELECT state, ended_as FROM effect')).toEqual([
      { state: 'ended', ended_as: 'withdrawn' },
    ])
  })

  it('refuses an action with the reason and the rule behind it', async () => {
    const rejecting = {
      name: 'reject',
      reasonCode: '1',
      reason: '原因',
      explanation: '说明',
      evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
    }
    const answer = await act(byHand, rejecting)
    expect(answer).toMatchObject({ status: 409, body: { reason: expect.any(String) as string } })
    const missing = await act(byHand, { ...rejecting, reason: '' })
    expect(missing).toMatchObject({
      status: 409,
      body: { reason: 'ReasonMissing', rule: expect.stringMatching(/^R\d{3}$/) as string },
    })
  })

  it('lists an action that is done by hand as a task, with its texts, until it is attested', async () => {
    const key = randomUUID()
    const negotiating = { name: 'propose-amount', amount: 3_000, text: '建议退30元' }
    const answer = await requestConfirmed((wish) => act(byHand, negotiating, key, wish), {})
    expect(answer).toMatchObject({ status: 201, body: { state: 'intended' } })
    expect((await tasks()).map(({ caseId, reason }) => [caseId, reason])).toEqual([[byHand, 'to-be-done-by-hand']])
    const shown = await stack.get(`/api/cases/${byHand}/actions/${key}`)
    expect(shown.body).toMatchObject({ way: 'ASSISTED', assistance: { texts: [{ text: '建议退30元' }] } })
    expect(await post(`/api/cases/${byHand}/actions/${key}/attest`, {})).toMatchObject({
      status: 200,
      body: { state: 'confirmed' },
    })
    expect(await tasks()).toEqual([])
  })

  it('R170: decides the items of a batch each with its own outcome', async () => {
    const judged = (await stack.get(`/api/cases/${api}`)).body.revision
    const one = { caseId: api, intent: randomUUID(), judged, action: { name: 'add-remark', text: '已联系' } }
    const { status, body } = await post('/api/actions/batch', {
      items: [one, { ...one, intent: randomUUID(), caseId: randomUUID() }],
    })
    expect([status, body.items]).toMatchObject([
      200,
      [{ outcome: 'decided' }, { outcome: 'refused', reason: 'NoSuchCase' }],
    ])
  })

  it('answers for a case of another organisation as for one that does not exist', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, '9001', waiting(NOON + HOUR, 100))
    expect((await act(theirs, { name: 'approve-refund' })).status).toBe(404)
    expect((await post(`/api/cases/${theirs}/actions/x/attest`, {})).status).toBe(404)
    expect((await stack.get(`/api/cases/${theirs}/actions/x`)).status).toBe(404)
  })

  it('is described in /openapi.json', async () => {
    const { body } = await stack.get('/openapi.json')
    expect(Object.keys(body.paths as object)).toEqual(
      expect.arrayContaining(['/api/cases/{id}/actions', '/api/actions/batch', '/api/tasks']),
    )
  })
})
