import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

describe('the guidance on a case, over HTTP', () => {
  let stack: Stack
  let id: string
  beforeAll(async () => {
    stack = await openStack()
    id = await stack.recordReport(stack.ours.stores[0], '1001', {
      ...waiting(NOON + 40 * HOUR, 5000),
      kind: { kind: 'return-and-refund' },
      reason: { text: '质量问题' },
    })
  })
  afterAll(() => stack.close())

  it('R119, R048: has sentences in two languages, each with its rule, and the same as values', async () => {
    const { body } = await stack.get(`/api/cases/${id}/guidance`)
    const advice = body.advice as { rule: string; zh: string; en: string }[]
    expect(advice.map(({ rule }) => rule)).toEqual(['R048', 'R119', 'R122'])
    for (const { zh, en } of advice)
      expect([zh, en]).toEqual([expect.stringMatching(/[\u4e00-\u9fff]/), expect.stringMatching(/^[\x20-\x7e]+$/)])
    expect(body).toMatchObject({ freight: { back: 'merchant', out: 'merchant' }, insured: 'unknown', arrivals: [] })
  })

  it('R112: counts a payment method once it is recorded', async () => {
    const url = `/api/cases/${id}/facts`
    expect(await stack.operator.post(url, { paymentMethod: 'wechat-pay' })).toEqual({
      status: 200,
      body: { facts: { paymentMethod: 'wechat-pay' } },
    })
    expect((await stack.operator.post(url, { paymentMethod: 'cowrie' })).status).toBe(400)
  })

  it('R123: lists the cases whose freight is to be checked, and no others', async () => {
    await stack.recordReport(stack.ours.stores[0], '1002', {
      ...waiting(NOON + 39 * HOUR, 5000),
      kind: { kind: 'return-and-refund' },
      reason: { text: '不想要了' },
    })
    const { body } = await stack.get('/api/freight-to-check')
    expect((body.items as { caseId: string }[]).map(({ caseId }) => caseId)).toEqual([id])
    expect(body).toMatchObject({ looked: 2, next: null })
    expect((await stack.get('/api/freight-to-check?limit=0')).status).toBe(400)
  })

  it('is answered for a case of another organisation as for one that does not exist', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, '9001', waiting(NOON + HOUR, 5000))
    expect((await stack.get(`/api/cases/${theirs}/guidance`)).status).toBe(404)
  })

  it('R129: shows the end of the insurance of an insured store', async () => {
    const url = `/api/stores/${stack.ours.stores[0]?.id}/terms`
    expect((await stack.get(url)).body.freightInsurance).toBeNull()
    const terms = { document: { freightInsurance: [{ from: NOON }] }, after: 0 }
    expect((await stack.operator.put(url, terms)).status).toBe(200)
    expect((await stack.get(url)).body.freightInsurance).toMatchObject({ due: NOON + 7 * 24 * HOUR, rule: 'R129' })
  })
})
