import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { ActingDeployment } from './acting-deployment'
import { openActingDeployment } from './acting-deployment'
import { startDelayingProxy } from '../../support/delaying-proxy'
import { waitUntil } from '../../processes/wait-until'

let fresh: FreshDatabase
let acting: ActingDeployment
let clockTimer: NodeJS.Timeout

beforeAll(async () => {
  fresh = await freshDatabase()
  acting = await openActingDeployment(fresh.url, 'busy-1')
  // The marketplaces' clock keeps running, so that postponed calls become due.
  clockTimer = setInterval(() => acting.deployment.simulator.clock.advance(100), 100)
}, 300_000)
afterAll(async () => {
  clearInterval(clockTimer)
  await acting.close()
  await fresh.drop()
})

const SLOW_MS = 4_000

const applyForRefunds = async (marketplace: 'pinduoduo' | 'douyin', count: number): Promise<string[]> => {
  const numbers: string[] = []
  for (let i = 0; i < count; i++) numbers.push(await acting.applyForRefund(marketplace))
  return numbers
}
const waitUntilConfirmed = async (numbers: readonly string[]): Promise<void> => {
  for (const number of numbers) await acting.untilIntent(number, ['confirmed'], 90_000)
}

const measureMs = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

const countAttempts = async (): Promise<{ sum: number; fewest: number }> => {
  const query = 'SELECT sum(attempts)::int AS sum, min(attempts) AS fewest FROM effect'
  const [row] = await acting.deployment.database.query<{ sum: number; fewest: number }[]>(query)
  return row ?? { sum: 0, fewest: 0 }
}

describe('a marketplace that is overloaded (fault F19)', () => {
  it('carries out each action once although it throttles every third call, and none becomes a task', async () => {
    const numbers = [...(await applyForRefunds('douyin', 8)), ...(await applyForRefunds('pinduoduo', 8))]
    acting.deployment.simulator.faults.set({ throttleEveryNth: 3 })
    try {
      for (const number of numbers) expect(await acting.agreeToRefund(number)).toMatchObject({ type: 'decided' })
      // Each throttled attempt waits longer: an action that is throttled seven times succeeds only after this test's timeout.
      await waitUntil('each was tried', async () => (await countAttempts()).fewest > 0, 60_000)
    } finally {
      acting.deployment.simulator.faults.set({ throttleEveryNth: 0 })
    }
    await waitUntilConfirmed(numbers)
    expect(numbers.map((number) => acting.effectsOf(number).refundsOrdered)).toEqual(numbers.map(() => 1))
    const { sum } = await countAttempts()
    expect(sum).toBeGreaterThan(numbers.length)
    // Every third call is throttled; beyond that no attempt is wasted.
    expect(sum).toBeLessThan(numbers.length * 2)
  }, 480_000)

  it('does not delay the stores of another marketplace', async () => {
    const { database, simulator } = acting.deployment
    const [slowCases, otherCases] = [await applyForRefunds('pinduoduo', 4), await applyForRefunds('douyin', 16)]
    const casesAlone = await applyForRefunds('douyin', 16)
    const aloneMs = await measureMs(async () => {
      for (const number of casesAlone) await acting.agreeToRefund(number)
      await waitUntilConfirmed(casesAlone)
    })
    const slowProxy = await startDelayingProxy(simulator.pinduoduo.apiUrl, SLOW_MS)
    try {
      await database.query(
        `UPDATE app SET endpoints = endpoints || jsonb_build_object('api', $1::text) WHERE marketplace = 'pinduoduo'`,
        [`${slowProxy.url}/api/router`],
      )
      const before = slowProxy.calls()
      await waitUntil('the worker goes by the slow road', () => slowProxy.calls() > before, 60_000)
      const othersMs = await measureMs(async () => {
        for (const number of [...slowCases, ...otherCases]) await acting.agreeToRefund(number)
        await waitUntilConfirmed(otherCases)
      })
      const stillOpen = await Promise.all(
        slowCases.map(async (number) => (await acting.readIntent(number))?.state !== 'confirmed'),
      )
      // A slow case needs two calls, one after the other: the action and the reading that confirms it.
      if (othersMs < 1.5 * SLOW_MS) expect(stillOpen).toContain(true)
      // Behind the slow calls they would take that much longer than without any, however busy this machine is.
      expect(othersMs).toBeLessThan(aloneMs + 2 * SLOW_MS)
      await waitUntilConfirmed(slowCases)
      expect([...slowCases, ...otherCases].map((number) => acting.effectsOf(number).refundsOrdered)).toEqual(
        [...slowCases, ...otherCases].map(() => 1),
      )
    } finally {
      slowProxy.close()
    }
  }, 480_000)
})
