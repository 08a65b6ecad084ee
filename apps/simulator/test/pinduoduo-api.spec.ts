import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { at, pinduoduo } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
let simulator: RunningSimulator
let mall: string

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'pdd-api', startAt, standingClock: true })
  mall = simulator.pinduoduo.shops[0]?.mallId ?? ''
})
afterEach(() => simulator.stop())

const seconds = (ms: number): number => Math.floor(ms / 1000)
const list = (more: Record<string, string | number> = {}) =>
  pinduoduo(simulator, 'pdd.refund.list.increment.get', {
    after_sales_status: 1,
    after_sales_type: 1,
    start_updated_at: seconds(simulator.clock.now()) - 1800,
    end_updated_at: seconds(simulator.clock.now()),
    ...more,
  })
const rowsOf = (answer: unknown) =>
  at(answer, 'refund_increment_get_response', 'refund_list') as Record<string, unknown>[]
const errorOf = (answer: unknown) => at(answer, 'error_response', 'error_code')
const agree = (number: string, orderSn: string) =>
  pinduoduo(simulator, 'pdd.refund.agree', { request: { after_sales_id: number, order_sn: orderSn } })

describe('the Pinduoduo router', () => {
  it('answers a wrong signature with its own error envelope on HTTP 200', async () => {
    const answer = await pinduoduo(simulator, 'pdd.refund.status.check', { order_sns: 'x' }, { secret: 'wrong' })
    expect(at(answer, 'error_response', 'error_code')).toBe(20004)
    expect(Object.keys(at(answer, 'error_response') as object).sort()).toEqual([
      'error_code',
      'error_msg',
      'request_id',
      'sub_code',
      'sub_msg',
    ])
  })

  it('takes the same parameters as JSON and as a form', async () => {
    const ask = { order_sns: '260302-000000000000000' }
    const expected = {
      refund_status_check_response: { order_sns_exists_refund: [], request_id: expect.any(String) as string },
    }
    expect(await pinduoduo(simulator, 'pdd.refund.status.check', ask)).toEqual(expected)
    expect(await pinduoduo(simulator, 'pdd.refund.status.check', ask, { form: true })).toEqual(expected)
  })

  it('refuses a timestamp eleven minutes off and takes one nine minutes off', async () => {
    const now = seconds(simulator.clock.now())
    const ask = { order_sns: 'x' }
    expect(errorOf(await pinduoduo(simulator, 'pdd.refund.status.check', ask, { timestamp: now - 660 }))).toBe(10001)
    expect(
      errorOf(await pinduoduo(simulator, 'pdd.refund.status.check', ask, { timestamp: now - 540 })),
    ).toBeUndefined()
  })

  it('refuses a window of more than thirty minutes and more than a hundred rows', async () => {
    const now = seconds(startAt)
    expect(errorOf(await list({ start_updated_at: now - 1801, end_updated_at: now }))).toBe(21001)
    expect(errorOf(await list({ start_updated_at: now - 1800, end_updated_at: now }))).toBeUndefined()
    expect(errorOf(await list({ page_size: 101 }))).toBe(21001)
  })

  it('numbers types in the list one higher than in the detail, with yuan there and fen here', async () => {
    const record = simulator.world.apply({ shopId: mall, kind: 'return-and-refund', quiet: true, refundFen: 805 })
    const [row] = rowsOf(await list())
    const detail = await pinduoduo(simulator, 'pdd.refund.information.get', {
      order_sn: record.orderNumber,
      after_sales_id: record.number,
    })
    expect([row?.['after_sales_type'], detail['after_sales_type']]).toEqual([3, 2])
    expect([row?.['refund_amount'], detail['refund_amount']]).toEqual(['8.05', 805])
    expect([row?.['id'], detail['id']]).toEqual([Number(record.number), Number(record.number)])
    expect(row?.['updated_time']).toBe('2026-03-02 10:00:00')
    expect(detail['expire_time']).toBe(startAt + 48 * 3_600_000)
    expect(row?.['order_sn']).toMatch(/^260302-\d{15}$/)
  })

  it('shows a deadline only while the merchant must act', async () => {
    const record = simulator.world.apply({ shopId: mall, kind: 'return-and-refund', quiet: true })
    const ask = { order_sn: record.orderNumber, after_sales_id: record.number }
    const answer = await pinduoduo(simulator, 'pdd.refund.returngoods.agree', {
      request: { ...ask, operate_desc: '', return_address_id: simulator.pinduoduo.shops[0]?.returnAddressId },
    })
    expect(at(answer, 'response', 'result', 'success')).toBe(true)
    const detail = await pinduoduo(simulator, 'pdd.refund.information.get', ask)
    expect([detail['after_sales_status'], detail['expire_time']]).toEqual([7, null])
  })

  it('pages from 1 and shows how many rows there are', async () => {
    for (let i = 0; i < 5; i++) simulator.world.apply({ shopId: mall, quiet: true, kind: 'exchange' })
    const first = await list({ page: 1, page_size: 2 })
    const last = await list({ page: 3, page_size: 2 })
    expect(at(first, 'refund_increment_get_response', 'total_count')).toBe(5)
    expect([rowsOf(first).length, rowsOf(last).length]).toEqual([2, 1])
  })

  it('shows a mall nothing of another mall', async () => {
    const other = simulator.pinduoduo.shops[1]?.mallId ?? ''
    const record = simulator.world.apply({ shopId: other, kind: 'refund-only-shipped', quiet: true })
    expect(rowsOf(await list())).toEqual([])
    expect(errorOf(await pinduoduo(simulator, 'pdd.refund.information.get', { order_sn: record.orderNumber }))).toBe(
      50001,
    )
    expect(at(await agree(record.number, record.orderNumber), 'response', 'result', 'succ')).toBe(false)
  })

  it('pays an agreed refund once, however often it is agreed', async () => {
    const record = simulator.world.apply({ shopId: mall, kind: 'refund-only-shipped', quiet: true })
    const flags = [await agree(record.number, record.orderNumber), await agree(record.number, record.orderNumber)].map(
      (answer) => at(answer, 'response', 'result', 'succ'),
    )
    simulator.clock.advance(120_000)
    expect(flags).toEqual([true, false])
    expect(simulator.world.find(record.number)).toMatchObject({
      status: 10,
      effects: { refundsOrdered: 1, refundsPaid: 1, refundedFen: record.refundFen },
    })
    expect(simulator.calls.last(2).map((call) => call.effectCount)).toEqual([1, 1])
  })

  it('refuses an expired token as expired, an invented one as foreign, and gives a new one for the refresh token', async () => {
    const [shop] = simulator.pinduoduo.shops
    simulator.expireTokens()
    expect(errorOf(await list())).toBe(10019)
    expect(
      errorOf(await pinduoduo(simulator, 'pdd.refund.status.check', { order_sns: 'x' }, { token: 'invented' })),
    ).toBe(20032)
    const renewed = await pinduoduo(
      simulator,
      'pdd.pop.auth.token.refresh',
      { refresh_token: shop?.refreshToken ?? '' },
      { token: '' },
    )
    const token = String(at(renewed, 'pop_auth_token_refresh_response', 'access_token'))
    expect(at(renewed, 'pop_auth_token_refresh_response', 'owner_id')).toBe(mall)
    expect(
      errorOf(await pinduoduo(simulator, 'pdd.refund.status.check', { order_sns: 'x' }, { token })),
    ).toBeUndefined()
  })

  it('lets a shop list a hundred times in ten seconds and no more', async () => {
    const codes = []
    for (let i = 0; i < 101; i++) codes.push(errorOf(await list()))
    expect(codes.filter((code) => code === undefined)).toHaveLength(100)
    expect(codes.at(-1)).toBe(70031)
  })
})
