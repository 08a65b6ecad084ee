import { createServer } from 'node:http'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import { standing, untilWaiting } from '../postgres/opened'
import { countOf, until } from './asking'
import type { RealHouse } from './real-house'
import { openRealHouse } from './real-house'
import type { RealProcess } from './real-process'

const TAKEN_OVER_WITHIN_MS = 10_000
/** One who is asked to stop gives back what he holds; the others look every second. */
const AT_ONCE_MS = 3_000
const STOPPED_WITHIN_MS = 10_000

let fresh: FreshDatabase
let house: RealHouse
const aside: RealProcess[] = []

beforeAll(async () => {
  fresh = await freshDatabase()
  house = await openRealHouse(fresh.url, 'hand-over', {})
}, 120_000)
afterAll(async () => {
  await Promise.all(aside.filter((process) => !process.ended()).map((process) => process.kill()))
  await house.close()
  await fresh.drop()
}, 60_000)

const lineStands = (): boolean => house.simulator.pinduoduo.messages.connected
const leader = async (): Promise<string | undefined> => {
  const [row] = await house.database.query<{ holder: string }[]>(
    `SELECT holder FROM lease WHERE name LIKE 'listen/%' AND until > clock_timestamp()`,
  )
  return row?.holder
}
/** The one who holds the line, and one who waits behind him. */
async function leaderAndNext(): Promise<[RealProcess, string]> {
  await until('somebody holds the line', async () => lineStands() && (await leader()) !== undefined)
  const first = house.now.worker
  const holder = (await leader()) ?? ''
  aside.push(first)
  await house.start('worker').startedIn
  return [first, holder]
}
/** From now until the other holds the one line, ms. */
async function untilTakenOver(from: string): Promise<number> {
  const began = performance.now()
  await until('another holds the line', async () => lineStands() && ![from, undefined].includes(await leader()), 30_000)
  return performance.now() - began
}

describe('the one standing connection of an app', () => {
  it('is another worker’s within ten seconds after its holder was killed', async () => {
    const [first, holder] = await leaderAndNext()
    expect(await leader()).toBe(holder)
    await first.kill()
    expect(await untilTakenOver(holder)).toBeLessThan(TAKEN_OVER_WITHIN_MS)
  }, 120_000)

  it('is another worker’s at once after its holder was asked to stop', async () => {
    const [first, holder] = await leaderAndNext()
    const stopped = first.stop()
    expect(await untilTakenOver(holder)).toBeLessThan(AT_ONCE_MS)
    await stopped
    expect(await first.untilEnded(1)).toBe(0)
  }, 120_000)

  it('stands, and nothing that came meanwhile is lost', async () => {
    house.liveOn(20, 60_000)
    expect(lineStands()).toBe(true)
    expect(await house.whatIsWrong()).toEqual([])
  }, 180_000)
})

describe('a gateway that is asked to stop', () => {
  it('is not ready from then on, finishes the delivery in hand, and ends well', async () => {
    const { gateway } = house.now
    const url = /http:\/\/[^/]+/.exec(gateway.said())?.[0] ?? ''
    const lock = await standing(house.database, (manager) =>
      manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = house.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    const before = house.witness.acknowledged.delivered.size
    house.simulator.world.apply({ shopId: shop?.id ?? '' })
    await untilWaiting(house.database, 1)
    const began = performance.now()
    const stopped = gateway.stop()
    await until('it says so', async () => {
      const answer = await fetch(`${url}/readyz`)
      return answer.status === 503 && (await answer.text()).includes('It is stopping.')
    })
    expect(house.witness.acknowledged.delivered.size).toBe(before)
    await lock.commit()
    await until('the delivery is acknowledged', () => house.witness.acknowledged.delivered.size > before)
    await stopped
    expect([await gateway.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([0, true])
    await house.start('gateway').startedIn
  }, 60_000)
})

describe('a worker that is asked to stop', () => {
  it('finishes the messages in hand first', async () => {
    const { worker } = house.now
    const cases = house.simulator.world.size
    await until('all cases so far are known', async () => (await countOf(house.database, 'stream')) === cases)
    const lock = await standing(house.database, (manager) =>
      manager.query('LOCK TABLE stream IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = house.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    house.simulator.world.apply({ shopId: shop?.id ?? '' })
    await untilWaiting(house.database, 1)
    const stopped = worker.stop()
    await lock.commit()
    await stopped
    expect(await worker.untilEnded(1)).toBe(0)
    expect(await countOf(house.database, 'stream')).toBe(cases + 1)
    await house.start('worker').startedIn
  }, 60_000)

  it('does not wait for a marketplace that answers nothing', async () => {
    const silent = createServer(() => undefined)
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as { port: number }
    const asked = new Promise((resolve) => silent.once('request', resolve))
    await house.database.query(`UPDATE app SET endpoints = endpoints || jsonb_build_object('api', $1::text)`, [
      `http://127.0.0.1:${port}`,
    ])
    const living = setInterval(() => house.liveOn(1, 30_000), 200)
    await asked
    clearInterval(living)
    const began = performance.now()
    await house.now.worker.stop()
    expect([await house.now.worker.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([0, true])
    silent.closeAllConnections()
    silent.close()
  }, 60_000)
})
