import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { untilQueueAgrees } from '../../support/queue-agreement'
import type { Deployment } from '../../support/in-process-deployment'
import { openDeployment } from '../../support/in-process-deployment'
import { waitUntil } from '../../processes/wait-until'

const MINUTE = 60_000
const STORES = 4
let fresh: FreshDatabase
let deployment: Deployment

beforeEach(async () => {
  fresh = await freshDatabase()
})
afterEach(async () => {
  await deployment.close()
  await fresh.drop()
})

const openAndHold = async (skewMs: number, historicCases: number): Promise<void> => {
  deployment = await openDeployment(
    fresh.url,
    { seed: 'gaps', standingClock: true, history: { cases: historicCases, days: 1 } },
    200,
    skewMs,
  )
}

/** Waits until the changes of every store are proven complete until now, by our clock. */
const waitUntilProven = (at: number): Promise<void> =>
  waitUntil(
    'all stores are read up to now',
    async () =>
      (await deployment.database.query<unknown[]>('SELECT 1 FROM pull_cursor WHERE proven_until >= $1', [at]))
        .length === STORES,
    900_000,
  )

/** Moves the clock by a minute at a time, and waits until each minute was pulled before the next. */
async function passMinutes(minutes: number, skewMs: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    deployment.simulator.clock.advance(MINUTE)
    await waitUntilProven(deployment.simulator.clock.now() + skewMs - 6_000)
  }
}

const readWindows = (): Promise<{ store: number; from_at: number; to_at: number; claimed: number; seen: number }[]> =>
  deployment.database.query('SELECT store, from_at, to_at, claimed, seen FROM pull_window ORDER BY store, id')

describe('pulling while one push of twenty is lost and rows move between pages (fault F20)', () => {
  it('finds every case, leaves no gap between windows, and changes nothing when it reads twice', async () => {
    await openAndHold(0, 0)
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 300_000)).toEqual([])
    await passMinutes(1, 0)
    deployment.simulator.faults.set({ lostPushes: 0.05, movedPages: 0.5 })
    for (let i = 0; i < 300; i++) deployment.simulator.world.apply({ quiet: true })
    const lost = deployment.simulator.faults.counted.lost
    expect(lost).toBeGreaterThan(5)
    await passMinutes(1, 0)
    // From now on no row moves between pages, so the next pull must find everything.
    deployment.simulator.faults.clear()
    await passMinutes(1, 0)
    expect(await untilQueueAgrees(deployment.simulator, deployment.database, 300_000)).toEqual([])
    const rows = await readWindows()
    expect(await countCasesWithoutPush()).toBeGreaterThanOrEqual(lost)
    for (const [i, { store, from_at, claimed, seen }] of rows.entries()) {
      const previous = rows[i - 1]
      if (previous?.store === store) expect(from_at).toBeLessThanOrEqual(previous.to_at)
      expect(seen).toBeGreaterThanOrEqual(claimed)
    }
    const events = await countKnownEvents()
    await passMinutes(1, 0)
    expect(await countKnownEvents()).toBe(events)
  }, 900_000)
})

describe('pulling while every push is lost (fault F21)', () => {
  it.each([
    // The marketplaces reject callers whose clock is ten minutes off.
    ['is nine and a half minutes fast', 9.5 * MINUTE],
    ['is nine and a half minutes slow', -9.5 * MINUTE],
  ])(
    'finds every case though our clock %s',
    async (_how, skewMs) => {
      await openAndHold(skewMs, 40)
      await waitUntilProven(deployment.simulator.clock.now() + skewMs - 6_000)
      deployment.simulator.faults.set({ lostPushes: 1 })
      for (let minute = 0; minute < 5; minute++) {
        for (let i = 0; i < 4; i++) deployment.simulator.world.apply({ quiet: true })
        await passMinutes(1, skewMs)
      }
      await passMinutes(22, skewMs)
      expect(await untilQueueAgrees(deployment.simulator, deployment.database, 300_000)).toEqual([])
    },
    900_000,
  )
})

/** Number of events, except those that only record a read. */
async function countKnownEvents(): Promise<number> {
  const [row] = await deployment.database.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM event WHERE type NOT IN ('RevisionSeen', 'DeadlinePassed')`,
  )
  return row?.n ?? -1
}

/**
 * Number of cases whose first event is not from a push. The ledger's `missing` does not measure that: a pull that times
 * out on a busy machine reads its window again, and then knows the cases that were missing.
 */
async function countCasesWithoutPush(): Promise<number> {
  const [row] = await deployment.database.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM event e JOIN message m ON m.id = e.message_id WHERE e.version = 1 AND m.channel <> 'push'`,
  )
  return row?.n ?? -1
}
