import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { differencesInDatabase, untilQueueAgrees } from '../support/queue-agreement'
import type { Deployment } from '../support/in-process-deployment'
import { openDeployment } from '../support/in-process-deployment'

const HOUR = 3_600_000

describe('cases of four stores at two marketplaces', () => {
  let fresh: FreshDatabase
  let deployment: Deployment

  beforeAll(async () => {
    fresh = await freshDatabase()
    deployment = await openDeployment(fresh.url, { seed: 'journey', history: { cases: 200, days: 1 } })
  })
  afterAll(async () => {
    await deployment.close()
    await fresh.drop()
  })

  it('are all in the queue as the marketplaces show them, old and new ones', async () => {
    for (let i = 0; i < 50; i++) deployment.simulator.world.apply()
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 120_000)).toEqual([])
  })

  it('R168: are refunded by the platform when they are overdue, and the queue shows it', async () => {
    deployment.simulator.clock.advance(49 * HOUR)
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 240_000)).toEqual([])
  })

  it('are pulled when their pushes are lost (fault F20)', async () => {
    deployment.simulator.faults.set({ lostPushes: 1 })
    for (let i = 0; i < 40; i++) deployment.simulator.world.apply()
    expect((await differencesInDatabase(deployment.simulator, deployment.database)).length).toBeGreaterThan(0)
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 120_000)).toEqual([])
    deployment.simulator.faults.clear()
  })

  it('agree with the marketplaces after doubled, reordered and late pushes, throttling, server errors and expired tokens', async () => {
    const faults = {
      doubledPushes: 0.3,
      reorderedPushes: 0.3,
      latePushes: 0.2,
      movedPages: 0.3,
      serverErrors: 0.05,
      throttleEveryNth: 20,
    }
    deployment.simulator.faults.set(faults)
    deployment.simulator.expireTokens()
    for (let i = 0; i < 100; i++) deployment.simulator.world.apply()
    deployment.simulator.clock.advance(6 * HOUR)
    deployment.simulator.faults.clear()
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 240_000)).toEqual([])
  })
})
