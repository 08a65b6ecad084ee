import { randomUUID } from 'node:crypto'
import { CONFIRMATION_VALID_MS } from '#case-handling'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

let stack: Stack
let number = 0
beforeAll(async () => void (stack = await openStack()))
afterAll(() => stack.close())

const post = (url: string, payload: object): Promise<Response> => stack.operator.post(url, payload)
const aCase = (facets = {}): Promise<string> =>
  stack.recordReport(stack.ours.stores[1], `N${++number}`, { ...waiting(NOON + HOUR, 8_900), ...facets })
const revisionOf = async (id: string): Promise<string> => String((await stack.get(`/api/cases/${id}`)).body.revision)
const act = (id: string, request: object, intent = randomUUID() as string, operator = 'lin'): Promise<Response> =>
  stack.operator.act(id, request, { intent, operator })
const actionsOf = async (id: string): Promise<unknown[]> =>
  (await stack.get(`/api/cases/${id}`)).body.actions as unknown[]
const REFUND = { action: { name: 'approve-refund' } }

describe('A2: `judged` over HTTP', () => {
  it.each<[string, unknown, number, string | undefined]>([
    ['the far future', '2099-12-31T00:00:00Z', 409, 'JudgedUnseenRevision'],
    ['the end of time', '9999-12-31T23:59:59.999Z', 409, 'JudgedUnseenRevision'],
    ['a number that is too large for a database', 1e300, 409, 'JudgedUnseenRevision'],
    ['the past', '2020-01-01T00:00:00Z', 409, 'JudgedOldRevision'],
    ['a negative number', -1, 409, 'JudgedOldRevision'],
    ['no number', 'NaN', 400, undefined],
    ['a fraction', 1.5, 400, undefined],
    ['nothing', null, 400, undefined],
    ['a list', [NOON], 400, undefined],
    ['no zone', '2026-11-22T04:00:00', 400, undefined],
  ])('%s: refused, and nothing is written', async (_, judged, status, reason) => {
    const id = await aCase()
    const answer = await act(id, { ...REFUND, judged })
    expect([answer.status, answer.body.reason]).toEqual([status, reason])
    const item = { ...REFUND, caseId: id, intent: randomUUID(), judged }
    const batch = await post('/api/actions/batch', { items: [item] })
    if (status === 400) expect(batch.status).toBe(400)
    else expect(batch.body.items).toMatchObject([{ outcome: 'refused', reason }])
    expect(await actionsOf(id)).toEqual([])
  })
})

describe('A7: the id of a request over HTTP', () => {
  it('is 200 for the same request, and 409 by name for any other, one or in a batch', async () => {
    const [one, two] = [await aCase(), await aCase()]
    const key = randomUUID()
    const wish = { action: { name: 'propose-amount', amount: 3_000, text: '建议退30元' } }
    const first = await requestConfirmed((said) => act(one, said, key), wish)
    expect(first).toMatchObject({ status: 201, body: { caseId: one, intent: key } })
    expect(await act(one, wish, key)).toEqual({ ...first, status: 200 })
    const another = { action: { ...wish.action, amount: 3_001 } }
    for (const [id, other] of [
      [two, wish],
      [one, another],
    ] as const) {
      const answer = await act(id, other, key)
      expect(answer).toMatchObject({ status: 409, body: { reason: 'AnotherIntent', warnings: [] } })
      expect(answer.body.detail).toMatch(/Another request already has this id.*Send this request with an id of its own/)
    }
    const items = [
      { ...wish, caseId: one, intent: key, judged: await revisionOf(one) },
      { ...another, caseId: one, intent: key, judged: await revisionOf(one) },
      { ...wish, caseId: two, intent: key, judged: await revisionOf(two) },
    ]
    expect((await post('/api/actions/batch', { items })).body.items).toMatchObject([
      { outcome: 'decided' },
      { outcome: 'refused', reason: 'AnotherIntent' },
      { outcome: 'refused', reason: 'AnotherIntent', detail: expect.stringContaining('id of its own') as string },
    ])
    expect([await actionsOf(one), await actionsOf(two)].map((list) => list.length)).toEqual([1, 0])
  })
})

describe('A21: warnings over HTTP', () => {
  const REJECT = {
    action: {
      name: 'reject',
      reasonCode: '1',
      reason: '商品无质量问题',
      explanation: '出库前检查完好',
      evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
    },
    facts: { chatExists: true, sevenDayGoods: true },
  }
  const warned = async (id: string, wish: object = REJECT, key?: string, operator?: string): Promise<Response> => {
    const answer = await act(id, wish, key, operator)
    expect(answer).toMatchObject({ status: 409, body: { confirmation: expect.any(String) as string } })
    return answer
  }

  it('cannot be confirmed blind: no list of them counts, and nothing is written', async () => {
    const id = await aCase()
    const words = ((await warned(id)).body.warnings as { warning: string }[]).map(({ warning }) => warning)
    const blind = await warned(id, { ...REJECT, confirmed: words })
    expect(blind.body).toMatchObject({ reason: 'MustBeConfirmed', warnings: words.map((warning) => ({ warning })) })
    expect(await actionsOf(id)).toEqual([])
  })

  it('are confirmed with the token of the refusal that listed them', async () => {
    const id = await aCase()
    const key = randomUUID()
    const { confirmation } = (await warned(id, REJECT, key)).body
    expect(await act(id, { ...REJECT, confirmation }, key)).toMatchObject({ status: 201, body: { intent: key } })
    // Asked again, it is the same request, with or without it.
    expect(await act(id, REJECT, key)).toMatchObject({ status: 200, body: { intent: key } })
  })

  it('are confirmed in a batch, each item with its own', async () => {
    const [one, two] = [await aCase(), await aCase()]
    const items = await Promise.all(
      [one, two].map(async (caseId) => ({ ...REJECT, caseId, intent: randomUUID(), judged: await revisionOf(caseId) })),
    )
    const first = (await post('/api/actions/batch', { items })).body.items as { confirmation: string }[]
    const swapped = items.map((item, i) => ({ ...item, confirmation: first[1 - i]?.confirmation }))
    const again = (await post('/api/actions/batch', { items: swapped })).body.items as { confirmation: string }[]
    expect(again).toMatchObject([{ reason: 'ConfirmationNotForThis' }, { reason: 'ConfirmationNotForThis' }])
    const right = items.map((item, i) => ({ ...item, confirmation: again[i]?.confirmation }))
    expect((await post('/api/actions/batch', { items: right })).body.items).toMatchObject([
      { outcome: 'decided' },
      { outcome: 'decided' },
    ])
  })

  it('are not confirmed with one of another case, action, text, person, or time: the warnings come back with a fresh one', async () => {
    const [id, other] = [await aCase(), await aCase()]
    const { confirmation } = (await warned(id)).body
    const changed = { ...REJECT, action: { ...REJECT.action, explanation: '另一说明' } }
    const refused = async (wish: object, of = id, operator?: string): Promise<unknown> =>
      (await warned(of, { ...wish, confirmation }, undefined, operator)).body.reason
    expect(await refused(REJECT, other)).toBe('ConfirmationNotForThis')
    expect(await refused(changed)).toBe('ConfirmationNotForThis')
    expect(await refused(REJECT, id, 'wang')).toBe('ConfirmationNotForThis')
    const before = stack.now
    stack.now += CONFIRMATION_VALID_MS + 1
    const late = await warned(id, { ...REJECT, confirmation })
    expect(late.body).toMatchObject({ reason: 'ConfirmationExpired' })
    expect(await act(id, { ...REJECT, confirmation: late.body.confirmation })).toMatchObject({ status: 201 })
    stack.now = before
  })

  it('that have come since are not confirmed with it', async () => {
    const id = await aCase({ kind: { kind: 'return-and-refund' } })
    const fewer = { ...REJECT, facts: { ...REJECT.facts, sevenDayGoods: false } }
    const { confirmation, warnings } = (await warned(id, fewer)).body
    const answer = await warned(id, { ...REJECT, confirmation })
    expect(answer.body.reason).toBe('ConfirmationOfOtherWarnings')
    expect((answer.body.warnings as unknown[]).length).toBeGreaterThan((warnings as unknown[]).length)
    expect(await act(id, { ...REJECT, confirmation: answer.body.confirmation })).toMatchObject({ status: 201 })
  })

  it('are not confirmed with one of an older revision: the case is to be looked at again', async () => {
    const id = await aCase()
    const judged = await revisionOf(id)
    const { confirmation } = (await warned(id)).body
    const store = stack.ours.stores[1]
    await stack.recordReport(store, `N${number}`, { ...waiting(NOON + HOUR, 9_900) })
    expect((await act(id, { ...REJECT, judged, confirmation })).body.reason).toBe('JudgedOldRevision')
    expect((await warned(id, { ...REJECT, confirmation })).body.reason).toBe('ConfirmationNotForThis')
  })
})

describe('A23: facts over HTTP', () => {
  it.each<[object, string]>([
    [{ category: '王小明 13912345678' }, '#/category'],
    [{ category: '服饰' }, '#/category'],
    [{ category: '' }, '#/category'],
    [{ category: ['shoes'] }, '#/category'],
    [{ evidenceAsked: [{ place: 'work-order', number: '王小明' }] }, '#/evidenceAsked/0/number'],
  ])('what is not of the list, or no number, is refused: %j', async (facts, pointer) => {
    const id = await aCase()
    const answer = await post(`/api/cases/${id}/facts`, facts)
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    if ('category' in facts) expect((await act(id, { ...REFUND, facts })).status).toBe(400)
  })

  it('a category of the list is kept', async () => {
    const id = await aCase()
    expect(await post(`/api/cases/${id}/facts`, { category: 'shoes' })).toMatchObject({
      status: 200,
      body: { facts: { category: 'shoes' } },
    })
    expect(((await stack.get('/api/meta')).body.glossary as Record<string, object>).goodsCategories).toHaveProperty(
      'shoes',
    )
  })
})
