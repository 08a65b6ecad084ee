import { randomUUID } from 'node:crypto'
import { requestConfirmed } from '../../../../test/support/request-confirmed'
import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

const DAY = 24 * HOUR
const ITEMS = [{ kind: 'liability', text: '平台判责有误' }]

describe('the appeals API', () => {
  let stack: Stack
  let store: number
  let number = 0
  beforeAll(async () => {
    stack = await openStack()
    store = stack.ours.stores[0].id
  })
  afterAll(() => stack.close())

  const post = (url: string, payload: object): Promise<Response> => stack.operator.post(url, payload)
  const ruledAgainst = (of = stack.ours.stores[0]): Promise<string> =>
    stack.recordReport(
      of,
      `A${++number}`,
      { ...waiting(NOON + HOUR, 8_900), dispute: { stage: 'ruled-for-buyer' }, money: { stage: 'refunded' } },
      { at: stack.now },
    )
  const act = async (
    id: string,
    action: object,
    intent = randomUUID() as string,
    facts = {},
  ): Promise<Response & { intent: string }> => {
    const asking = (request: object): Promise<Response> => stack.operator.act(id, request, { intent })
    return { ...(await requestConfirmed(asking, { action, facts })), intent }
  }
  const appealing = (id: string, items: object[] = ITEMS) =>
    act(id, { name: 'appeal', items, evidence: [{ hash: 'a'.repeat(64), kind: 'image' }] })
  const report = (id: string, appeal: string, more: object = {}): Promise<Response> =>
    post(`/api/cases/${id}/appeals/${appeal}/results`, {
      kind: 'liability',
      result: 'lost',
      decidedAt: new Date(stack.now).toISOString(),
      ...more,
    })
  /** An appeal from the wish to the filing. */
  const filed = async (items?: object[]): Promise<{ id: string; appeal: string }> => {
    const id = await ruledAgainst()
    const { status, body, intent } = await appealing(id, items)
    expect([status, body]).toEqual([201, expect.anything()])
    expect((await post(`/api/cases/${id}/actions/${intent}/attest`, {})).status).toBe(200)
    return { id, appeal: intent }
  }
  const ofStore = async (id = store): Promise<Record<string, unknown>> =>
    (await stack.get(`/api/stores/${id}/appeals`)).body

  it('R082, R084: files an appeal when a person attests it, and decides its items one by one', async () => {
    const { id, appeal } = await filed([...ITEMS, { kind: 'goods-money', amount: 8_900, text: '货款' }])
    expect(await report(id, appeal, { kind: 'goods-money', result: 'partly', recoveredFen: 4_000 })).toEqual({
      status: 200,
      body: {
        appeal,
        filedAt: new Date(stack.now).toISOString(),
        stage: 'partly-decided',
        stageText: { zh: '部分已出结果', en: 'Some items decided' },
        items: [
          { kind: 'liability', claimedFen: null, result: 'pending', recoveredFen: null, decidedAt: null },
          {
            kind: 'goods-money',
            claimedFen: 8_900,
            result: 'partly',
            recoveredFen: 4_000,
            decidedAt: new Date(stack.now).toISOString(),
          },
        ],
      },
    })
    expect((await report(id, appeal, { result: 'won' })).body).toMatchObject({ stage: 'decided' })
    expect((await stack.get(`/api/cases/${id}/appeals`)).body).toMatchObject({ items: [{ appeal, stage: 'decided' }] })
    const { items } = (await stack.get(`/api/cases/${id}/events`)).body as {
      items: { type: string; summary: { en: string } }[]
    }
    expect(items[0]).toMatchObject({ type: 'AppealItemDecided', summary: { en: 'Liability appeal: won' } })
  })

  it('R080: refuses to appeal an item again, whatever facts the caller states', async () => {
    const { id, appeal } = await filed()
    await report(id, appeal, { result: 'won' })
    expect(await appealing(id)).toMatchObject({ status: 409, body: { reason: 'AppealItemTwice', rule: 'R080' } })
    const answer = await act(id, { name: 'appeal', items: ITEMS, evidence: [] }, randomUUID(), {
      appealed: [],
      failedAppeals: { month: 0, year: 0 },
    })
    expect(answer.status).toBe(400)
  })

  it.each([
    ['of an unknown appeal', 'nobody', {}, 404],
    ['of an item that the appeal does not have', undefined, { kind: 'freight' }, 404],
    ['that is dated tomorrow', undefined, { decidedAt: new Date(NOON + DAY).toISOString() }, 409],
    ['whose time is not an instant', undefined, { decidedAt: 'yesterday' }, 400],
    ['that is no decision', undefined, { result: 'pending' }, 400],
    ['of a liability item with money (R068)', undefined, { result: 'won', recoveredFen: 1 }, 409],
  ])('a result %s is refused', async (_, unknownAppeal, overrides, status) => {
    const { id, appeal } = await filed()
    expect((await report(id, unknownAppeal ?? appeal, overrides)).status).toBe(status)
  })

  it('R083: does not count a withdrawn appeal as a failure', async () => {
    const before = (await ofStore()).failed
    const { id } = await filed()
    const { intent } = await act(id, { name: 'withdraw-appeal' })
    expect(await post(`/api/cases/${id}/actions/${intent}/attest`, {})).toMatchObject({
      status: 200,
      body: { state: 'confirmed' },
    })
    expect((await ofStore()).failed).toEqual(before)
    const { items } = (await ofStore()) as { items: { caseId: string; result: string }[] }
    expect(items.find(({ caseId }) => caseId === id)?.result).toBe('withdrawn')
  })

  it('R061: takes an appeal with 3 failures in a month, and none with 4 until the next month begins', async () => {
    for (let failures = 1; failures <= 3; failures++) {
      const { id, appeal } = await filed()
      await report(id, appeal)
      expect(await ofStore()).toMatchObject({
        failed: { month: failures, year: failures },
        budget: { open: true, left: 4 - failures },
      })
    }
    const fourth = await filed()
    await report(fourth.id, fourth.appeal)
    expect(await ofStore()).toMatchObject({
      failed: { month: 4, year: 4 },
      allowed: { month: 3, year: 10, countedBy: 'item' },
      // Midnight in Shanghai.
      budget: { open: false, left: 0, rule: 'R061', opensAt: '2026-11-30T16:00:00.000Z' },
    })
    const id = await ruledAgainst()
    expect(await appealing(id)).toMatchObject({ status: 409, body: { reason: 'AppealQuotaUsed', rule: 'R061' } })
    // Each store has a budget of its own.
    expect((await appealing(await ruledAgainst(stack.ours.stores[1]))).status).toBe(201)
    stack.now = Date.parse('2026-11-30T16:00:00Z') - 1
    expect(await appealing(id)).toMatchObject({ status: 409, body: { reason: 'AppealQuotaUsed' } })
    stack.now += 1
    expect((await appealing(id)).status).toBe(201)
    expect(await ofStore()).toMatchObject({ failed: { month: 0, year: 4 }, budget: { open: true, left: 4 } })
  })

  it('R062: takes an appeal with 10 failures in a year, and none with 11 until the next year begins', async () => {
    for (let failures = 5; failures <= 11; failures++) {
      const { id, appeal } = await filed()
      // The month's limit is not the matter here: the platform decided in the months before.
      await report(id, appeal, { decidedAt: `2026-0${failures - 4}-05T04:00:00Z` })
      expect(await ofStore()).toMatchObject({ failed: { month: 0, year: failures } })
    }
    expect(await appealing(await ruledAgainst())).toMatchObject({
      status: 409,
      body: { reason: 'AppealQuotaUsed', rule: 'R062' },
    })
    expect(await ofStore()).toMatchObject({ budget: { rule: 'R062', opensAt: '2026-12-31T16:00:00.000Z' } })
    stack.now = Date.parse('2026-12-31T16:00:00Z')
    expect((await appealing(await ruledAgainst())).status).toBe(201)
  })

  it('R071: lists the cases that could be appealed by what one more failure is worth there', async () => {
    const small = await stack.recordReport(stack.ours.stores[1], 'S', {
      ...waiting(NOON, 100),
      dispute: { stage: 'ruled-for-buyer' },
      money: { stage: 'refunded' },
    })
    const large = await stack.recordReport(stack.ours.stores[1], 'L', {
      ...waiting(NOON, 90_000),
      dispute: { stage: 'ruled-for-buyer' },
      money: { stage: 'refunded' },
    })
    const { candidates } = (await ofStore(stack.ours.stores[1].id)) as {
      candidates: { caseId: string; rank: { worth: number } | null }[]
    }
    const order = candidates.map(({ caseId }) => caseId)
    expect(order.indexOf(large)).toBeLessThan(order.indexOf(small))
    expect(order).toHaveLength(3)
    const { intent } = await appealing(large)
    await post(`/api/cases/${large}/actions/${intent}/attest`, {})
    const remaining = (await ofStore(stack.ours.stores[1].id)) as { candidates: { caseId: string }[] }
    expect(remaining.candidates.map(({ caseId }) => caseId)).not.toContain(large)
  })

  it('answers for stores and cases of another organisation as for such that do not exist', async () => {
    expect((await stack.get(`/api/stores/${stack.theirs.store.id}/appeals`)).status).toBe(404)
    const theirs = await ruledAgainst(stack.theirs.store)
    expect((await report(theirs, 'x')).status).toBe(404)
  })
})
