import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { ActingDeployment } from './acting-deployment'
import { openActingDeployment } from './acting-deployment'
import { startDelayingProxy } from '../../support/delaying-proxy'
import { waitUntil } from '../../processes/wait-until'

let fresh: FreshDatabase
let acting: ActingDeployment
let time: NodeJS.Timeout

beforeAll(async () => {
  fresh = await freshDatabase()
  acting = await openActingDeployment(fresh.url, 'busy-1')
  // The marketplaces' clock keeps running, so that postponed calls become due.
  time = setInterval(() => acting.deployment.simulator.clock.advance(100), 100)
}, 300_000)
afterAll(async () => {
  clearInterval(time)
  await acting.close()
  await fresh.drop()
})

const SLOW_MS = 4_000

const applied = async (marketplace: 'pinduoduo' | 'douyin', count: number): Promise<string[]> => {
  const numbers: string[] = []
  for (let i = 0; i < count; i++) numbers.push(await acting.applyForRefund(marketplace))
  return numbers
}
const ended = async (numbers: readonly string[]): Promise<void> => {
  for (const number of numbers) await acting.untilIntent(number, ['confirmed'], 90_000)
}

const attempts = async (): Promise<{ sum: number; fewest: number }> => {
  const query = 'SELECT sum(attempts)::int AS sum, min(attempts) AS fewest FROM effect'
  const [row] = await acting.deployment.database.query<{ sum: number; fewest: number }[]>(query)
  return row ?? { sum: 0, fewest: 0 }
}

describe('F19: a marketplace that is overloaded', () => {
  it('and throttles every third call carries out each action once, and none becomes a task', async () => {
    const numbers = [...(await applied('douyin', 8)), ...(await applied('pinduoduo', 8))]
    acting.deployment.simulator.faults.set({ throttleEveryNth: 3 })
    try {
      for (const number of numbers) expect(await acting.agree(number)).toMatchObject({ type: 'decided' })
      // Each throttled attempt waits longer: an action that is throttled seven times succeeds only after this test's timeout.
      await waitUntil('each was tried', async () => (await attempts()).fewest > 0, 60_000)
    } finally {
      acting.deployment.simulator.faults.set({ throttleEveryNth: 0 })
    }
    await ended(numbers)
    expect(numbers.map((number) => acting.effectsOf(number).refundsOrdered)).toEqual(numbers.map(() => 1))
    const { sum } = await attempts()
    expect(sum).toBeGreaterThan(numbers.length)
    // Every third call is throttled; beyond that no attempt is wasted.
    expect(sum).toBeLessThan(numbers.length * 2)
  }, 480_000)

  it('does not delay the stores of another', async () => {
    const { database, simulator } = acting.deployment
    const [slow, others] = [await applied('pinduoduo', 4), await applied('douyin', 16)]
    const road = await startDelayingProxy(simulator.pinduoduo.apiUrl, SLOW_MS)
    try {
      await database.query(
        `UPDATE app SET endpoints = endpoints || jsonb_build_object('api', $1::text) WHERE marketplace = 'pinduoduo'`,
        [`${road.url}/api/router`],
      )
      const before = road.calls()
      await waitUntil('the worker goes by the slow road', () => road.calls() > before, 60_000)
      const began = performance.now()
      for (const number of [...slow, ...others]) await acting.agree(number)
      await ended(others)
      const othersMs = performance.now() - began
      const stillOpen = await Promise.all(
        slow.map(async (number) => (await acting.intent(number))?.state !== 'confirmed'),
      )
      expect(stillOpen).toContain(true)
      expect(othersMs).toBeLessThan(2 * SLOW_MS)
      await ended(slow)
      expect([...slow, ...others].map((number) => acting.effectsOf(number).refundsOrdered)).toEqual(
        [...slow, ...others].map(() => 1),
      )
    } finally {
      road.close()
    }
  }, 480_000)
})
