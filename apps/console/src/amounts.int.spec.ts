import { randomUUID } from 'node:crypto'
import type { Facets } from '#after-sale'
import { HOUR, NOON, openStack, waiting, type Stack } from '../test/stack'

const delivered = (over: Partial<Facets> = {}): Partial<Facets> => ({
  ...waiting(NOON + HOUR, 8900),
  goods: { stage: 'delivered', parcels: [] },
  ...over,
})
const paid = { order: { orderNumber: 'O1', lines: [{ lineId: 'L1', paid: 12_900 }] } }

describe('amounts over HTTP', () => {
  let stack: Stack
  let known: string
  let unknown: string
  beforeAll(async () => {
    stack = await openStack()
    const [, store] = stack.ours.stores
    known = await stack.tell(store, '8001', delivered({ ...paid, amountAgreed: { total: 8900 } }))
    unknown = await stack.tell(store, '8002', delivered())
  })
  afterAll(() => stack.close())

  const act = async (id: string, action: object): Promise<{ status: number; body: Record<string, unknown> }> => {
    const { body } = await stack.get(`/api/cases/${id}`)
    const answer = await stack.app.inject({
      method: 'POST',
      url: `/api/cases/${id}/actions`,
      payload: { action, judged: body.revision },
      headers: { host: 'localhost', 'x-operator': 'Lin', 'idempotency-key': randomUUID() },
    })
    return { status: answer.statusCode, body: answer.json() }
  }
  const pay = (amount: number): object => ({ name: 'send-small-payment', amount, text: '补偿' })

  it('A9: a case tells the three amounts, unknown as null, and whether it is a full refund', async () => {
    expect((await stack.get(`/api/cases/${known}`)).body.amounts).toEqual({
      totalFen: 8900,
      agreedFen: 8900,
      refundedFen: null,
      fullRefund: 'false',
      legs: [{ leg: 'GOODS', fen: 8900, payer: null, state: null }],
    })
    expect((await stack.get(`/api/cases/${unknown}`)).body.amounts).toMatchObject({
      agreedFen: null,
      refundedFen: null,
      fullRefund: 'unknown',
    })
  })

  it.each([
    ['small payment', pay(99_999_999)],
    ['proposal', { name: 'propose-amount', amount: 99_999_999, text: '折旧' }],
  ])('A20: a %s of 999,999.99 yuan is refused by name', async (_, action) => {
    for (const id of [known, unknown])
      expect(await act(id, action)).toMatchObject({ status: 409, body: { reason: 'AmountTooHigh' } })
  })

  it('A20: where it is unknown what the buyer paid, a person must confirm', async () => {
    expect(await act(unknown, pay(500))).toMatchObject({
      status: 409,
      body: { reason: 'MustBeConfirmed', warnings: [{ warning: 'PaidUnknown' }] },
    })
  })

  it('A20: payments of a case stay within the limit, and the same is not sent twice', async () => {
    expect((await act(known, pay(20_001))).body).toMatchObject({ reason: 'AmountTooHigh' })
    expect((await act(known, pay(8_900))).status).toBe(201)
    expect((await act(known, pay(1))).body).toMatchObject({ reason: 'AlreadyDecided' })
    expect(await stack.database.query('SELECT count(*)::int AS n FROM effect')).toEqual([{ n: 1 }])
  })
})
