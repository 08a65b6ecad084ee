import type { ActionOutcome } from '#connectors'
import { readPoolUsage } from '#event-store'
import { useTestDatabase } from '../../../../test/postgres/test-database'
import { ActionScenario } from '../../../../test/support/action-scenario'
import { registerTestShop } from '../../../../test/support/anywhere-marketplace'
import { StrategiesInForce } from '../strategies/strategies-in-force'

const PEOPLE = 10
const db = useTestDatabase(PEOPLE)

it('as many concurrent requests as the pool has connections load their terms without a second connection each', async () => {
  const shop = await registerTestShop(db.database)
  const inForce = new StrategiesInForce(shop.journal)
  let mostWaiting = 0
  let release: () => void = () => undefined
  const allConnected = new Promise<void>((resolve) => (release = resolve))
  let connected = 0
  const scenario = new ActionScenario(db.database, shop, [], async (connection) => {
    // All hold a connection before the first queries.
    if (++connected === PEOPLE) release()
    await allConnected
    const terms = inForce.termsOf(connection)
    mostWaiting = Math.max(mostWaiting, readPoolUsage(db.database).waiting)
    return terms
  })
  const cases: string[] = []
  for (let n = 0; n < PEOPLE; n++) cases.push(await scenario.report(String(n)))
  const outcomes = await Promise.all(cases.map((caseId, n) => scenario.request({ caseId, intent: `i-${n}` })))
  expect(outcomes.flat().map(({ type }) => type)).toEqual(cases.map(() => 'decided'))
  expect([connected, mostWaiting]).toEqual([PEOPLE, 0])
  expect(await scenario.perform(() => Promise.resolve<ActionOutcome>({ type: 'done' }))).toBe(PEOPLE)
})
