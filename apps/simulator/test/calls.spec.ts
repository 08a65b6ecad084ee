import { type RunningSimulator } from '../src/running'
import { targetOf } from '../src/http/http-service'
import { startSimulator } from '../src/simulator'
import { type CaseKind, type CaseRecord } from '../src/world/case'
import { at, douyin } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
let simulator: RunningSimulator
let shopId: string
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'calls', startAt, standingClock: true })
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

describe('a path that begins with two slashes (fault E1)', () => {
  it.each([
    ['//afterSale/List?a=1&b=%20', '/afterSale/List', 'a=1&b=+'],
    ['///afterSale/List', '/afterSale/List', ''],
    ['/afterSale/List?x=//y?z', '/afterSale/List', 'x=%2F%2Fy%3Fz'],
    ['http://any.host//afterSale/List', '/afterSale/List', ''],
    ['//', '/', ''],
    ['//%', '/%', ''],
  ])('%s is the path %s', (target, path, query) => {
    expect([targetOf(target).path, targetOf(target).query.toString()]).toEqual([path, query])
  })

  it('is served like one with a single slash, by every server', async () => {
    const paths = [
      `${simulator.douyin.apiUrl}//afterSale/List`,
      `${simulator.pinduoduo.apiUrl.replace('/api/', '//api/')}`,
    ]
    const answers = await Promise.all(
      paths.map(async (url) => (await fetch(url, { method: 'POST', body: '{}' })).json()),
    )
    expect([at(answers[0], 'sub_code'), at(answers[1], 'error_response', 'error_code')]).toEqual([
      'isv.app-id-missing',
      10001,
    ])
    expect((await fetch(`${simulator.control.url}//control/clock`)).status).toBe(200)
  })
})

describe('Douyin calls', () => {
  it('a warehouse receipt needs no tracking number, and refuses a wrong one', async () => {
    simulator.world.automations.change(shopId, { warehouse: 'on' }, simulator.clock.now())
    const record = applied('return-and-refund')
    simulator.world.act(record.number, { what: 'agree-return', by: 'merchant' })
    const parcel = { carrierId: 1, carrierCode: 'a', carrierName: 'a', trackingNumber: 'A1', sentMs: 0 }
    simulator.world.act(record.number, { what: 'send-back', by: 'buyer', parcel })
    const report = (more: string) =>
      douyin(
        simulator,
        'afterSale.returnGoodsToWareHouseSuccess',
        `{"aftersale_id":"${record.number}","op_time":1${more}}`,
      )
    expect(at(await report(',"tracking_no":"B2"'), 'sub_code')).toBe('isv.business-failed:11000')
    expect(at(await report(''), 'code')).toBe(10000)
  })

  it('opening the late channel answers no data, by the order and by any of its lines', async () => {
    const record = applied('exchange', (c) => (order(c)?.lines.length ?? 0) > 1)
    for (const { number } of order(record)?.lines ?? []) {
      expect(at(await douyin(simulator, 'afterSale.openOutAfterSale', `{"order_id":${number}}`), 'data')).toEqual({})
      expect(
        at(await douyin(simulator, 'afterSale.OpenAfterSaleChannel', `{"order_id":${number}}`), 'data', 'conclusion'),
      ).toEqual({ match_conclusion: 1, match_message: '', can_apply_type_list: [0, 1, 3], match_success: true })
    }
    expect(at(await douyin(simulator, 'afterSale.openOutAfterSale', '{"order_id":7}'), 'code')).toBe(50002)
  })

  it.each(['', '"'])('takes reason code and address as numbers and as texts (%s)', async (quote) => {
    const record = applied('return-and-refund')
    const address = simulator.douyin.shops[0]?.returnAddressId ?? ''
    const item = `{"aftersale_id":"${record.number}","logistics":{"receiver_address_id":${quote}${address}${quote}}}`
    expect(at(await douyin(simulator, 'afterSale.operate', `{"items":[${item}],"type":101}`), 'code')).toBe(10000)
    const other = applied('return-and-refund')
    const no = `{"aftersale_id":"${other.number}","reason":"r","reject_reason_code":${quote}103${quote},"remark":"x"}`
    expect(at(await douyin(simulator, 'afterSale.operate', `{"items":[${no}],"type":102}`), 'code')).toBe(10000)
  })
})
