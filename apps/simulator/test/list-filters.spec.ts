import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { type CaseRecord, type Order } from '../src/world/case'
import { at, douyin } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
const DAY = 86_400_000
let simulator: RunningSimulator
let all: readonly CaseRecord[]
const order = (record: CaseRecord) => simulator.world.findOrder(record.orderNumber) as Order

/** A store that has had everything that the filters select, refused parcels in all four states among it. */
beforeAll(async () => {
  simulator = await startSimulator({
    seed: 'filters',
    startAt,
    standingClock: true,
    shops: { pinduoduo: 1, douyin: 1 },
    history: { cases: 500, days: 4 },
    pace: { backOfficeShare: 0.6 },
  })
  const shopId = simulator.douyin.shops[0]?.shopId ?? ''
  const refusable = (gotGoods: boolean) => {
    for (;;) {
      const record = simulator.world.apply({ shopId, kind: 'refund-only-shipped', quiet: true })
      if (record.gotGoods === gotGoods && record.finalMs === null) return record.number
    }
  }
  const refusal = (refused: boolean) => {
    const number = refusable(!refused)
    simulator.world.act(number, { what: 'agree-parcel-refusal', by: 'merchant' })
    if (refused) simulator.world.act(number, { what: 'refuse-parcel', by: 'buyer' })
  }
  for (const days of [3, 2, 0]) {
    refusal(true)
    simulator.clock.advance(days * DAY)
  }
  refusal(false)
  all = simulator.world.updatedIn(shopId, 0, Infinity)
})
afterAll(() => simulator.stop())

const asked = async (filter: Record<string, unknown>) => {
  const param = { ...filter, page: 0, size: 100 }
  const numbers: string[] = []
  for (let page = 0; ; page++) {
    const sorted = Object.fromEntries(Object.entries({ ...param, page }).sort(([a], [b]) => (a < b ? -1 : 1)))
    const answer = await douyin(simulator, 'afterSale.List', JSON.stringify(sorted))
    if (at(answer, 'code') !== 10000) return String(at(answer, 'sub_code'))
    const items = at(answer, 'data', 'items') as Record<string, unknown>[]
    numbers.push(...items.map((item) => String(at(item, 'aftersale_info', 'aftersale_id'))))
    if (at(answer, 'data', 'has_more') !== true) return numbers.sort()
  }
}
const those = (matches: (c: CaseRecord) => boolean) =>
  all
    .filter(matches)
    .map(({ number }) => number)
    .sort()

/** Half of the orders have no flag. */
const flag = (record: CaseRecord) => Math.max(0, Number(record.orderNumber.at(-3)) - 4)
const withMoney = (record: CaseRecord) =>
  record.specialType !== null || !['exchange', 'resend', 'repair'].includes(record.kind)
const fromDeposit = (record: CaseRecord) =>
  withMoney(record) && record.specialType === null && record.sequence % 9 === 4
const logged = (record: CaseRecord, text: string) => record.log.some((line) => line.text === text)

/** What each documented value is for, by the world itself and not by what a row shows. */
const FILTER_ROWS: readonly (readonly [string, unknown, (c: CaseRecord) => boolean])[] = [
  ['risk_flag', -1, (c) => c.returnParcel !== null && c.sequence % 25 !== 24],
  ['risk_flag', 1, (c) => c.returnParcel !== null && c.sequence % 25 === 24],
  ['amount_start', 10_000, (c) => c.refundFen >= 10_000],
  ['amount_end', 5_900, (c) => c.refundFen <= 5_900],
  ['logistics_status', 1, () => true],
  ['logistics_status', 2, (c) => c.returnParcel !== null],
  ['logistics_status', 3, (c) => c.returnParcel === null],
  ['refund_type', 0, (c) => withMoney(c) && !fromDeposit(c)],
  ['refund_type', 1, () => false],
  ['refund_type', 2, () => false],
  ['refund_type', 3, (c) => fromDeposit(c)],
  ['refund_type', 4, (c) => !withMoney(c)],
  ...[0, 1, 2, 3, 4, 5].map((n) => ['order_flag', [n], (record: CaseRecord) => flag(record) === n] as const),
  ['order_flag', [1, 5], (c) => [1, 5].includes(flag(c))],
  ['aftersale_sub_type', 8001, (c) => c.kind === 'repair' && c.sequence % 4 === 1],
  ['order_logistics_state', [1], (c) => logged(c, '买家已拒收，自动退款') && age(c) < DAY],
  ['order_logistics_state', [2], (c) => c.parcelRefusalAgreed && c.gotGoods && !logged(c, '买家已拒收，自动退款')],
  ['order_logistics_state', [3], (c) => logged(c, '买家已拒收，自动退款') && age(c) >= DAY && age(c) < 4 * DAY],
  ['order_logistics_state', [4], (c) => logged(c, '买家已拒收，自动退款') && age(c) >= 4 * DAY],
  ['order_logistics_state', [1, 3], (c) => logged(c, '买家已拒收，自动退款') && age(c) < 4 * DAY],
  ['agree_refuse_sign', [1], (c) => c.parcelRefusalAgreed],
  ['agree_refuse_sign', [2], (c) => !c.parcelRefusalAgreed],
  ['agree_refuse_sign', [1, 2], () => true],
  ['reason', 1, (c) => c.reason === '7天无理由退货'],
  ['reason', 2, (c) => c.reason !== '7天无理由退货'],
  ['pay_type', 1, () => true],
  ['pay_type', 2, () => false],
  ['pay_type', 3, () => true],
  ['arbitrate_status', [0], (c) => c.dispute === null],
  ['arbitrate_status', [2], (c) => c.dispute?.status === 2],
  ['arbitrate_status', [3], (c) => c.dispute?.status === 3],
  ['arbitrate_status', [6], (c) => c.dispute?.status === 2 || c.dispute?.status === 3],
  ['arbitrate_status', [255], (c) => c.dispute?.status === 255],
  ['standard_aftersale_status', [6, 27], (c) => c.status === 6 || c.status === 27],
  ['standard_aftersale_status', '6,27', (c) => c.status === 6 || c.status === 27],
  ['aftersale_type', 3, (c) => c.kind === 'exchange' && c.specialType === null],
]
const age = (record: CaseRecord): number =>
  simulator.clock.now() - (record.log.find(({ text }) => text === '买家已拒收，自动退款')?.atMs ?? 0)

/** In this world no buyer pays on delivery, and nothing is refunded offline or from the reserve. */
const FILTERS_WITHOUT_MATCH = new Set(['pay_type 2', 'refund_type 1', 'refund_type 2'])

describe('the filters of afterSale.List (fault E2)', () => {
  it.each(FILTER_ROWS)('%s %j gives the documented cases and no others', async (name, value, matches) => {
    const expected = those(matches)
    expect(expected.length > 0).toBe(!FILTERS_WITHOUT_MATCH.has(`${name} ${String(value)}`))
    expect(await asked({ [name]: value })).toEqual(expected)
  })

  it('order_logistics_tracking_no gives the cases of those parcels', async () => {
    const trackings = all.flatMap((c) => order(c).parcel?.trackingNumber ?? []).slice(0, 2)
    expect(trackings).toHaveLength(2)
    expect(await asked({ order_logistics_tracking_no: trackings })).toEqual(
      those((c) => trackings.includes(order(c).parcel?.trackingNumber ?? '')),
    )
    expect(await asked({ order_logistics_tracking_no: ['SF0'] })).toEqual([])
  })

  it('several filters must hold together', async () => {
    expect(await asked({ amount_end: 9_000, amount_start: 5_000, logistics_status: 2, reason: 1 })).toEqual(
      those(
        (c) => c.refundFen >= 5_000 && c.refundFen <= 9_000 && c.returnParcel !== null && c.reason === '7天无理由退货',
      ),
    )
  })

  it('an empty list, an empty text and null are no filter', async () => {
    expect(await asked({ order_flag: [], order_logistics_tracking_no: [], risk_flag: null })).toEqual(those(() => true))
  })

  it.each([
    ['risk_flag', 0],
    ['risk_flag', 2],
    ['risk_flag', 'x'],
    ['amount_start', -1],
    ['amount_end', 1.5],
    ['logistics_status', 4],
    ['refund_type', 5],
    ['order_flag', [6]],
    ['order_flag', ['red']],
    ['aftersale_sub_type', 8002],
    ['order_logistics_state', [0]],
    ['order_logistics_state', [1, 6]],
    ['order_logistics_tracking_no', [7]],
    ['agree_refuse_sign', [257]],
    ['reason', 3],
    ['pay_type', 0],
    ['arbitrate_status', [7]],
    ['standard_aftersale_status', [99]],
    ['aftersale_type', 9],
  ])('%s %j, which no document names, is refused', async (name, value) => {
    expect(await asked({ [name]: value })).toBe('isv.parameter-invalid:10001')
  })

  it('a filter that no document names is ignored', async () => {
    expect(await asked({ colour: 'red' })).toEqual(those(() => true))
  })
})
