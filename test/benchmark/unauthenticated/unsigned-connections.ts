import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { LoadResult } from '../acceptance/load'
import { runTask, startServer } from '../child'
import { APP, MASTER_KEY, openWorker } from '../bench-worker'
import type { Figure } from '../figure'
import { median } from '../rounds'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'

const CONNECTIONS = 1_000
const BODY = Buffer.alloc(1_048_576, 32)
const LIMIT_MB = 64
/** How long memory is sampled after all connections have begun to send. */
const SAMPLING_MS = 5_000
const GATEWAY = join(__dirname, '../../../apps/gateway/src/main.js')
const LOAD = join(__dirname, '../acceptance/load.js')

/** Additional memory of a gateway under unsigned deliveries of 1 MiB over 1,000 concurrent connections. */
export async function unsignedConnections(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const database = await server.migrated()
  await (await openWorker(database.url)).close()
  const added: number[] = []
  try {
    for (let round = 0; round < scale.rounds; round++) added.push(await measure(database.url))
  } finally {
    await database.drop()
  }
  const value = median(added)
  return [
    {
      figure: 'memory of unsigned connections',
      value,
      unit: 'MB',
      against: 'a limit',
      peer: LIMIT_MB,
      ratio: LIMIT_MB / value,
      atLeast: 1,
      remarks: [`${CONNECTIONS} connections with 1 MiB each; rounds ${added.map((mb) => mb.toFixed(0)).join(', ')} MB`],
    },
  ]
}

async function measure(url: string): Promise<number> {
  const gateway = await startServer(GATEWAY, {
    DATABASE_URL: url,
    SHOUHOU_KEY: MASTER_KEY.toString('base64'),
    GATEWAY_PORT: '0',
    GATEWAY_HOST: '127.0.0.1',
    SHOUHOU_CLOCK: '',
  })
  const sockets: Socket[] = []
  try {
    const push = `/push/douyin/${APP.appKey}`
    await runTask<LoadResult>(LOAD, {
      url: gateway.url + push,
      requests: 500,
      perRequest: 1,
      connections: 8,
      warmUp: 100,
    })
    const sampleMemory = (): number => residentMegabytes(gateway.process.pid ?? 0)
    const before = sampleMemory()
    let peak = before
    const { hostname, port } = new URL(gateway.url)
    const head = `POST ${push} HTTP/1.1\r\nHost: gateway\r\nContent-Length: ${BODY.length}\r\n\r\n`
    for (let n = 0; n < CONNECTIONS; n++) {
      const socket = connect(Number(port), hostname, () => {
        socket.write(head)
        socket.write(BODY)
      })
      // The gateway is expected to refuse and close the connection.
      socket.on('error', () => undefined)
      sockets.push(socket)
    }
    for (const until = performance.now() + SAMPLING_MS; performance.now() < until; await pause(20))
      peak = Math.max(peak, sampleMemory())
    return peak - before
  } finally {
    for (const socket of sockets) socket.destroy()
    await gateway.stop()
  }
}

const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024
