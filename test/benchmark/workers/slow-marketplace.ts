import { caseIdOf } from '#case-handling'
import { requestReads, openPullCursor, openDatabase } from '#event-store'
import { Directory, openVault, register } from '#access'
import type { RunningSimulator } from '../../../apps/simulator/src/simulator'
import { startSimulator } from '../../../apps/simulator/src/simulator'
import { appsOf } from '../../../apps/standalone/src/demo'
import { startDelayingProxy } from '../../support/delaying-proxy'
import { MASTER_KEY } from '../bench-worker'
import type { Figure } from '../figure'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'
import { ALL_MIGRATIONS } from '../server'
import { startWorkers } from './start-workers'

/** Duration of a call to a distant marketplace on a busy day, ms. */
const CALL_DELAY_MS = 500

/** Cases per second that workers read from a slow marketplace and process: a load that waits instead of computing. */
export async function slowMarketplace(server: BenchServer, scale: Scale): Promise<Figure> {
  const cases = scale.questions * 2
  const simulator = await startSimulator({ seed: 'slow', standingClock: true })
  const [firstShop, secondShop] = simulator.douyin.shops
  for (let i = 0; i < cases; i++)
    simulator.world.apply({ shopId: (i % 2 === 0 ? firstShop : secondShop)?.shopId ?? '', quiet: true })
  simulator.clock.advance(600_000)
  const proxy = await startDelayingProxy(simulator.douyin.apiUrl, CALL_DELAY_MS)
  try {
    const measure = (workers: number): Promise<number> => measureReading(server, simulator, proxy.url, workers)
    const pair = await compareInterleaved(
      Math.min(scale.rounds, 3),
      () => measure(2),
      () => measure(1),
    )
    return {
      figure: 'two workers, slow marketplace',
      value: pair.ours,
      unit: 'cases/s',
      against: 'one worker asking for the same cases',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 1.5,
      remarks: [pair.remark, `${cases} cases of two stores, ${CALL_DELAY_MS} ms a call`],
    }
  } finally {
    proxy.close()
    await simulator.stop()
  }
}

async function measureReading(
  server: BenchServer,
  simulator: RunningSimulator,
  api: string,
  workers: number,
): Promise<number> {
  const fresh = await server.migrated()
  const database = await openDatabase({ url: fresh.url, pool: 2, migrations: ALL_MIGRATIONS })
  const vault = openVault(MASTER_KEY)
  const now = simulator.clock.now()
  const apps = appsOf(simulator).filter(({ marketplace }) => marketplace === 'douyin')
  const org = await register(
    database,
    vault,
    { slug: 'slow', name: 'Slow' },
    apps.map((app) => ({ ...app, endpoints: { api } })),
  )
  const { stores } = await new Directory(database, vault).current()
  // The cursors are up to date, so workers only read single cases, not lists.
  for (const { id } of stores) await openPullCursor(database, { id, org }, now, now)
  const running = await startWorkers(workers, fresh.url, `${simulator.control.url}/control/clock`)
  try {
    const requests = simulator.world.page(0, simulator.world.size).map(({ number, shopId }) => {
      const store = stores.find((one) => one.shop === shopId)?.id ?? 0
      return {
        stream: caseIdOf(org, store, number),
        org,
        store,
        case_number: number,
        order_number: null,
        why: 'benchmark',
      }
    })
    const began = performance.now()
    await database.transaction((manager) => requestReads(manager, requests, now))
    for (let known = 0; known < requests.length;) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM stream')
      known = row?.n ?? 0
    }
    return (requests.length * 1_000) / (performance.now() - began)
  } finally {
    await Promise.all(running.map((worker) => worker.kill()))
    await database.destroy()
    await fresh.drop()
  }
}
