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

describe('`judged` of an action over HTTP (fault A2)', () => {
  it.each<[string, unknown, number, string | undefined]>([
    ['the far future', '2099-12-31T00:00:00Z', 409, 'JudgedUnseenRevision'],
    ['the end of time', '9999-12-31T23:59:59.999Z', 409, 'JudgedUnseenRevision'],
    ['a number that is too large for a database', 1e300, 409, 'JudgedUnseenRevision'],
    ['the past', '2020-01-01T00:00:00Z', 409, 'JudgedOldRevision'],
    ['a negative number', -1, 409, 'JudgedOldRevision'],
    ['a text that is no number', 'NaN', 400, undefined],
    ['a fraction', 1.5, 400, undefined],
    ['null', null, 400, undefined],
    ['a list', [NOON], 400, undefined],
    ['a time without a zone', '2026-11-22T04:00:00', 400, undefined],
  ])('`judged` as %s is refused, and nothing is written', async (_, judged, status, reason) => {
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

describe('the id of an action over HTTP (fault A7)', () => {
  it('is answered 200 for the same request, and 409 with the reason for any other, alone or in a batch', async () => {
    const [caseId, otherCase] = [await aCase(), await aCase()]
    const key = randomUUID()
    const wish = { action: { name: 'propose-amount', amount: 3_000, text: '建议退30元' } }
    const firstAnswer = await requestConfirmed((request) => act(caseId, request, key), wish)
    expect(firstAnswer).toMatchObject({ status: 201, body: { caseId, intent: key } })
    expect(await act(caseId, wish, key)).toEqual({ ...firstAnswer, status: 200 })
    const another = { action: { ...wish.action, amount: 3_001 } }
    for (const [id, other] of [
      [otherCase, wish],
      [caseId, another],
    ] as const) {
      const answer = await act(id, other, key)
      expect(answer).toMatchObject({ status: 409, body: { reason: 'AnotherIntent', warnings: [] } })
      expect(answer.body.detail).toMatch(/Another request already has this id.*Send this request with an id of its own/)
    }
    const items = [
      { ...wish, caseId, intent: key, judged: await revisionOf(caseId) },
      { ...another, caseId, intent: key, judged: await revisionOf(caseId) },
      { ...wish, caseId: otherCase, intent: key, judged: await revisionOf(otherCase) },
    ]
    expect((await post('/api/actions/batch', { items })).body.items).toMatchObject([
      { outcome: 'decided' },
      { outcome: 'refused', reason: 'AnotherIntent' },
      { outcome: 'refused', reason: 'AnotherIntent', detail: expect.stringContaining('id of its own') as string },
    ])
    expect([await actionsOf(caseId), await actionsOf(otherCase)].map((list) => list.length)).toEqual([1, 0])
  })
})

describe('the warnings of an action over HTTP (fault A21)', () => {
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

  it('are not confirmed by a list of their names, and nothing is written', async () => {
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

  it('are confirmed in a batch, each item with its own token', async () => {
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

  it('are not confirmed with a token of another case, text, person or time: they come back with a new token', async () => {
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

  it('are not confirmed with a token from before there were more of them', async () => {
    const id = await aCase({ kind: { kind: 'return-and-refund' } })
    const fewer = { ...REJECT, facts: { ...REJECT.facts, sevenDayGoods: false } }
    const { confirmation, warnings } = (await warned(id, fewer)).body
    const answer = await warned(id, { ...REJECT, confirmation })
    expect(answer.body.reason).toBe('ConfirmationOfOtherWarnings')
    expect((answer.body.warnings as unknown[]).length).toBeGreaterThan((warnings as unknown[]).length)
    expect(await act(id, { ...REJECT, confirmation: answer.body.confirmation })).toMatchObject({ status: 201 })
  })

  it('are not confirmed with a token of an older revision of the case', async () => {
    const id = await aCase()
    const judged = await revisionOf(id)
    const { confirmation } = (await warned(id)).body
    const store = stack.ours.stores[1]
    await stack.recordReport(store, `N${number}`, { ...waiting(NOON + HOUR, 9_900) })
    expect((await act(id, { ...REJECT, judged, confirmation })).body.reason).toBe('JudgedOldRevision')
    expect((await warned(id, { ...REJECT, confirmation })).body.reason).toBe('ConfirmationNotForThis')
  })
})

describe('facts over HTTP (fault A23)', () => {
  it.each<[object, string]>([
    [{ category: '王小明 13912345678' }, '#/category'],
    [{ category: '服饰' }, '#/category'],
    [{ category: '' }, '#/category'],
    [{ category: ['shoes'] }, '#/category'],
    [{ evidenceAsked: [{ place: 'work-order', number: '王小明' }] }, '#/evidenceAsked/0/number'],
  ])('%j is refused: it is not of the list of codes, or no number', async (facts, pointer) => {
    const id = await aCase()
    const answer = await post(`/api/cases/${id}/facts`, facts)
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } })
    if ('category' in facts) expect((await act(id, { ...REFUND, facts })).status).toBe(400)
  })

  it('are kept where the category is one of the list', async () => {
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
