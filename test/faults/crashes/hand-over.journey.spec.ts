import { createServer } from 'node:http'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { beginTransaction, untilLockWaits } from '../../postgres/test-database'
import { countOf, until } from '../../processes/asking'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess } from '../../processes/real-process'

const TAKEN_OVER_WITHIN_MS = 10_000
/** One who is asked to stop gives back what he holds; the others look every second. */
const AT_ONCE_MS = 3_000
const STOPPED_WITHIN_MS = 10_000

let fresh: FreshDatabase
let deployment: ProcessDeployment
const aside: RealProcess[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  deployment = await openProcessDeployment(fresh.url, 'hand-over', {})
}, 300_000)
afterAll(async () => {
  await Promise.all(aside.filter((process) => !process.ended()).map((process) => process.kill()))
  await deployment.close()
  await fresh.drop()
}, 300_000)

const lineStands = (): boolean => deployment.simulator.pinduoduo.messages.connected
const leader = async (): Promise<string | undefined> => {
  const [row] = await deployment.database.query<{ holder: string }[]>(
    `SELECT holder FROM lease WHERE name LIKE 'listen/%' AND until > clock_timestamp()`,
  )
  return row?.holder
}
/** The worker that holds the connection, and one that waits. */
async function leaderAndNext(): Promise<[RealProcess, string]> {
  await until('a worker holds the connection', async () => lineStands() && (await leader()) !== undefined)
  const first = deployment.now.worker
  const holder = (await leader()) ?? ''
  aside.push(first)
  await deployment.start('worker').startedIn
  return [first, holder]
}
/** From now until the other holds the one line, ms. */
async function untilTakenOver(from: string): Promise<number> {
  const began = performance.now()
  await until(
    'another worker holds the connection',
    async () => lineStands() && ![from, undefined].includes(await leader()),
    300_000,
  )
  return performance.now() - began
}

describe('the one standing connection of an app', () => {
  it('passes to another worker within ten seconds after its holder was killed', async () => {
    const [first, holder] = await leaderAndNext()
    expect(await leader()).toBe(holder)
    await first.kill()
    expect(await untilTakenOver(holder)).toBeLessThan(TAKEN_OVER_WITHIN_MS)
  }, 300_000)

  it('passes to another worker at once after SIGTERM to its holder', async () => {
    const [first, holder] = await leaderAndNext()
    const stopped = first.stop()
    expect(await untilTakenOver(holder)).toBeLessThan(AT_ONCE_MS)
    await stopped
    expect(await first.untilEnded(1)).toBe(0)
  }, 300_000)

  it('is connected, and nothing sent meanwhile is lost', async () => {
    deployment.liveOn(20, 60_000)
    expect(lineStands()).toBe(true)
    expect(await deployment.whatIsWrong()).toEqual([])
  }, 360_000)
})

describe('a gateway after SIGTERM', () => {
  it('is not ready from then on, finishes the delivery in hand, and exits with 0', async () => {
    const { gateway } = deployment.now
    const url = /http:\/\/[^/]+/.exec(gateway.said())?.[0] ?? ''
    const lock = await beginTransaction(deployment.database, (manager) =>
      manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    const before = deployment.witness.acknowledged.delivered.size
    deployment.simulator.world.apply({ shopId: shop?.id ?? '' })
    await untilLockWaits(deployment.database, 1)
    const began = performance.now()
    const stopped = gateway.stop()
    await until('it says so', async () => {
      const answer = await fetch(`${url}/readyz`)
      return answer.status === 503 && (await answer.text()).includes('It is stopping.')
    })
    expect(deployment.witness.acknowledged.delivered.size).toBe(before)
    await lock.commit()
    await until('the delivery is acknowledged', () => deployment.witness.acknowledged.delivered.size > before)
    await stopped
    expect([await gateway.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([0, true])
    await deployment.start('gateway').startedIn
  }, 300_000)
})

describe('a worker after SIGTERM', () => {
  it('finishes the messages in hand first', async () => {
    const { worker } = deployment.now
    const cases = deployment.simulator.world.size
    await until('all cases so far are known', async () => (await countOf(deployment.database, 'stream')) === cases)
    const lock = await beginTransaction(deployment.database, (manager) =>
      manager.query('LOCK TABLE stream IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    deployment.simulator.world.apply({ shopId: shop?.id ?? '' })
    await untilLockWaits(deployment.database, 1)
    const stopped = worker.stop()
    await lock.commit()
    await stopped
    expect(await worker.untilEnded(1)).toBe(0)
    expect(await countOf(deployment.database, 'stream')).toBe(cases + 1)
    await deployment.start('worker').startedIn
  }, 300_000)

  it('does not wait for a marketplace that does not answer', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const asked = new Promise((resolve) => silent.once('request', resolve))
    await deployment.database.query(`UPDATE app SET endpoints = endpoints || jsonb_build_object('api', $1::text)`, [
      `http://127.0.0.1:${port}`,
    ])
    const living = setInterval(() => deployment.liveOn(1, 30_000), 200)
    await asked
    clearInterval(living)
    const began = performance.now()
    await deployment.now.worker.stop()
    expect([await deployment.now.worker.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([
      0,
      true,
    ])
    silent.closeAllConnections()
    silent.close()
  }, 300_000)
})
