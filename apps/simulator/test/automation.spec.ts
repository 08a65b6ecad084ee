import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { type AutomationChange } from '../src/world/automation'
import { at, douyin } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
const hours = (n: number): number => n * 3_600_000
let simulator: RunningSimulator
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'automation', startAt, standingClock: true })
})
afterEach(() => simulator.stop())

const shopId = () => simulator.douyin.shops[0]?.shopId ?? ''
const switched = (change: AutomationChange) =>
  simulator.world.automations.change(shopId(), change, simulator.clock.now())
const now = (number: string) => simulator.world.find(number)
/** Applies until the reason, and the price of the order, are as wanted. */
function applied(reason: string, fits: (fen: number) => boolean = () => true, believed = true): string {
  for (let i = 0; i < 2000; i++) {
    const record = simulator.world.apply({ shopId: shopId(), kind: 'return-and-refund', quiet: true })
    const order = simulator.world.findOrder(record.orderNumber)
    const paid = (order?.lines ?? []).reduce((sum, line) => sum + line.priceFen * line.quantity, 0)
    const suspicious = record.sequence % 25 === 24
    if (record.reason === reason && fits(paid) && suspicious !== believed) return record.number
  }
  throw new Error(`no application with ${reason}`)
}
const parcel = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF77', sentMs: 0 }
const sentBack = (number: string) => simulator.world.act(number, { what: 'send-back', by: 'buyer', parcel })
const row = async (number: string) => {
  const answer = await douyin(simulator, 'afterSale.List', `{"aftersale_id":"${number}","page":0,"size":1}`)
  return at(answer, 'data', 'items', 0, 'aftersale_info') as Record<string, unknown>
}
const SEVEN_DAYS = '7天无理由退货'

describe('the assistant of a shop', () => {
  it('is off at first, and then agrees to no return', () => {
    const number = applied(SEVEN_DAYS)
    simulator.clock.advance(hours(1))
    expect(now(number)?.status).toBe(6)
  })

  it('R162: agrees to every return where all reasons match, and marks it with bit 7', async () => {
    switched({ agreesReturn: 'all' })
    const number = applied('质量问题')
    simulator.clock.advance(hours(1))
    expect(now(number)).toMatchObject({ status: 7, effects: { returnsAgreed: 1 } })
    expect((await row(number))['auto_audit_bits']).toEqual([7])
  })

  it('R163: agrees to returns without reason only, where it is set so', () => {
    switched({ agreesReturn: 'no-reason' })
    const [quality, sevenDays] = [applied('质量问题'), applied(SEVEN_DAYS)]
    simulator.clock.advance(hours(1))
    expect([now(quality)?.status, now(sevenDays)?.status]).toEqual([6, 7])
  })

  it('R164: refunds what the warehouse reports, and marks it with bit 2', async () => {
    switched({ agreesReturn: 'all', warehouse: 'on' })
    const number = applied(SEVEN_DAYS)
    simulator.clock.advance(hours(1))
    sentBack(number)
    const report = `{"aftersale_id":"${number}","op_time":1,"tracking_no":"SF77"}`
    expect(at(await douyin(simulator, 'afterSale.returnGoodsToWareHouseSuccess', report), 'code')).toBe(10000)
    expect((await row(number))['auto_audit_bits']).toEqual([7, 2])
  })
})

describe('the advance refund after shipping', () => {
  const returned = (reason: string, fits?: (fen: number) => boolean, believed?: boolean) => {
    const number = applied(reason, fits, believed)
    simulator.world.act(number, { what: 'agree-return', by: 'merchant' })
    sentBack(number)
    simulator.clock.advance(hours(1))
    return number
  }
  const below = (fen: number) => fen < 29_000
  const above = (fen: number) => fen > 31_000

  it('R148: pays with the platform’s money when all six conditions hold', async () => {
    switched({ advancesRefund: true })
    const number = returned(SEVEN_DAYS, below)
    expect(now(number)).toMatchObject({ status: 12, effects: { refundsPaid: 1 } })
    expect(await row(number)).toMatchObject({ aftersale_refund_type: 5, refund_type: 3, auto_audit_bits: [3] })
  })

  it.each([
    ['R149: the service is off', false, SEVEN_DAYS, below],
    ['R151: the reason is another', true, '质量问题', below],
    ['R154: the order is too dear', true, SEVEN_DAYS, above],
  ] as const)('%s: nothing is advanced', (_, on, reason, fits) => {
    if (on) switched({ advancesRefund: true })
    expect(now(returned(reason, fits))?.status).toBe(11)
  })

  it('R153: a suspicious buyer gets nothing in advance, and the list shows why', async () => {
    switched({ advancesRefund: true })
    const number = returned(SEVEN_DAYS, below, false)
    expect(now(number)?.status).toBe(11)
    expect((await row(number))['risk_decision_code']).toBe(1)
  })

  it('R155, R157: cannot be closed within 24 hours, and can after that', () => {
    switched({ advancesRefund: true })
    simulator.clock.advance(hours(24) - 1)
    expect(() => switched({ advancesRefund: false })).toThrow('R155')
    simulator.clock.advance(1)
    expect(switched({ advancesRefund: false }).advances).toEqual([{ from: startAt, until: startAt + hours(24) }])
  })

  it('R158: an order that was paid before closing keeps the service', () => {
    switched({ advancesRefund: true })
    simulator.clock.advance(hours(24))
    switched({ advancesRefund: false })
    expect(now(returned(SEVEN_DAYS, below))?.status).toBe(12)
  })
})

test('the control API switches the automation of a shop and refuses unknown values', async () => {
  const post = async (body: unknown) => {
    const url = `${simulator.control.url}/control/automation`
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return [response.status, await response.json()] as const
  }
  expect(await post({ shopId: shopId(), agreesReturn: 'all', advancesRefund: true })).toEqual([
    200,
    { agreesReturn: 'all', warehouse: 'on', advances: [{ from: startAt }] },
  ])
  for (const wrong of [
    { shopId: '1' },
    { shopId: shopId(), agreesReturn: 'some' },
    { shopId: shopId(), advancesRefund: 1 },
  ])
    expect((await post(wrong))[0]).toBe(400)
})
