import { join } from 'node:path'
import { runTask, startServer } from '../child'
import { APP, MASTER_KEY, openWorker } from '../bench-worker'
import type { Figure } from '../figure'
import { median } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { vacuumAndCheckpoint } from '../server'
import type { Load, LoadResult } from './load'

const CONNECTIONS = 64
const GATEWAY = join(__dirname, '../../../apps/gateway/src/main.js')
const BARE = join(__dirname, 'bare-server.js')
const LOAD = join(__dirname, 'load.js')
const AGAINST = 'the same server, signature and insert only'

/** Signed pushes that are durable before they are acknowledged: messages per second, and p99 latency. */
export async function acceptance(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const empty = await server.migrated()
  const worker = await openWorker(empty.url)
  await worker.close()
  await vacuumAndCheckpoint(empty.url)
  const [single, fifty] = scale.requests
  const figures = [
    ...(await measureAcceptance(server, empty, scale.rounds, single, 1)),
    ...(await measureAcceptance(server, empty, scale.rounds, fifty, 50)),
  ]
  await empty.drop()
  return figures
}

async function measureAcceptance(
  server: BenchServer,
  empty: BenchDatabase,
  rounds: number,
  requests: number,
  perRequest: number,
): Promise<Figure[]> {
  const ours: LoadResult[] = []
  const theirs: LoadResult[] = []
  const load = { requests, perRequest, connections: CONNECTIONS, warmUp: Math.ceil(requests / 5) }
  for (let round = 0; round < rounds; round++) {
    const sides = [
      () => measure(server, empty, GATEWAY, load).then((l) => ours.push(l)),
      () => measure(server, empty, BARE, load).then((l) => theirs.push(l)),
    ]
    for (const side of round % 2 === 0 ? sides : sides.reverse()) await side()
  }
  const name = `acceptance, ${perRequest} a request`
  const ratios = ours.map((o, i) => o.messagesPerSecond / (theirs[i]?.messagesPerSecond ?? NaN))
  const slower = ours.map((o, i) => (theirs[i]?.p99 ?? NaN) / o.p99)
  const formatted = (of: readonly LoadResult[]): string =>
    of.map((l) => `${Math.round(l.messagesPerSecond)}/s p50 ${l.p50.toFixed(1)} p99 ${l.p99.toFixed(1)} ms`).join(', ')
  return [
    {
      figure: name,
      value: median(ours.map((o) => o.messagesPerSecond)),
      unit: 'messages/s',
      against: AGAINST,
      peer: median(theirs.map((t) => t.messagesPerSecond)),
      ratio: median(ratios),
      atLeast: 0.6,
      remarks: [
        `ours ${formatted(ours)}`,
        `theirs ${formatted(theirs)}`,
        `${requests} requests over ${CONNECTIONS} connections`,
      ],
    },
    {
      figure: `${name}, p99`,
      value: median(ours.map((o) => o.p99)),
      unit: 'ms',
      against: AGAINST,
      peer: median(theirs.map((t) => t.p99)),
      ratio: median(slower),
      atLeast: 0.5,
      remarks: [],
    },
  ]
}

async function measure(
  server: BenchServer,
  empty: BenchDatabase,
  program: string,
  load: Omit<Load, 'url'>,
): Promise<LoadResult> {
  const copy = await server.copyOf(empty)
  const child = await startServer(program, {
    DATABASE_URL: copy.url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    GATEWAY_PORT: '0',
    GATEWAY_HOST: '127.0.0.1',
    SHOUHOU_CLOCK: '',
  })
  try {
    return await runTask<LoadResult>(LOAD, { ...load, url: `${child.url}/push/douyin/${APP.appKey}` })
  } finally {
    await child.stop()
    await copy.drop()
  }
}
