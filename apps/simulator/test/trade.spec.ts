import { type RunningSimulator } from '../src/running'
import { startSimulator } from '../src/simulator'
import { paidFen } from '../src/world/order-facts'

const startAt = Date.parse('2026-03-02T10:00:00+08:00')
const hours = (n: number): number => n * 3_600_000
let simulator: RunningSimulator
let mall: string
let store: string

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'trade', startAt, standingClock: true })
  mall = simulator.pinduoduo.shops[0]?.mallId ?? ''
  store = simulator.douyin.shops[0]?.shopId ?? ''
})
afterEach(() => simulator.stop())

const now = (number: string) => simulator.world.find(number)
const parcel = { carrierId: 44, carrierCode: 'shunfeng', carrierName: '顺丰速运', trackingNumber: 'SF1', sentMs: 0 }

describe('cases that no person moves are moved by the platform', () => {
  it.each([
    ['pinduoduo', 'refund-only-unshipped', 2, 5],
    ['pinduoduo', 'refund-only-shipped', 2, 5],
    ['douyin', 'refund-only-unshipped', 6, 12],
    ['douyin', 'refund-only-shipped', 6, 12],
    ['douyin', 'return-and-refund', 6, 12],
    ['pinduoduo', 'return-and-refund', 3, 7],
    ['pinduoduo', 'exchange', 14, 15],
    ['pinduoduo', 'resend', 14, 32],
    ['pinduoduo', 'repair', 21, 22],
    ['douyin', 'exchange', 6, 7],
    ['douyin', 'resend', 6, 8],
    ['douyin', 'repair', 6, 7],
  ] as const)(
    '%s: a %s case goes from %i to %i at exactly 48 hours (R028, R044, R168)',
    (marketplace, kind, before, after) => {
      const { number } = simulator.world.apply({
        shopId: marketplace === 'pinduoduo' ? mall : store,
        kind,
        quiet: true,
      })
      simulator.clock.advance(hours(48) - 1000)
      expect(now(number)?.status).toBe(before)
      simulator.clock.advance(1000)
      expect([now(number)?.status, now(number)?.updatedMs]).toEqual([after, startAt + hours(48)])
    },
  )

  it('a jump of a year leaves every step at its own instant', () => {
    const { number, refundFen } = simulator.world.apply({ shopId: mall, kind: 'refund-only-shipped', quiet: true })
    simulator.clock.advance(hours(24 * 365))
    expect(now(number)).toMatchObject({
      status: 10,
      updatedMs: startAt + hours(48) + 120_000,
      effects: { refundsPaid: 1, refundedFen: refundFen },
    })
  })

  it('a group that does not form in 24 hours is refunded by the system (R111)', () => {
    const order = simulator.world.openGroupOrder(mall, true)
    simulator.clock.advance(hours(24) - 1)
    expect(simulator.world.findOrder(order.number)?.caseNumbers).toEqual([])
    simulator.clock.advance(1)
    const [number = ''] = simulator.world.findOrder(order.number)?.caseNumbers ?? []
    expect(now(number)).toMatchObject({ status: 5, createdMs: startAt + hours(24), lastActor: 'system' })
    simulator.clock.advance(120_000)
    expect(now(number)?.status).toBe(10)
  })

  it.each([
    ['pinduoduo', 13],
    ['douyin', 28],
  ] as const)('%s: a buyer who does not send back in seven days gets nothing (status %i)', (marketplace, closed) => {
    const { number } = simulator.world.apply({
      shopId: marketplace === 'pinduoduo' ? mall : store,
      kind: 'return-and-refund',
      quiet: true,
    })
    simulator.world.act(number, { what: 'agree-return', by: 'merchant' })
    simulator.clock.advance(hours(24 * 7))
    expect(now(number)).toMatchObject({ status: closed, effects: { refundsPaid: 0 } })
  })

  it('a merchant who does not confirm a returned parcel loses the money anyway', () => {
    const { number } = simulator.world.apply({ shopId: store, kind: 'return-and-refund', quiet: true })
    simulator.world.act(number, { what: 'agree-return', by: 'merchant' })
    simulator.world.act(number, { what: 'send-back', by: 'buyer', parcel })
    simulator.clock.advance(hours(24 * 10) + 120_000)
    expect(now(number)).toMatchObject({ status: 12, refundStatus: 3 })
  })

  it('evidence is asked for and the door closes after 48 hours (R125)', () => {
    const { number } = simulator.world.apply({ shopId: store, kind: 'refund-only-shipped', quiet: true })
    simulator.world.act(number, { what: 'refuse', by: 'merchant', text: '已签收' })
    simulator.world.act(number, { what: 'escalate', by: 'buyer' })
    simulator.clock.advance(600_000)
    expect([4, 5]).toContain(now(number)?.dispute?.status)
    expect(now(number)?.dispute?.deadlineMs).toBe(startAt + 600_000 + hours(48))
    simulator.clock.advance(hours(48))
    expect(
      simulator.world.act(number, { what: 'submit-evidence', by: 'merchant', evidence: ['https://a'] }),
    ).toMatchObject({ changed: false })
    expect([12, 28]).toContain(now(number)?.status)
  })

  it('shipping the order is how a merchant refuses a refund before shipping', () => {
    const { number } = simulator.world.apply({ shopId: store, kind: 'refund-only-unshipped', quiet: true })
    expect(simulator.world.act(number, { what: 'refuse', by: 'merchant', text: '不行' })).toMatchObject({
      changed: false,
    })
    simulator.world.act(number, { what: 'ship-order', by: 'merchant', parcel })
    expect(now(number)).toMatchObject({ status: 28, effects: { refundsPaid: 0 } })
    expect(simulator.world.findOrder(now(number)?.orderNumber ?? '')?.parcel).toEqual(parcel)
  })
})

describe('the people of a seed', () => {
  it('bring every status that a case can have, and pay no refund twice', async () => {
    const busy = await startSimulator({
      seed: 'people',
      startAt,
      standingClock: true,
      history: { cases: 3000, days: 12 },
    })
    const cases = busy.world.page(0, 3000)
    const seen = (marketplace: string) =>
      new Set(cases.filter((record) => record.marketplace === marketplace).map((record) => record.status))
    for (const code of [2, 3, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32, 33])
      expect(seen('pinduoduo')).toContain(code)
    for (const code of [6, 7, 8, 11, 12, 13, 14, 27, 28, 29, 51, 53]) expect(seen('douyin')).toContain(code)
    expect(cases.filter((record) => record.effects.refundsPaid > 1)).toEqual([])
    expect(cases.some((record) => (busy.world.findOrder(record.orderNumber)?.caseNumbers.length ?? 0) > 1)).toBe(true)
    await busy.stop()
  })

  it('do the same again for the same seed, and something else for another', async () => {
    const run = async (seed: string) => {
      const one = await startSimulator({ seed, startAt, standingClock: true, history: { cases: 200, days: 5 } })
      const text = JSON.stringify(one.world.snapshot())
      await one.stop()
      return text
    }
    const [first, again, other] = [await run('a'), await run('a'), await run('b')]
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })
})

test('price protection gives back no more than was paid, however cheap the goods were', async () => {
  // A seed in which one of these cases is about goods for less than what is given back otherwise.
  const { world, stop, douyin } = await startSimulator({ seed: 'cheap-47', startAt, standingClock: true })
  const cases = Array.from({ length: 1_000 }, () => world.apply({ shopId: douyin.shops[0]?.shopId ?? '' }))
  await stop()
  const protectedOnes = cases.flatMap(({ specialType, orderNumber, effects }) => {
    const order = world.findOrder(orderNumber)
    return specialType === 6 && order !== undefined ? [{ paid: paidFen(order), back: effects.refundedFen }] : []
  })
  expect(protectedOnes).toContainEqual({ paid: 490, back: 490 })
  expect(protectedOnes.filter(({ paid, back }) => back > paid || back === 0)).toEqual([])
})
