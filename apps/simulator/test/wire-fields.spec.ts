import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { type CaseKind, type CaseRecord } from '../src/world/case'
import { at, douyin, pinduoduo } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
let simulator: RunningSimulator
let shopId: string
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'fields', startAt, standingClock: true })
  shopId = simulator.douyin.shops[0]?.shopId ?? ''
})
afterEach(() => simulator.stop())

/** Buyers apply until one is as wanted. */
function applied(kind: CaseKind, fits: (c: CaseRecord) => boolean = () => true): CaseRecord {
  for (let i = 0; i < 3000; i++) {
    const record = simulator.world.apply({ shopId, kind, quiet: true })
    if (fits(record) && record.finalMs === null) return record
  }
  throw new Error('no application matches')
}
const order = (record: CaseRecord) => simulator.world.findOrder(record.orderNumber)
const row = async ({ number }: CaseRecord) =>
  at(await douyin(simulator, 'afterSale.List', `{"aftersale_id":"${number}","page":0,"size":1}`), 'data', 'items', 0)
const detail = async ({ number }: CaseRecord) =>
  at(await douyin(simulator, 'afterSale.Detail', `{"after_sale_id":"${number}"}`), 'data')
const detailOf = async (record: CaseRecord) =>
  at(await detail(record), 'process_info', 'after_sale_info') as Record<string, unknown>

describe('the number of claimed pieces', () => {
  it('the list shows what is claimed beside what was bought, and so does the detail', async () => {
    const record = applied('return-and-refund', (c) => c.quantity < c.line.quantity)
    const [line] = at(await row(record), 'order_info', 'related_order_info') as Record<string, unknown>[]
    const [same] = at(await detail(record), 'order_info', 'sku_order_infos') as Record<string, unknown>[]
    const expected = [record.line.quantity, record.quantity]
    expect([line?.['item_num'], line?.['aftersale_item_num']]).toEqual(expected)
    expect([same?.['item_quantity'], same?.['after_sale_item_count']]).toEqual(expected)
    expect(at(await row(record), 'aftersale_info', 'part_type')).toBe(1)
  })

  it('lines of the order of which nothing is claimed may come along, with 0, in both', async () => {
    const record = applied('exchange', (c) => (order(c)?.lines.length ?? 0) > 1 && c.sequence % 2 === 0)
    const lines = at(await row(record), 'order_info', 'related_order_info') as Record<string, unknown>[]
    const same = at(await detail(record), 'order_info', 'sku_order_infos') as Record<string, unknown>[]
    const expected = order(record)?.lines.map(({ number }) => (number === record.line.number ? record.quantity : 0))
    expect(lines.map((line) => line['aftersale_item_num'])).toEqual(expected)
    expect(same.map((line) => line['after_sale_item_count'])).toEqual(expected)
    expect(at(await row(record), 'aftersale_info', 'aftersale_order_type')).toBe(2)
  })

  it('Pinduoduo shows in the detail how many pieces of a part are meant', async () => {
    const mall = simulator.pinduoduo.shops[0]?.mallId ?? ''
    shopId = mall
    const record = applied('return-and-refund', (c) => c.quantity < c.line.quantity)
    const answer = await pinduoduo(simulator, 'pdd.refund.information.get', {
      order_sn: record.orderNumber,
      after_sales_id: record.number,
    })
    expect([answer['goods_number'], answer['part_after_sales_type'], answer['part_after_sales_value']]).toEqual([
      record.line.quantity,
      1,
      record.quantity,
    ])
  })
})

describe('the amount actually refunded', () => {
  it('is nothing at first, and may be less than was asked for in the end', async () => {
    const less = applied('refund-only-shipped', (c) => c.sequence % 10 === 3)
    const all = applied('refund-only-shipped', (c) => c.sequence % 10 !== 3)
    expect((await detailOf(less))['real_refund_amount']).toBe(0)
    for (const { number } of [less, all]) simulator.world.act(number, { what: 'agree-refund', by: 'merchant' })
    simulator.clock.advance(600_000)
    const [first, second] = [await detailOf(less), await detailOf(all)]
    expect([first['refund_total_amount'], first['real_refund_amount']]).toEqual([
      less.refundFen,
      less.refundFen - Math.floor(less.refundFen / 10),
    ])
    expect(second['real_refund_amount']).toBe(all.refundFen)
    expect(simulator.world.find(less.number)?.effects.refundedFen).toBe(first['real_refund_amount'])
  })
})

describe('a Pinduoduo case that moves goods only', () => {
  it.each(['resend', 'exchange', 'repair'] as const)('a %s may end in 10, and nothing is paid', (kind) => {
    shopId = simulator.pinduoduo.shops[0]?.mallId ?? ''
    const record = applied(kind, (c) => c.sequence % 2 === 1)
    simulator.world.act(record.number, { what: kind === 'resend' ? 'agree-resend' : 'agree-return', by: 'merchant' })
    const parcel = { carrierId: 1, carrierCode: 'a', carrierName: 'a', trackingNumber: 'A1', sentMs: 0 }
    if (kind !== 'resend') simulator.world.act(record.number, { what: 'send-back', by: 'buyer', parcel })
    if (kind !== 'repair') simulator.world.act(record.number, { what: 'ship-goods', by: 'merchant', parcel })
    simulator.clock.advance(20 * 86_400_000)
    expect(simulator.world.find(record.number)).toMatchObject({
      status: 10,
      effects: { refundsOrdered: 0, refundsPaid: 0, refundedFen: 0 },
    })
  })
})

describe('the parcel of an order that was received', () => {
  it.each([
    ['as real rows show it', false, [1, 5, 3]],
    ['as an official example shows it', true, [1, 3, 6]],
  ] as const)('%s', async (_, example, expected) => {
    const record = applied('refund-only-shipped', (c) => c.gotGoods && (c.sequence % 6 === 5) === example)
    const { aftersale_info: info, order_info: about } = (await row(record)) as Record<string, unknown>
    expect([
      at(info, 'got_pkg'),
      at(about, 'related_order_info', 0, 'order_status'),
      at(info, 'order_logistics', 0, 'logistics_state'),
    ]).toEqual(expected)
    expect([
      (await detailOf(record))['got_pkg'],
      at(await detail(record), 'order_info', 'sku_order_infos', 0, 'order_status'),
      at(await detail(record), 'process_info', 'logistics_info', 'order', 0, 'logistics_state'),
    ]).toEqual(expected)
  })

  it('is 0 while the goods are on their way', async () => {
    const record = applied('refund-only-shipped', (c) => !c.gotGoods)
    expect(at(await row(record), 'aftersale_info', 'order_logistics', 0, 'logistics_state')).toBe(0)
  })
})

test('refund_type of the detail is the refund channel, that of the list who decided', async () => {
  const refund = applied('refund-only-shipped', (c) => c.sequence % 9 !== 4)
  simulator.world.act(refund.number, { what: 'agree-refund', by: 'system', way: 2 })
  const deposit = applied('refund-only-shipped', (c) => c.sequence % 9 === 4)
  const exchange = applied('exchange')
  const refundFields = async (record: CaseRecord) => {
    const [info, listed] = [await detailOf(record), at(await row(record), 'aftersale_info')]
    return [info['refund_type'], info['refund_type_text'], at(listed, 'refund_type')]
  }
  expect(await refundFields(refund)).toEqual([0, '订单货款', 2])
  expect(await refundFields(deposit)).toEqual([3, '保证金', 0])
  expect(await refundFields(exchange)).toEqual([4, '无需退款', 0])
})

test('list and detail show marks, refusal and risk alike, under their own names', async () => {
  const record = applied('refund-only-shipped')
  simulator.world.act(record.number, { what: 'agree-parcel-refusal', by: 'merchant' })
  const suspicious = applied('return-and-refund', (c) => c.sequence % 25 === 24)
  simulator.world.act(suspicious.number, { what: 'agree-return', by: 'system', assistant: true })
  const parcel = { carrierId: 1, carrierCode: 'a', carrierName: 'a', trackingNumber: 'A1', sentMs: 0 }
  simulator.world.act(suspicious.number, { what: 'send-back', by: 'buyer', parcel })
  for (const [one, expected] of [
    [record, [1, 0, []]],
    [suspicious, [0, 1, [7]]],
  ] as const) {
    const [info, listed] = [await detailOf(one), at(await row(one), 'aftersale_info')]
    expect([info['agree_refuse_sign'], info['risk_decsison_code'], info['auto_audit_bits']]).toEqual(expected)
    expect([
      at(listed, 'is_agree_refuse_sign'),
      at(listed, 'risk_decision_code'),
      at(listed, 'auto_audit_bits'),
    ]).toEqual(expected)
  }
})

describe('what a detail and an interception have (fault E4)', () => {
  it('the return address appears with the agreement, the times of the end with the end', async () => {
    const record = applied('return-and-refund')
    expect(await detailOf(record)).toMatchObject({
      return_address: { province: { id: '', name: '' }, detail: '' },
      aftersale_status_to_final_time: 0,
      refund_time: 0,
      auto_audit_bits: [],
      agree_refuse_sign: 0,
      apply_role: 1,
      return_method: 0,
    })
    simulator.world.act(record.number, { what: 'agree-return', by: 'merchant' })
    const parcel = { carrierId: 1, carrierCode: 'a', carrierName: 'a', trackingNumber: 'A1', sentMs: 0 }
    simulator.world.act(record.number, { what: 'send-back', by: 'buyer', parcel })
    simulator.world.act(record.number, { what: 'agree-refund', by: 'merchant' })
    simulator.clock.advance(120_000)
    const info = await detailOf(record)
    const { finalMs } = simulator.world.find(record.number) ?? { finalMs: 0 }
    expect(info).toMatchObject({
      return_address: { province: { id: expect.stringMatching(/^\d{2}$/) as string }, detail: '仓储园区 5 号库' },
      aftersale_status_to_final_time: Math.floor((finalMs ?? 0) / 1000),
      refund_time: Math.floor((finalMs ?? 0) / 1000),
      return_method: 1,
    })
  })

  it('an interception names what else is in the parcel', async () => {
    const record = applied('refund-only-shipped', (c) => !c.gotGoods && (order(c)?.lines.length ?? 0) > 1)
    const parcel = order(record)?.parcel
    const answer = await douyin(
      simulator,
      'afterSale.applyLogisticsIntercept',
      `{"after_sale_id":${record.number},"intercept_targets":[{"company_code":"${parcel?.carrierCode}","tracking_no":"${parcel?.trackingNumber}"}],"op_from":1}`,
    )
    const others = order(record)?.lines.filter(({ number }) => number !== record.line.number) ?? []
    expect(at(answer, 'data', 'intercept_results', 0)).toMatchObject({
      cur_product: { order_id: BigInt(record.line.number), tags: null, amount: record.line.quantity },
      other_products: others.map(({ number, quantity }) => ({
        order_id: BigInt(number),
        tags: null,
        amount: quantity,
      })),
      other_product_amount: others.reduce((sum, { quantity }) => sum + quantity, 0),
      settlement_mode: 0,
    })
  })
})
