import { readFileSync, readdirSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openLink } from '../../support/open-link'
import { startServer } from '../child'
import type { Figure } from '../figure'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'

const LIMIT_MB = 700
const START = join(__dirname, '../../../../apps/standalone/start.mjs')
/** Applications per minute at the simulated stores: about a hundred times those of a busy merchant. */
const PACE = 3_000

/** Peak memory of `npm start` under heavy simulated load while the queue is requested: all processes except PostgreSQL. */
export async function memory(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const fresh = await server.migrated()
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-bench-'))
  const env = {
    DATABASE_URL: fresh.url,
    DATA_FOLDER: folder,
    PORT: '0',
    GATEWAY_PORT: '0',
    SIMULATOR_PORT: '0',
    SIMULATOR_PACE: String(PACE),
  }
  const running = await startServer(START, env, 'Open ')
  const headers = await openLink(running.url)
  let peakMegabytes = 0
  let requests = 0
  try {
    const until = performance.now() + scale.loadSeconds * 1_000
    while (performance.now() < until) {
      const answers = await requestQueue(new URL(running.url).origin, headers)
      requests += answers
      peakMegabytes = Math.max(peakMegabytes, megabytesOf(running.process.pid ?? 0))
      await pause(100)
    }
  } finally {
    await running.stop()
    rmSync(folder, { recursive: true, force: true })
    await fresh.drop()
  }
  return [
    {
      figure: 'memory of standalone',
      value: peakMegabytes,
      unit: 'MB',
      against: 'a limit',
      peer: LIMIT_MB,
      ratio: LIMIT_MB / peakMegabytes,
      atLeast: 1,
      remarks: [
        `most of ${scale.loadSeconds} s at ${PACE} applications a minute; the queue was requested ${requests} times`,
      ],
    },
  ]
}

async function requestQueue(url: string, headers: { cookie: string }): Promise<number> {
  const answers = await Promise.all(
    ['/api/queue', '/api/queue/counts', '/api/queue?sort=risk'].map((path) => fetch(`${url}${path}`, { headers })),
  )
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  if (answers.some((answer) => answer.status !== 200))
    throw new Error(`the console answered ${bodies[0]?.slice(0, 200) ?? ''}`)
  return bodies.length
}

/** Memory (PSS) of a process and its descendants except PostgreSQL; shared pages count once. */
function megabytesOf(root: number): number {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^PPid:\s*(\d+)/m.exec(readIfExists(`/proc/${name}/status`))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const sumPss = (pid: number): number => {
    const own = /^postgres/m.test(readIfExists(`/proc/${pid}/comm`))
      ? 0
      : Number(/^Pss:\s*(\d+)/m.exec(readIfExists(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    return own + (children.get(pid) ?? []).reduce((total, child) => total + sumPss(child), 0)
  }
  return sumPss(root) / 1_024
}

/** A process may end while its files are read. */
function readIfExists(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
