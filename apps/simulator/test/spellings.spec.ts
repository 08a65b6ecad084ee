import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { truthOf } from '../src/world/truth'
import { type CaseKind, type CaseRecord } from '../src/world/case'
import { at, douyin, pinduoduo } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00.789+08:00')
let simulator: RunningSimulator
beforeEach(async () => {
  simulator = await startSimulator({ seed: 'spellings', startAt, standingClock: true })
})
afterEach(() => simulator.stop())

/** Buyers apply at the first shop of a marketplace until one is as wanted. */
function applied(marketplace: 'pinduoduo' | 'douyin', kind: CaseKind, fits: (c: CaseRecord) => boolean): CaseRecord {
  const [mall, shop] = [simulator.pinduoduo.shops[0]?.mallId ?? '', simulator.douyin.shops[0]?.shopId ?? '']
  for (let i = 0; i < 2000; i++) {
    const record = simulator.world.apply({ shopId: marketplace === 'douyin' ? shop : mall, kind, quiet: true })
    if (fits(record) && record.finalMs === null) return record
  }
  throw new Error('no application matches')
}
const detailOf = ({ orderNumber, number }: CaseRecord) =>
  pinduoduo(simulator, 'pdd.refund.information.get', { order_sn: orderNumber, after_sales_id: number })

describe('the times of a Pinduoduo detail', () => {
  const due = startAt + 48 * 3_600_000
  it.each([
    [0, startAt, due, due],
    [1, '2026-03-02 10:00:00', '2026-03-04 10:00:00', due - 789],
    [2, (startAt - 789) / 1000, (due - 789) / 1000, due - 789],
  ])('of the cases %i, %i + 5 and so on are written as %s', async (remainder, asked, expires, truth) => {
    const record = applied('pinduoduo', 'return-and-refund', (c) => c.sequence % 5 === remainder)
    const detail = await detailOf(record)
    expect([detail['recreated_at'], detail['expire_time']]).toEqual([asked, expires])
    expect(typeof detail['confirm_time']).toBe(typeof asked)
    expect(truthOf(record, simulator).deadlineMs).toBe(truth)
  })
})

describe('fields without a value', () => {
  it('the amount of a Pinduoduo exchange is 0, or nothing at all', async () => {
    const shown = async (remainder: number) => {
      const record = applied('pinduoduo', 'exchange', (c) => c.sequence % 4 === remainder)
      const now = Math.floor(simulator.clock.now() / 1000)
      const list = await pinduoduo(simulator, 'pdd.refund.list.increment.get', {
        after_sales_status: 1,
        after_sales_type: 1,
        start_updated_at: now - 60,
        end_updated_at: now,
        order_sn: record.orderNumber,
      })
      const row = at(list, 'refund_increment_get_response', 'refund_list', 0, 'refund_amount')
      return [row, (await detailOf(record))['refund_amount'], truthOf(record, simulator).refundFen]
    }
    expect([await shown(0), await shown(3)]).toEqual([
      ['0.00', 0, 0],
      ['', null, null],
    ])
  })

  it('is null in every seventh Douyin case, where the others have 0 or an empty text, and nowhere else', async () => {
    const shown = async (remainder: number) => {
      const { number } = applied('douyin', 'exchange', (c) => c.sequence % 7 === remainder)
      const list = await douyin(simulator, 'afterSale.List', `{"aftersale_id":"${number}","page":0,"size":1}`)
      const detail = await douyin(simulator, 'afterSale.Detail', `{"after_sale_id":"${number}"}`)
      const [row, info] = [
        at(list, 'data', 'items', 0, 'aftersale_info'),
        at(detail, 'data', 'process_info', 'after_sale_info'),
      ] as Record<string, unknown>[]
      const names = [
        'refund_status',
        'return_logistics_code',
        'reason_second_labels',
        'aftersale_type',
        'refund_amount',
      ]
      return [
        names.map((name) => row?.[name]),
        [info?.['refund_status'], info?.['evidence'] === null, info?.['reason']],
      ]
    }
    const [[row, info], [other]] = [await shown(6), await shown(0)]
    expect(row).toEqual([null, null, null, 3, 0])
    expect(other).toEqual([0, '', [], 3, 0])
    expect(info?.[0]).toBeNull()
    expect(info?.[2]).not.toBeNull()
  })
})
