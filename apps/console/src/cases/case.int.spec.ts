import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

describe('the API of one case', () => {
  let stack: Stack
  let caseId: string
  let sharing: string
  let sibling: string
  let messageId: number
  const RAW = JSON.stringify({
    aftersale_id: '7012345678901234567',
    data: JSON.stringify({ receiver_name: '金丝雀', mobile: '13912345678' }),
  })

  beforeAll(async () => {
    stack = await openStack()
    const [first, second] = stack.ours.stores
    messageId = await stack.message(first, 'detail', RAW)
    const order = {
      orderNumber: 'O1',
      lines: [{ lineId: 'L1', title: '手机壳', sku: 'red', quantity: 2, paid: 1_500 }],
    }
    const parcel = { direction: 'back', tracking: 'SF1', carrier: '顺丰' } as const
    caseId = await stack.recordReport(
      first,
      'C1',
      {
        ...waiting(NOON + HOUR, 1_234),
        order,
        reason: { text: '质量问题，电话13912345678' },
        reasonCode: { code: '9' },
      },
      { appliedAt: NOON - HOUR, messageId },
    )
    sibling = await stack.recordReport(first, 'C2', { ...waiting(NOON, 10), order })
    sharing = await stack.recordReport(second, 'C3', { goods: { stage: 'returning', parcels: [parcel] } })
    const more = {
      goods: { stage: 'returning', parcels: [parcel] },
      money: { stage: 'advanced', payer: 'platform' },
      reason: { text: '不想要了' },
      buyer: stack.seal('王小明', '13912345678'),
      flags: ['speed-refund'],
    } as const
    await stack.recordReport(first, 'C1', { goods: { stage: 'in-transit', parcels: [] } }, { at: NOON + HOUR / 4 })
    await stack.recordReport(first, 'C1', more, { at: NOON + HOUR / 2 })
  })
  afterAll(() => stack.close())

  it('shows rails, money, lines, parcels with the cases that share them, deadlines and the other cases of the order', async () => {
    const { status, body } = await stack.get(`/api/cases/${caseId}`)
    expect(status).toBe(200)
    const since = expect.stringMatching(/^2026-11-22T04:30:00/) as string
    expect(body).toMatchObject({
      now: '2026-11-22T04:00:00.000Z',
      row: {
        caseId,
        caseNumber: 'C1',
        turn: 'us',
        riskFen: 1_234,
        buyer: { name: '王**', phone: '139****5678' },
        reason: { text: '不想要了', code: '9' },
      },
      rails: {
        goods: { stage: 'returning', since, reached: [{ stage: 'in-transit' }, { stage: 'returning', at: since }] },
        money: { stage: 'advanced', since, payer: 'platform', reached: [{ stage: 'advanced', at: since }] },
        dispute: { stage: null, since: null, id: null, reached: [] },
      },
      amounts: { totalFen: 1_234, legs: [{ leg: 'GOODS', fen: 1_234 }] },
      firstReason: { text: '质量问题，电话139****5678', code: '9' },
      reason: { text: '不想要了', code: '9' },
      lines: [{ lineId: 'L1', title: '手机壳', sku: 'red', quantity: 2, paidFen: 1_500 }],
      parcels: [
        {
          direction: 'back',
          carrier: '顺丰',
          tracking: 'SF1',
          state: null,
          sharedWith: [{ caseId: sharing, caseNumber: 'C3' }],
        },
      ],
      deadlines: [
        {
          kind: 'SELLER_RESPONSE',
          turn: 'us',
          due: '2026-11-22T05:00:00.000Z',
          source: 'OBSERVED',
          onBreach: 'platform-refunds',
          riskFen: 1_234,
          passed: false,
        },
      ],
      siblings: [{ caseId: sibling }],
      flags: ['speed-refund'],
    })
  })

  it('lists what happened, newest first, in both languages, with the message behind it', async () => {
    const first = await stack.get(`/api/cases/${caseId}/events?limit=4`)
    const items = first.body.items as {
      version: number
      type: string
      summary: { zh: string; en: string }
      changes: unknown
      message: unknown
    }[]
    expect(items).toHaveLength(4)
    const rest = await stack.get(`/api/cases/${caseId}/events?before=${String(first.body.next)}`)
    const all = [...items, ...(rest.body.items as typeof items)]
    expect(rest.body.next).toBeNull()
    expect(all.map(({ version }) => version)).toEqual([...all.keys()].map((n) => all.length - n))
    expect(all.at(-1)).toMatchObject({
      type: 'CaseOpened',
      summary: { zh: '买家申请仅退款 ¥12.34', en: 'The buyer asks: refund only ¥12.34' },
      message: { id: String(messageId), channel: 'detail', receivedAt: '2026-11-22T04:00:00.000Z' },
    })
    expect(all.find(({ type }) => type === 'BuyerKnown')?.changes).toEqual({
      buyer: { from: null, to: { name: '王**', phone: '139****5678' } },
    })
    expect(all.find(({ type }) => type === 'MoneyMoved')?.summary).toEqual({
      zh: '资金：平台垫付',
      en: 'Money: advanced by the platform',
    })
    const text = first.text + rest.text
    for (const secret of ['13912345678', '王小明', '"sealed"', 'Hash']) expect(text).not.toContain(secret)
  })

  it('shows a message with personal data masked, and its ids to the digit', async () => {
    const { body, text } = await stack.get(`/api/messages/${messageId}`)
    expect(body).toMatchObject({
      id: String(messageId),
      channel: 'detail',
      marketplace: stack.ours.stores[0].marketplace,
      bytes: Buffer.byteLength(RAW),
    })
    expect(text).toContain('7012345678901234567')
    for (const secret of ['金丝雀', '13912345678']) expect(text).not.toContain(secret)
  })

  it('answers 404 for the case, the events and the message of another organisation', async () => {
    const theirs = await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 1))
    const theirMessage = await stack.message(stack.theirs.store, 'push', '{}')
    for (const path of [`/api/cases/${theirs}`, `/api/cases/${theirs}/events`, `/api/messages/${theirMessage}`])
      expect((await stack.get(path)).status).toBe(404)
  })
})
