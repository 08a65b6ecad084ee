import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RunningSimulator, type SimulatorOptions } from '../src/running'
import { startSimulator } from '../src/simulator'
import { type Truth } from '../src/world/truth'
import { at, douyin, pinduoduo } from './clients'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
let simulator: RunningSimulator
const start = async (more: Partial<SimulatorOptions> = {}) => {
  simulator = await startSimulator({ seed: 'actions', startAt, standingClock: true, ...more })
}
afterEach(() => simulator.stop())

const shopOf = (marketplace: string) =>
  (marketplace === 'pinduoduo' ? simulator.pinduoduo.shops[0]?.mallId : simulator.douyin.shops[0]?.shopId) ?? ''
const applied = (marketplace: string) =>
  simulator.world.apply({ shopId: shopOf(marketplace), kind: 'refund-only-shipped', quiet: true })
type Applied = ReturnType<typeof applied>

const agree = async (record: Applied): Promise<unknown> =>
  record.marketplace === 'pinduoduo'
    ? at(
        await pinduoduo(simulator, 'pdd.refund.agree', {
          request: { after_sales_id: record.number, order_sn: record.orderNumber },
        }),
        'response',
        'result',
        'succ',
      )
    : at(
        await douyin(simulator, 'afterSale.operate', `{"items":[{"aftersale_id":"${record.number}"}],"type":201}`),
        'code',
      )
const yes = { pinduoduo: true, douyin: 10000 } as const
const api = { pinduoduo: 'pdd.refund.agree', douyin: 'afterSale.operate' } as const
const effects = (record: Applied) => simulator.world.find(record.number)?.effects
const control = async (path: string, body?: unknown) => {
  const response = await fetch(`${simulator.control.url}/control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe.each(['pinduoduo', 'douyin'] as const)('a fault planned at %s', (marketplace) => {
  it.each([
    ['timeoutAfterEffect', 1],
    ['dropBeforeEffect', 0],
  ] as const)('%s: the connection is cut, and %i refund is ordered', async (fault, ordered) => {
    await start()
    simulator.faults.planned.set([{ fault, api: api[marketplace], nth: 1 }])
    const record = applied(marketplace)
    await expect(agree(record)).rejects.toThrow('fetch failed')
    expect(effects(record)?.refundsOrdered).toBe(ordered)
    expect((await agree(record)) === yes[marketplace]).toBe(ordered === 0)
    simulator.clock.advance(150_000)
    expect(effects(record)).toMatchObject({ refundsOrdered: 1, refundsPaid: 1, refundedFen: record.refundFen })
  })

  it('effectLate: the action is carried out thirty seconds after the cut, and only then', async () => {
    await start()
    simulator.faults.planned.set([{ fault: 'effectLate' }])
    const record = applied(marketplace)
    await expect(agree(record)).rejects.toThrow('fetch failed')
    simulator.clock.advance(29_999)
    expect(effects(record)?.refundsOrdered).toBe(0)
    simulator.clock.advance(1)
    expect(effects(record)?.refundsOrdered).toBe(1)
    expect(simulator.world.find(record.number)?.updatedMs).toBe(startAt + 30_000)
  })

  it('effectLate after a second attempt that went well changes nothing more', async () => {
    await start()
    simulator.faults.planned.set([{ fault: 'effectLate', nth: 1 }])
    const record = applied(marketplace)
    await expect(agree(record)).rejects.toThrow('fetch failed')
    expect(await agree(record)).toBe(yes[marketplace])
    simulator.clock.advance(300_000)
    expect(effects(record)).toMatchObject({ refundsOrdered: 1, refundsPaid: 1 })
    expect((await control('calls')).body['repeated']).toEqual([])
  })

  it('refuseStale: the platform says that the case has changed, and does nothing', async () => {
    await start()
    simulator.faults.planned.set([{ fault: 'refuseStale' }])
    const record = applied(marketplace)
    expect(await agree(record)).toBe(marketplace === 'pinduoduo' ? false : 50002)
    expect(effects(record)?.refundsOrdered).toBe(0)
  })

  it('applies to the second call about one case and to no other', async () => {
    await start()
    const [first, second] = [applied(marketplace), applied(marketplace)]
    simulator.faults.planned.set([{ fault: 'dropBeforeEffect', caseNumber: second.number, nth: 2 }])
    expect(await agree(first)).toBe(yes[marketplace])
    expect(await agree(second)).toBe(yes[marketplace])
    await expect(agree(second)).rejects.toThrow('fetch failed')
    expect(simulator.faults.counted.dropBeforeEffect).toBe(1)
  })
})

test('answer500AfterEffect: the refund is ordered, and the caller gets no answer', async () => {
  await start()
  simulator.faults.planned.set([{ fault: 'answer500AfterEffect' }])
  const record = applied('pinduoduo')
  await expect(agree(record)).rejects.toThrow()
  expect(effects(record)?.refundsOrdered).toBe(1)
})

test.each(['pinduoduo', 'douyin'] as const)('a late effect at %s comes also after a restart', async (marketplace) => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const stateFile = join(folder, 'state.json')
  await start({ stateFile })
  simulator.faults.planned.set([{ fault: 'effectLate' }])
  const record = applied(marketplace)
  await expect(agree(record)).rejects.toThrow('fetch failed')
  await simulator.stop()
  await start({ stateFile })
  expect(effects(record)?.refundsOrdered).toBe(0)
  simulator.clock.advance(30_000)
  expect(effects(record)?.refundsOrdered).toBe(1)
  await simulator.stop()
  await rm(folder, { recursive: true })
  await start()
})

test('faults by chance affect the same calls in every run of a seed', async () => {
  const struck = async () => {
    await start({ faults: { dropBeforeEffect: 0.3, timeoutAfterEffect: 0.2, refuseStale: 0.2 } })
    const outcomes: string[] = []
    for (let i = 0; i < 20; i++) outcomes.push(await agree(applied('douyin')).then(String, () => 'cut'))
    const { counted } = simulator.faults
    await simulator.stop()
    return [outcomes, counted] as const
  }
  const first = await struck()
  expect(new Set(first[0])).toEqual(new Set(['10000', 'cut', '50002']))
  expect(await struck()).toEqual(first)
})

test('the control API plans faults and refuses malformed plans', async () => {
  await start()
  const strike = { fault: 'effectLate', api: 'pdd.refund.agree', nth: 3 }
  expect((await control('faults', { strikes: [strike] })).body['strikes']).toEqual([strike])
  expect((await control('faults', { clear: true })).body['strikes']).toEqual([])
  for (const wrong of [{ fault: 'lost' }, { fault: 'effectLate', nth: 0 }, 7, { fault: 'effectLate', api: 1 }])
    expect((await control('faults', { strikes: [wrong] })).status).toBe(400)
})

test('the refunds of an order never add up to more than was paid for it', async () => {
  await start({ history: { cases: 400, days: 20 }, pace: { backOfficeShare: 0.6 } })
  simulator.clock.advance(40 * 86_400_000)
  const { cases } = (await control('truth?limit=10000')).body as unknown as { cases: Truth[] }
  const refunded = new Map<string, number>()
  for (const { orderNumber, effects } of cases)
    refunded.set(orderNumber, (refunded.get(orderNumber) ?? 0) + effects.refundedFen)
  expect(cases.filter(({ effects }) => effects.refundedFen > 0).length).toBeGreaterThan(100)
  expect(cases.length).toBeGreaterThan(refunded.size)
  for (const { orderNumber, orderPaidFen } of cases)
    expect(refunded.get(orderNumber)).toBeLessThanOrEqual(orderPaidFen ?? 0)
})
