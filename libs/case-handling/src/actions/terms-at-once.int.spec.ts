import type { ActionOutcome } from '#connectors'
import { readPoolUsage } from '#event-store'
import { useTestDatabase } from '../../../../test/postgres/test-database'
import { ActionScenario } from '../../../../test/trade/action-scenario'
import { registerTestShop } from '../../../../test/trade/anywhere'
import { StrategiesInForce } from '../strategies/in-force'

const PEOPLE = 10
const db = useTestDatabase(PEOPLE)

it('F: concurrent requests for terms, as many as the pool has connections, need no second connection each', async () => {
  const shop = await registerTestShop(db.database)
  const inForce = new StrategiesInForce(shop.journal)
  let waiting = 0
  let pipelined: () => void = () => undefined
  const all = new Promise<void>((resolve) => (pipelined = resolve))
  let inside = 0
  const scenario = new ActionScenario(db.database, shop, [], async (asking) => {
    // All hold a connection before the first queries.
    if (++inside === PEOPLE) pipelined()
    await all
    const asked = inForce.termsOf(asking)
    waiting = Math.max(waiting, readPoolUsage(db.database).waiting)
    return asked
  })
  const cases: string[] = []
  for (let n = 0; n < PEOPLE; n++) cases.push(await scenario.report(String(n)))
  const outcomes = await Promise.all(cases.map((caseId, n) => scenario.request({ caseId, intent: `i-${n}` })))
  expect(outcomes.flat().map(({ type }) => type)).toEqual(cases.map(() => 'decided'))
  expect([inside, waiting]).toEqual([PEOPLE, 0])
  expect(await scenario.perform(() => Promise.resolve<ActionOutcome>({ type: 'done' }))).toBe(PEOPLE)
})
