import { fork } from 'node:child_process'
import { join } from 'node:path'
import { openVault, register } from '#access'
import { openDatabase } from '#event-store'
import type { Load, Loaded } from '../acceptance/load'
import { ask, startServer } from '../child'
import { APP, MASTER_KEY, SHOPS } from '../desk'
import type { Figure } from '../figure'
import { interleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { settle } from '../server'

const STORES = 3_000
const GATEWAY = join(__dirname, '../../../apps/gateway/src/main.js')
const LOAD = join(__dirname, '../acceptance/load.js')
const STRANGER = join(__dirname, 'stranger.js')

/** How much longer genuine pushes, one after the other, take while one stranger asks for unknown apps without pause. */
export async function strangers(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const database = await server.migrated()
  await registerMany(database.url)
  await settle(database.url)
  // Fewer than a thousand say nothing of a p95 on a machine that does other things, too.
  const requests = Math.max(1_000, scale.requests[0] / 30)
  let asked = 0
  const p95 = (strange: boolean) => async (): Promise<number> => {
    const measured = await measure(database, requests, strange)
    asked += measured.asked
    return measured.p95
  }
  try {
    const pair = await interleaved(scale.rounds, p95(true), p95(false))
    return [
      {
        figure: 'a push’s p95 beside a stranger',
        value: pair.ours,
        unit: 'ms',
        against: 'the same without the stranger',
        peer: pair.theirs,
        ratio: 1 / pair.ratio,
        atLeast: 1 / 1.3,
        remarks: [
          pair.remark,
          `${STORES} stores, ${requests} pushes a round, the stranger was answered ${asked} times`,
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
  strange: boolean,
): Promise<{ p95: number; asked: number }> {
  const gateway = await startServer(GATEWAY, {
    DATABASE_URL: url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    GATEWAY_PORT: '0',
    GATEWAY_HOST: '127.0.0.1',
    SHOUHOU_CLOCK: '',
  })
  const stranger = strange ? fork(STRANGER, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }) : undefined
  let asked = 0
  stranger?.on('message', (answered) => (asked = Number(answered)))
  try {
    stranger?.send({ base: gateway.url })
    const load: Load = {
      ...{ url: `${gateway.url}/push/douyin/${APP.appKey}`, requests, perRequest: 1, connections: 1 },
      warmUp: Math.ceil(requests / 5),
    }
    const { p95 } = await ask<Loaded>(LOAD, load)
    if (strange && asked === 0) throw new Error('the stranger was not answered once')
    return { p95, asked }
  } finally {
    stranger?.kill('SIGKILL')
    await gateway.stop()
  }
}
