import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningSimulator, type SimulatorOptions } from '../src/running'
import { startSimulator } from '../src/simulator'
import { type Truth } from '../src/world/truth'
import { at, douyin, pinduoduo, pushEndpoint, well } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
const running: RunningSimulator[] = []
const start = async (more: Partial<SimulatorOptions> = {}) => {
  const simulator = await startSimulator({ seed: 'faults', startAt, standingClock: true, ...more })
  running.push(simulator)
  return simulator
}
afterEach(async () => {
  for (const simulator of running.splice(0)) await simulator.stop()
})

const post = async (simulator: RunningSimulator, path: string, body: unknown) => {
  const response = await fetch(`${simulator.control.url}/control/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('faults', () => {
  it('lose and double the same pushes in every run of a seed', async () => {
    const arrived = async (seed: string) => {
      const app = await pushEndpoint(() => well)
      const simulator = await start({ seed, pushUrl: app.url, faults: { lostPushes: 0.3, doubledPushes: 0.2 } })
      const shopId = simulator.douyin.shops[0]?.shopId ?? ''
      for (let i = 0; i < 100; i++) simulator.world.apply({ shopId, kind: 'exchange', quiet: true })
      const expected = 100 - simulator.faults.counted.lost + simulator.faults.counted.doubled
      const ids = () =>
        app.received.flatMap((push) => (JSON.parse(push.body) as { msg_id: string }[]).map((message) => message.msg_id))
      while (ids().length < expected) await app.until(app.received.length + 1)
      await app.close()
      return ids().sort()
    }
    const [first, again, other] = [await arrived('x'), await arrived('x'), await arrived('y')]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
    expect(new Set(first).size).toBeLessThan(100)
    expect(first.length).toBeGreaterThan(new Set(first).size)
  })

  it('cut the connection after the effect, which happens once', async () => {
    const simulator = await start({ faults: { timeoutAfterEffect: 1 } })
    const mall = simulator.pinduoduo.shops[0]?.mallId ?? ''
    const record = simulator.world.apply({ shopId: mall, kind: 'refund-only-shipped', quiet: true })
    const request = { request: { after_sales_id: record.number, order_sn: record.orderNumber } }
    await expect(pinduoduo(simulator, 'pdd.refund.agree', request)).rejects.toThrow('fetch failed')
    simulator.faults.clear()
    expect(at(await pinduoduo(simulator, 'pdd.refund.agree', request), 'response', 'result', 'succ')).toBe(false)
    simulator.clock.advance(120_000)
    expect(simulator.world.find(record.number)?.effects).toMatchObject({ refundsOrdered: 1, refundsPaid: 1 })
  })

  it('answer nothing and carry nothing out at a plain time-out', async () => {
    const simulator = await start({ faults: { timeouts: 1, hangMs: 5 } })
    const record = simulator.world.apply({
      shopId: simulator.pinduoduo.shops[0]?.mallId ?? '',
      kind: 'refund-only-shipped',
      quiet: true,
    })
    const request = { request: { after_sales_id: record.number, order_sn: record.orderNumber } }
    await expect(pinduoduo(simulator, 'pdd.refund.agree', request)).rejects.toThrow('fetch failed')
    expect(simulator.world.find(record.number)?.revision).toBe(1)
  })

  it('throttle every n-th call with the platform’s own error', async () => {
    const simulator = await start({ faults: { throttleEveryNth: 3 } })
    const codes = []
    for (let i = 0; i < 3; i++) codes.push(at(await douyin(simulator, 'afterSale.List', '{"page":0,"size":1}'), 'code'))
    for (let i = 0; i < 3; i++)
      codes.push(
        at(await pinduoduo(simulator, 'pdd.refund.status.check', { order_sns: 'x' }), 'error_response', 'error_code'),
      )
    expect(codes).toEqual([10000, 10000, 60000, undefined, undefined, 70031])
  })

  it('move rows between the reading of two pages, so that a page from the front misses some', async () => {
    const simulator = await start({ faults: { movedPages: 1 } })
    const [shop] = simulator.douyin.shops
    for (let i = 0; i < 30; i++) simulator.world.apply({ shopId: shop?.shopId ?? '', kind: 'exchange', quiet: true })
    simulator.clock.advance(10_000)
    const end = Math.floor(simulator.clock.now() / 1000) - 5
    const seen: unknown[] = []
    for (let page = 0; page < 3; page++) {
      const answer = await douyin(
        simulator,
        'afterSale.List',
        `{"order_by":["update_time asc"],"page":${page},"size":10,"update_end_time":${end},"update_start_time":${end - 3600}}`,
      )
      seen.push(...(at(answer, 'data', 'items') as unknown[]))
    }
    expect(seen.length).toBeLessThan(30)
  })

  it('show codes that no document names, while the truth has the actual one', async () => {
    const simulator = await start({ faults: { unknownStatuses: 1 } })
    simulator.world.apply({ shopId: simulator.pinduoduo.shops[0]?.mallId ?? '', kind: 'exchange', quiet: true })
    const answer = (await (await fetch(`${simulator.control.url}/control/truth`)).json()) as { cases: Truth[] }
    expect(answer.cases.map(({ status, actualStatus }) => [status, actualStatus])).toEqual([[99, 14]])
  })
})

describe('the control API', () => {
  it('moves the clock, sets faults, lets buyers apply and shows the truth', async () => {
    const simulator = await start()
    const { body } = await post(simulator, 'apply', { count: 7, kind: 'refund-only-shipped', quiet: true })
    expect(body['applied']).toBe(7)
    expect((await post(simulator, 'clock', { advanceHours: 48, advanceSeconds: 120 })).body).toEqual({
      now: startAt + 172_920_000,
      offset: expect.any(Number) as number,
      ran: 14,
    })
    const lines = (await (await fetch(`${simulator.control.url}/control/truth?format=ndjson`)).text())
      .trim()
      .split('\n')
    const cases = lines.map((line) => JSON.parse(line) as Truth)
    expect(cases.map(({ final, deadlineMs, effects }) => [final, deadlineMs, effects.refundsPaid])).toEqual(
      Array.from({ length: 7 }, () => [true, null, 1]),
    )
    expect((await post(simulator, 'faults', { lostPushes: 0.5 })).status).toBe(200)
  })

  it.each([
    ['clock', { advanceHours: -1 }],
    ['faults', { lostPushes: 2 }],
    ['faults', { lostPush: 0.5 }],
    ['apply', { kind: 'gift' }],
    ['apply', { count: 1_000_000 }],
    ['pace', { backOfficeShare: 7 }],
  ])('refuses POST %s %j', async (path, body) => {
    expect((await post(await start(), path, body)).status).toBe(400)
  })
})

describe('a restart with a state file', () => {
  it('continues where the last run stopped, with the same shops, cases, tokens and unread messages', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
    const stateFile = join(folder, 'state.json')
    const first = await startSimulator({ seed: 'kept', stateFile, startAt, standingClock: true })
    const mall = first.pinduoduo.shops[0]?.mallId ?? ''
    const { number } = first.world.apply({ shopId: mall, kind: 'refund-only-shipped', quiet: true })
    first.expireTokens()
    await first.stop()
    const second = await start({ seed: 'kept', stateFile })
    expect(second.world.find(number)).toEqual(first.world.find(number))
    expect(second.pinduoduo.messages.backlog).toBe(1)
    expect(second.pinduoduo.shops.map((shop) => shop.mallId)).toEqual(first.pinduoduo.shops.map((shop) => shop.mallId))
    expect(second.pinduoduo.shops[0]?.accessToken).toBe(first.pinduoduo.shops[0]?.accessToken)
    const asked = await pinduoduo(second, 'pdd.refund.status.check', { order_sns: 'x' })
    expect(at(asked, 'error_response', 'error_code')).toBe(10019)
    second.clock.advance(48 * 3_600_000 + 120_000)
    expect(second.world.find(number)?.status).toBe(10)
    await expect(startSimulator({ seed: 'other', stateFile })).rejects.toThrow('belongs to seed "kept"')
    await running.splice(0)[0]?.stop()
    await rm(folder, { recursive: true })
  })
})
