import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { at, douyin } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
let simulator: RunningSimulator
let shop: string

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'dy-api', startAt, standingClock: true })
  shop = simulator.douyin.shops[0]?.shopId ?? ''
})
afterEach(() => simulator.stop())

const subCode = (answer: unknown) => at(answer, 'sub_code')
const listAll = '{"order_by":["update_time asc"],"page":0,"size":100}'
const operate = (type: number, item: Record<string, unknown>) =>
  douyin(simulator, 'afterSale.operate', JSON.stringify({ items: [item], type }))

describe('the Douyin store API', () => {
  it('answers a wrong signature with its own error envelope on HTTP 200', async () => {
    const answer = await douyin(simulator, 'afterSale.List', listAll, { secret: 'wrong' })
    expect([at(answer, 'code'), subCode(answer)]).toEqual([40003, 'isv.signature-invalid'])
  })

  it('takes both ways of signing and both ways of writing the time', async () => {
    const text = { timestamp: '2026-03-02 10:00:00', signMethod: 'md5' as const }
    expect(at(await douyin(simulator, 'afterSale.List', listAll, text), 'code')).toBe(10000)
    expect(at(await douyin(simulator, 'afterSale.List', listAll), 'code')).toBe(10000)
  })

  it('sorts the parameters itself: a signature over an unsorted text does not match', async () => {
    const answer = await douyin(simulator, 'afterSale.List', '{"size":100,"page":0}')
    expect(subCode(answer)).toBe('isv.signature-invalid')
  })

  it('writes ids as strings in the list and as bare nineteen-digit numbers in the detail', async () => {
    const record = simulator.world.apply({ shopId: shop, kind: 'return-and-refund', quiet: true })
    const list = await douyin(simulator, 'afterSale.List', listAll)
    const detail = await douyin(
      simulator,
      'afterSale.Detail',
      `{"after_sale_id":"${record.number}","need_operation_record":true}`,
    )
    expect(at(list, 'data', 'items', 0, 'aftersale_info', 'aftersale_id')).toBe(record.number)
    expect(at(detail, 'data', 'process_info', 'after_sale_info', 'after_sale_id')).toBe(BigInt(record.number))
    expect(at(detail, 'data', 'order_info', 'shop_order_id')).toBe(BigInt(record.orderNumber))
    expect(record.number).toMatch(/^\d{19}$/)
    expect(BigInt(Number(record.number))).not.toBe(BigInt(record.number))
  })

  it('spells its fields as the platform does', async () => {
    const record = simulator.world.apply({ shopId: shop, kind: 'exchange', quiet: true })
    const detail = await douyin(simulator, 'afterSale.Detail', `{"after_sale_id":"${record.number}"}`)
    const info = at(detail, 'data', 'process_info', 'after_sale_info') as object
    expect(Object.keys(info)).toEqual(
      expect.arrayContaining([
        'risk_decsison_code',
        'risk_decsison_reason',
        'risk_decsison_description',
        'post_tel_sec',
      ]),
    )
    expect(at(detail, 'data', 'process_info', 'arbitrate_info', 'arbitrate_status_deadline')).toBe('0')
    expect([at(info, 'update_time'), at(info, 'status_deadline')]).toEqual([startAt / 1000, startAt / 1000 + 48 * 3600])
  })

  it('pages from 0, shows whether there is more, and goes no deeper than 50,000 rows', async () => {
    for (let i = 0; i < 3; i++) simulator.world.apply({ shopId: shop, kind: 'exchange', quiet: true })
    const page = (n: number, size: number) =>
      douyin(simulator, 'afterSale.List', `{"order_by":["update_time asc"],"page":${n},"size":${size}}`)
    expect(await page(0, 2)).toMatchObject({ data: { has_more: true, total: 3, page: 0, size: 2 } })
    expect(await page(1, 2)).toMatchObject({ data: { has_more: false, total: 3, page: 1, size: 1 } })
    expect(at(await page(501, 100), 'code')).toBe(40004)
    expect(at(await page(0, 101), 'code')).toBe(40004)
  })

  it('refuses a decision on an application that the buyer has changed meanwhile', async () => {
    const record = simulator.world.apply({ shopId: shop, kind: 'refund-only-shipped', quiet: true })
    simulator.clock.advance(5000)
    simulator.world.act(record.number, { what: 'modify', by: 'buyer', refundFen: 100 })
    const stale = await operate(201, { aftersale_id: record.number, update_time: startAt / 1000 })
    const fresh = await operate(201, { aftersale_id: record.number, update_time: startAt / 1000 + 5 })
    expect([at(stale, 'code'), subCode(stale)]).toEqual([50002, 'isv.business-failed:20309541'])
    expect(at(fresh, 'data', 'items')).toEqual([
      { aftersale_id: BigInt(record.number), status_code: 0, status_msg: 'success' },
    ])
    simulator.clock.advance(120_000)
    expect(simulator.world.find(record.number)?.effects).toMatchObject({
      refundsOrdered: 1,
      refundsPaid: 1,
      refundedFen: 100,
    })
  })

  it.each([
    [101, 'refund-only-shipped', 'isv.parameter-missing'],
    [201, 'return-and-refund', 'isv.business-failed:11005'],
    [111, 'return-and-refund', 'isv.business-failed:20309541'],
    [102, 'return-and-refund', 'isv.parameter-missing'],
  ] as const)('refuses operation %i on a fresh %s case', async (type, kind, expected) => {
    const record = simulator.world.apply({ shopId: shop, kind, quiet: true })
    expect(subCode(await operate(type, { aftersale_id: record.number }))).toBe(expected)
    expect(simulator.world.find(record.number)?.revision).toBe(1)
  })

  it('lets a batch fail as a whole', async () => {
    const [good, bad] = [
      simulator.world.apply({ shopId: shop, kind: 'resend', quiet: true }),
      simulator.world.apply({ shopId: shop, kind: 'repair', quiet: true }),
    ]
    const items = [good, bad].map((record) => ({ aftersale_id: record.number }))
    const answer = await douyin(simulator, 'afterSale.operate', JSON.stringify({ items, type: 501 }))
    expect(subCode(answer)).toBe('isv.business-failed:11005')
    expect(simulator.world.find(good.number)?.status).toBe(6)
  })

  it('refunds on warehouse receipt only where the assistant is set', async () => {
    const answers = []
    for (const { shopId, accessToken } of simulator.douyin.shops) {
      const record = simulator.world.apply({ shopId, kind: 'return-and-refund', quiet: true })
      simulator.world.act(record.number, { what: 'agree-return', by: 'merchant' })
      const parcel = {
        carrierId: 1,
        carrierCode: 'shentong',
        carrierName: '申通快递',
        trackingNumber: `77${shopId}`,
        sentMs: startAt,
      }
      simulator.world.act(record.number, { what: 'send-back', by: 'buyer', parcel })
      const param = `{"aftersale_id":"${record.number}","logistics_company_code":"shentong","op_time":${startAt / 1000},"tracking_no":"77${shopId}"}`
      answers.push(
        subCode(await douyin(simulator, 'afterSale.returnGoodsToWareHouseSuccess', param, { token: accessToken })),
      )
    }
    expect(answers).toEqual(['', 'isv.business-failed:11002'])
  })

  it('distinguishes expired tokens from invented ones and renews them', async () => {
    simulator.expireTokens()
    expect(subCode(await douyin(simulator, 'afterSale.List', listAll))).toBe('isv.access-token-expired')
    expect(subCode(await douyin(simulator, 'afterSale.List', listAll, { token: 'invented' }))).toBe(
      'isv.access-token-no-existed',
    )
    const renewed = await douyin(
      simulator,
      'token.refresh',
      `{"grant_type":"refresh_token","refresh_token":"${simulator.douyin.shops[0]?.refreshToken}"}`,
    )
    const token = String(at(renewed, 'data', 'access_token'))
    expect(at(await douyin(simulator, 'afterSale.List', listAll, { token }), 'code')).toBe(10000)
  })
})
