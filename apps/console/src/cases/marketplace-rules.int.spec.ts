import type { Response } from '../../test/operator-requests'
import { HOUR, NOON, openStack, waiting, type Stack } from '../../test/stack'

/** One of the two marketplaces has its own negotiation and group orders, the other has neither. */
describe('the rules of one marketplace', () => {
  let stack: Stack
  let insisting: string
  let elsewhere: string
  beforeAll(async () => {
    stack = await openStack()
    insisting = await stack.recordReport(stack.ours.stores[0], '1001', waiting(NOON + HOUR, 5000))
    elsewhere = await stack.recordReport(stack.ours.stores[1], '7001', waiting(NOON + HOUR, 8900))
  })
  afterAll(() => stack.close())

  const act = (id: string, action: object, facts: object): Promise<Response> =>
    stack.operator.act(id, { action, facts })
  const rejecting = {
    name: 'reject',
    reasonCode: '1',
    reason: '原因',
    explanation: '说明',
    evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
  }

  it('R014: refuse a rejection without negotiation; at the other marketplace it is a warning to confirm', async () => {
    expect((await act(insisting, rejecting, { chatExists: false })).body).toMatchObject({
      reason: 'NotNegotiatedYet',
      rule: 'R014',
    })
    expect((await act(elsewhere, rejecting, { chatExists: false })).body).toMatchObject({
      reason: 'MustBeConfirmed',
      warnings: expect.arrayContaining([expect.objectContaining({ warning: 'NoChatYet' })]) as object[],
    })
  })

  it('R109: refuse to refund a group order whose group has not formed; at the other marketplace it is refunded', async () => {
    expect((await act(insisting, { name: 'approve-refund' }, { groupFormed: false })).body).toMatchObject({
      reason: 'GroupNotFormed',
      rule: 'R109',
    })
    expect((await act(elsewhere, { name: 'approve-refund' }, { groupFormed: false })).status).toBe(201)
  })

  describe('R127: a text to a buyer may name its own marketplace, but no other', () => {
    const approving = (note: string) => ({ name: 'approve-refund', note })
    let [there, here] = ['', '']
    beforeAll(async () => {
      there = await stack.recordReport(stack.ours.stores[0], '1003', waiting(NOON + HOUR, 5000))
      here = await stack.recordReport(stack.ours.stores[1], '7003', waiting(NOON + HOUR, 5000))
    })
    const refused = { status: 409, body: { reason: 'TextNotAllowed', rule: 'R127' } }

    it.each(['抖音同款更便宜', '来我们的抖 店', 'see us on Douyin', 'ｄｏｕｄｉａｎ 有货', 'D-o-u-y-i-n'])(
      'the text %s is refused at the one marketplace',
      async (note) => {
        expect(await act(there, approving(note), {})).toMatchObject(refused)
      },
    )

    it.each(['拼多多更便宜', '拼 多 多 同款', 'cheaper at PinDuoDuo', 'PDD 有券'])(
      'the text %s is refused at the other marketplace',
      async (note) => {
        expect(await act(here, approving(note), {})).toMatchObject(refused)
      },
    )

    it.each(['淘宝有货', 'xianyu'])(
      'the text %s is refused at both: it names a marketplace that is neither',
      async (note) => {
        for (const id of [here, there]) expect(await act(id, approving(note), {})).toMatchObject(refused)
      },
    )

    it('each text that a person sends is checked: reasons, explanations, notes, negotiations, payments', async () => {
      const spoken = [
        { ...rejecting, explanation: '请到拼多多下单' },
        { ...rejecting, reason: '请到拼多多下单' },
      ]
      const returning = await stack.recordReport(stack.ours.stores[1], '7004', {
        ...waiting(NOON + HOUR, 5000),
        kind: { kind: 'return-and-refund' },
      })
      expect(
        await act(returning, { name: 'approve-return', addressId: '1', note: '请到拼多多下单' }, {}),
      ).toMatchObject(refused)
      for (const action of spoken) expect(await act(here, action, { chatExists: true })).toMatchObject(refused)
      const talks = [
        { name: 'negotiate', plan: 'exchange', text: '抖音同款换给您', evidence: [] },
        { name: 'send-small-payment', amount: 100, text: '抖音下单再减' },
      ]
      for (const action of talks)
        expect((await act(there, action, {})).body).toMatchObject({ reason: 'TextNotAllowed' })
    })

    it('a text with the marketplace’s own name is allowed, in both scripts', async () => {
      expect((await act(here, approving('抖音客服已为您处理，Douyin refunds by the way you paid'), {})).status).toBe(
        201,
      )
      expect((await act(there, approving('拼多多已退款，PDD refunds by the way you paid'), {})).status).toBe(201)
    })
  })

  it('R066, R143: refuse evidence of a type that the marketplace does not accept, before it is sent', async () => {
    const third = await stack.recordReport(stack.ours.stores[1], '7002', waiting(NOON + HOUR, 8900))
    const document = { ...rejecting, evidence: [{ hash: 'b'.repeat(64), kind: 'document' }] }
    expect((await act(third, document, { chatExists: true })).body).toMatchObject({ reason: 'EvidenceNotToStandard' })
  })
})
