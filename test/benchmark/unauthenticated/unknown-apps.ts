import { fork } from 'node:child_process'
import { join } from 'node:path'
import { openVault, register } from '#access'
import { openDatabase } from '#event-store'
import type { Load, LoadResult } from '../acceptance/load'
import { runTask, startServer } from '../child'
import { APP, MASTER_KEY, SHOPS } from '../bench-worker'
import type { Figure } from '../figure'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { vacuumAndCheckpoint } from '../server'

const STORES = 3_000
const GATEWAY = join(__dirname, '../../../apps/gateway/src/main.js')
const LOAD = join(__dirname, '../acceptance/load.js')
const UNKNOWN_APP_CLIENT = join(__dirname, 'unknown-app-client.js')

/** p95 of genuine pushes, one after the other, while an unauthenticated client posts to unknown apps without pause. */
export async function unknownApps(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const database = await server.migrated()
  await registerMany(database.url)
  await vacuumAndCheckpoint(database.url)
  // With fewer than a thousand requests a p95 is too noisy on a shared machine.
  const requests = Math.max(1_000, scale.requests[0] / 30)
  let answered = 0
  const p95 = (withUnknownApps: boolean) => async (): Promise<number> => {
    const measured = await measure(database, requests, withUnknownApps)
    answered += measured.answered
    return measured.p95
  }
  try {
    const pair = await compareInterleaved(scale.rounds, p95(true), p95(false))
    return [
      {
        figure: 'p95 of a push beside unknown apps',
        value: pair.ours,
        unit: 'ms',
        against: 'the same without that client',
        peer: pair.theirs,
        ratio: 1 / pair.ratio,
        atLeast: 1 / 1.3,
        remarks: [
          pair.remark,
          `${STORES} stores, ${requests} pushes a round, that client was answered ${answered} times`,
        ],
      },
    ]
  } finally {
    await database.drop()
  }
}

async function registerMany(url: string): Promise<void> {
  const vault = openVault(MASTER_KEY)
  const database = await openDatabase({ url, pool: 2, migrations: [] })
  const store = (shop: string) => ({ shop, name: `店铺 ${shop}`, accessToken: 'access', refreshToken: 'refresh' })
  const others = Array.from({ length: STORES / SHOPS.length - 1 }, (_, app) => ({
    ...{ marketplace: 'douyin', appKey: `7100000000000000${app}`, appSecret: `secret ${app}`, endpoints: {} },
    stores: SHOPS.map((shop) => store(`${shop}${app}`)),
  }))
  const ours = { marketplace: 'douyin', ...APP, endpoints: {}, stores: SHOPS.map(store) }
  await register(database, vault, { slug: 'benchmark', name: 'Benchmark' }, [ours, ...others])
  await database.destroy()
}

async function measure(
  { url }: BenchDatabase,
  requests: number,
  withUnknownApps: boolean,
): Promise<{ p95: number; answered: number }> {
  const gateway = await startServer(GATEWAY, {
    DATABASE_URL: url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    GATEWAY_PORT: '0',
    GATEWAY_HOST: '127.0.0.1',
    SHOUHOU_CLOCK: '',
  })
  const client = withUnknownApps
    ? fork(UNKNOWN_APP_CLIENT, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    : undefined
  let answered = 0
  client?.on('message', (count) => (answered = Number(count)))
  try {
    client?.send({ base: gateway.url })
    const load: Load = {
      ...{ url: `${gateway.url}/push/douyin/${APP.appKey}`, requests, perRequest: 1, connections: 1 },
      warmUp: Math.ceil(requests / 5),
    }
    const { p95 } = await runTask<LoadResult>(LOAD, load)
    if (withUnknownApps && answered === 0) throw new Error('the client for unknown apps got no answer')
    return { p95, answered }
  } finally {
    client?.kill('SIGKILL')
    await gateway.stop()
  }
}
