import { randomUUID } from 'node:crypto'
import { saveDeadLetters, sourceOf } from '#messaging'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import { png } from '../../../../test/support/pictures'
import type { OpenApi } from '../../test/contract'
import { headersOf, type Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

/** Answers without end. */
const ENDLESS = 'GET /api/live'

/** The stack compares every answer with what is declared for it; here every reading operation answers at least once. */
describe('the answers of the API', () => {
  let stack: Stack
  beforeAll(async () => {
    stack = await openStack()
  })
  afterAll(() => stack.close())

  const send = (url: string, body: object): Promise<Response> => stack.operator.post(url, body, { operator: 'lin' })
  const act = (id: string, action: object): Promise<Response> => {
    const intent = randomUUID()
    return requestConfirmed((request) => stack.operator.act(id, request, { intent, operator: 'lin' }), { action })
  }

  /** A case with everything that a marketplace can report of it, and another one of the same order. */
  const fullCase = async (): Promise<string> => {
    const [store] = stack.ours.stores
    const order = {
      orderNumber: 'O1',
      lines: [{ lineId: '1', title: '羽绒服', sku: '黑色', quantity: 1, paid: 8_900 }, { lineId: '2' }],
    }
    const facets = {
      ...waiting(NOON + HOUR, 8_900),
      kind: { kind: 'return-and-refund' },
      reason: { text: '尺码不合适，请联系 13912345678' },
      reasonCode: { code: '7' },
      buyer: stack.seal('王小明', '13912345678'),
      order,
      goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: 'SF10001', carrier: 'SF' }] },
      money: { stage: 'asked', payer: 'platform' },
      dispute: { stage: 'evidence-wanted', id: '77', evidenceDue: NOON + 5 * HOUR },
      amountAgreed: { total: 8_900 },
      flags: ['speed-refund'],
    } as const
    const message = await stack.message(store, 'push', '{"receiver_phone":"13912345678"}')
    const id = await stack.recordReport(store, 'F1', facets, { appliedAt: NOON - HOUR, messageId: message })
    await stack.recordReport(
      store,
      'F2',
      { ...waiting(NOON + HOUR, 100), order, goods: facets.goods },
      { appliedAt: NOON },
    )
    return id
  }

  it('are as declared, of every operation that reads', async () => {
    const [store, elsewhere] = stack.ours.stores
    const id = await fullCase()
    await send(`/api/cases/${id}/facts`, {
      evidenceAsked: [{ place: 'work-order', number: '8', due: '2026-11-23T04:00:00Z' }],
      paymentMethod: 'bank-card',
    })
    const done = await act(id, { name: 'add-remark', text: '已联系买家' })
    expect([done.status, done.body]).toEqual([201, expect.anything()])
    const ruled = {
      ...waiting(NOON + HOUR, 8_900),
      dispute: { stage: 'ruled-for-buyer' },
      money: { stage: 'refunded' },
    }
    const lost = await stack.recordReport(store, 'A1', ruled as never)
    const appealed = await act(lost, {
      name: 'appeal',
      items: [{ kind: 'liability', text: '平台判责有误' }],
      evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
    })
    expect([appealed.status, appealed.body]).toEqual([201, expect.anything()])
    await send(`/api/cases/${lost}/actions/${String(appealed.body['intent'])}/attest`, {})
    await stack.recordReport(store, 'A2', ruled as never)
    const picture = await stack.app.inject({
      method: 'POST',
      url: `/api/cases/${id}/evidence?shows=goods-picture`,
      payload: png('张三的运单', 1200, 900),
      headers: { ...headersOf('lin'), 'content-type': 'image/png' },
    })
    const { hash } = picture.json<{ hash: string }>()
    const unintelligible = await stack.message(store, 'push', 'rubbish')
    await stack.work()
    const letter = { consumer: 'c', eventId: 'e', topic: 't', key: 'k', reason: 'r', value: Buffer.from('{}') }
    await saveDeadLetters(stack.database, [
      { ...letter, headers: { ce_source: sourceOf(stack.ours.org), ce_type: 'x' } },
    ])
    const settings = { reasons: ['quality'], codes: [], matchesAllConfirmed: false }
    const draft = await send('/api/strategies', { policy: 'returnReasonIsChosen', name: '质量问题', settings })
    const strategy = String(draft.body['id'])
    const version = `/api/strategies/${strategy}/versions/1`
    const trial = await send(`${version}/trials`, {
      stores: [String(store.id)],
      from: new Date(NOON - 2 * HOUR).toISOString(),
      to: new Date(NOON + HOUR).toISOString(),
    })
    const trialAt = `/api/strategies/trials/${String(trial.body['id'])}`
    for (let state: unknown = 'running'; state === 'running';) state = (await stack.get(trialAt)).body['state']
    await send(`${version}/arm`, { stores: [String(store.id)], mode: 'shadow' })
    await send(`${version}/dry-run`, { caseId: id })
    await stack.recordReport(store, 'S1', { ...waiting(NOON + HOUR, 100), kind: { kind: 'return-and-refund' } })
    await stack.operator.put('/api/strategies/main-account', { account: 'lin' }, { operator: 'lin' })
    await stack.operator.get('/api/session', { operator: 'wang' })
    await send('/api/strategies/grants', { account: 'wang', store: String(elsewhere.id) })
    await send(`/api/stores/${store.id}/advance-refund/open`, {})

    const frozen = await send('/api/batches', { action: { name: 'add-remark', text: '已联系' }, caseIds: [id] })
    const batch = `/api/batches/${String(frozen.body['id'])}`
    const letters = (await stack.get('/api/dead-letters')).body['items'] as { id: string }[]
    for (const url of [
      '/api/meta',
      '/asyncapi.json',
      '/api/queue',
      '/api/queue/counts',
      '/api/search?order=O1',
      `/api/cases/${id}`,
      `/api/cases/${lost}`,
      `/api/cases/${id}/events`,
      `/api/cases/${id}/guidance`,
      `/api/cases/${id}/teamwork`,
      `/api/cases/${lost}/buyer/erasure`,
      `/api/cases/${id}/judgement`,
      `/api/cases/${id}/actions/${String(done.body['intent'])}`,
      `/api/cases/${lost}/appeals`,
      `/api/cases/${id}/evidence`,
      `/api/cases/${id}/evidence/${hash}`,
      '/api/freight-to-check',
      '/api/evidence-wanted',
      '/api/tasks',
      '/api/batches',
      batch,
      `${batch}/items`,
      '/api/policies',
      '/api/stores',
      '/api/marketplaces',
      `/api/stores/${store.id}/terms`,
      `/api/stores/${store.id}/appeals`,
      '/api/strategies',
      `/api/strategies/${strategy}`,
      `/api/strategies/${strategy}/shadow`,
      trialAt,
      '/api/strategies/grants',
      '/api/messages/1',
      '/api/quarantine',
      `/api/quarantine/${unintelligible}`,
      '/api/dead-letters',
      '/api/session',
      '/api/sessions',
      '/api/account',
      '/api/account/oidc',
      '/api/account/passkeys',
      '/api/oidc',
      '/api/colleagues',
      '/api/people',
      '/api/keys',
      '/api/audit',
      '/api/analytics/metrics',
      '/api/analytics/figures?from=2026-11-01&to=2026-12-01&metrics=cases&compare=true',
      '/api/analytics/cases?from=2026-11-01&to=2026-12-01&metric=cases',
      '/api/analytics/export?from=2026-11-01&to=2026-12-01&metrics=cases',
      `/api/dead-letters/${letters[0]?.id ?? ''}`,
    ])
      expect([url, (await stack.get(url)).status]).toEqual([url, 200])

    const { paths } = (await stack.get('/openapi.json')).body as unknown as OpenApi
    const readings = Object.entries(paths).flatMap(([path, { get }]) => (get === undefined ? [] : [`GET ${path}`]))
    expect(readings.filter((operation) => !stack.answered.has(operation))).toEqual([ENDLESS])
  })

  it('fail the request of a test where they differ from the declaration', async () => {
    const { app } = stack
    const { body } = await stack.get('/api/stores')
    expect(body).toHaveProperty('items')
    await stack.database.query("UPDATE queue_row SET due_kind = 'TEA_TIME' WHERE due_kind <> ''")
    await expect(app.inject({ url: '/api/queue', headers: { host: 'localhost' } })).rejects.toThrow(
      /GET \/api\/queue 200: .*must be equal to one of the allowed values/,
    )
  })
})
