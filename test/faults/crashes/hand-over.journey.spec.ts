import { createServer } from 'node:http'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import { beginTransaction, untilLockWaits } from '../../postgres/test-database'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess } from '../../processes/real-process'

const TAKEN_OVER_WITHIN_MS = 10_000
/** On SIGTERM a worker releases its lease, and the others check every second. */
const AT_ONCE_MS = 3_000
const STOPPED_WITHIN_MS = 10_000

let fresh: FreshDatabase
let deployment: ProcessDeployment

beforeAll(async () => {
  fresh = await freshDatabase()
  deployment = await openProcessDeployment(fresh.url, 'hand-over', {})
}, 300_000)
afterAll(async () => {
  await deployment.close()
  await fresh.drop()
}, 300_000)

const isConnected = (): boolean => deployment.simulator.pinduoduo.messages.connected
const readConnectionHolder = async (): Promise<string | undefined> => {
  const [row] = await deployment.database.query<{ holder: string }[]>(
    `SELECT holder FROM lease WHERE name LIKE 'listen/%' AND until > clock_timestamp()`,
  )
  return row?.holder
}
/** Transactions that have written and wait for a lock. */
async function countWaitingWriters(): Promise<number> {
  const [row] = await deployment.database.query<{ n: number }[]>(
    `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE NOT l.granted AND a.datname = current_database() AND a.backend_xid IS NOT NULL`,
  )
  return row?.n ?? 0
}
/** Starts a second worker; returns the first one, which holds the connection, and the name in its lease. */
async function startSuccessor(): Promise<[RealProcess, string]> {
  await waitUntil(
    'a worker holds the connection',
    async () => isConnected() && (await readConnectionHolder()) !== undefined,
  )
  const first = deployment.now.worker
  const holder = (await readConnectionHolder()) ?? ''
  await deployment.start('worker').startedIn
  return [first, holder]
}
/** Time from now until another worker holds the connection, ms. */
async function measureTakeOver(formerHolder: string): Promise<number> {
  const began = performance.now()
  await waitUntil(
    'another worker holds the connection',
    async () => isConnected() && ![formerHolder, undefined].includes(await readConnectionHolder()),
    300_000,
  )
  return performance.now() - began
}

describe('the WebSocket connection of an app, of which there is only one', () => {
  it('passes to another worker within ten seconds after its holder was killed', async () => {
    const [first, holder] = await startSuccessor()
    expect(await readConnectionHolder()).toBe(holder)
    await first.kill()
    expect(await measureTakeOver(holder)).toBeLessThan(TAKEN_OVER_WITHIN_MS)
  }, 300_000)

  it('passes to another worker at once after SIGTERM to its holder', async () => {
    const [first, holder] = await startSuccessor()
    const stopped = first.stop()
    expect(await measureTakeOver(holder)).toBeLessThan(AT_ONCE_MS)
    await stopped
    expect(await first.untilEnded(1)).toBe(0)
  }, 300_000)

  it('is connected again afterwards, and nothing sent meanwhile is lost', async () => {
    deployment.trade(20, 60_000)
    expect(isConnected()).toBe(true)
    expect(await deployment.findProblems()).toEqual([])
  }, 360_000)
})

describe('a gateway after SIGTERM', () => {
  it('is not ready from then on, finishes the delivery in progress, and exits with 0', async () => {
    const { gateway } = deployment.now
    const url = /http:\/\/[^/]+/.exec(gateway.output())?.[0] ?? ''
    const lock = await beginTransaction(deployment.database, (manager) =>
      manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    const before = deployment.recordingProxy.acknowledged.delivered.size
    deployment.simulator.world.apply({ shopId: shop?.id ?? '' })
    await untilLockWaits(deployment.database, 1)
    const began = performance.now()
    const stopped = gateway.stop()
    await waitUntil('it reports that it is stopping', async () => {
      const answer = await fetch(`${url}/readyz`)
      return answer.status === 503 && (await answer.text()).includes('It is stopping.')
    })
    expect(deployment.recordingProxy.acknowledged.delivered.size).toBe(before)
    await lock.commit()
    await waitUntil(
      'the delivery is acknowledged',
      () => deployment.recordingProxy.acknowledged.delivered.size > before,
    )
    await stopped
    expect([await gateway.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([0, true])
    await deployment.start('gateway').startedIn
  }, 300_000)
})

describe('a worker after SIGTERM', () => {
  it('finishes the messages in progress first', async () => {
    const { worker } = deployment.now
    const cases = deployment.simulator.world.size
    await waitUntil(
      'all cases so far are known',
      async () => (await countRows(deployment.database, 'stream')) === cases,
    )
    const lock = await beginTransaction(deployment.database, (manager) =>
      manager.query('LOCK TABLE stream IN ACCESS EXCLUSIVE MODE'),
    )
    const shop = deployment.simulator.world.shops.find(({ marketplace }) => marketplace === 'douyin')
    deployment.simulator.world.apply({ shopId: shop?.id ?? '' })
    // Other loops of the worker read cases as well; the batch is the one that has written: it has claimed the message.
    await waitUntil('the batch with the message waits', async () => (await countWaitingWriters()) > 0)
    const stopped = worker.stop()
    await lock.commit()
    await stopped
    expect(await worker.untilEnded(1)).toBe(0)
    expect(await countRows(deployment.database, 'stream')).toBe(cases + 1)
    await deployment.start('worker').startedIn
  }, 300_000)

  it('does not wait for a marketplace that does not answer', async () => {
    const silentServer = createServer(() => undefined)
    await new Promise<void>((resolve) => silentServer.listen(0, '127.0.0.1', resolve))
    const { port } = silentServer.address() as { port: number }
    const requested = new Promise((resolve) => silentServer.once('request', resolve))
    await deployment.database.query(`UPDATE app SET endpoints = endpoints || jsonb_build_object('api', $1::text)`, [
      `http://127.0.0.1:${port}`,
    ])
    const trading = setInterval(() => deployment.trade(1, 30_000), 200)
    await requested
    clearInterval(trading)
    const began = performance.now()
    await deployment.now.worker.stop()
    expect([await deployment.now.worker.untilEnded(1), performance.now() - began < STOPPED_WITHIN_MS]).toEqual([
      0,
      true,
    ])
    silentServer.closeAllConnections()
    silentServer.close()
  }, 300_000)
})
