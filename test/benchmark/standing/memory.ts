import { readFileSync, readdirSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startServer } from '../child'
import type { Figure } from '../figure'
import type { Scale } from '../scale'
import type { BenchServer } from '../server'

const LIMIT_MB = 700
const START = join(__dirname, '../../../../apps/standalone/start.mjs')
/** Applications a minute at the simulated stores: some hundred times a busy merchant's. */
const PACE = 3_000

/** What `npm start` takes while its simulated buyers are very busy and people look at the queue: all processes but PostgreSQL. */
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
  const running = await startServer(START, env, 'The queue')
  let most = 0
  let answered = 0
  try {
    const until = performance.now() + scale.loadSeconds * 1_000
    while (performance.now() < until) {
      const answers = await looksAtQueue(running.url)
      answered += answers
      most = Math.max(most, megabytesOf(running.process.pid ?? 0))
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
      value: most,
      unit: 'MB',
      against: 'a limit',
      peer: LIMIT_MB,
      ratio: LIMIT_MB / most,
      atLeast: 1,
      remarks: [
        `most of ${scale.loadSeconds} s at ${PACE} applications a minute; the queue was looked at ${answered} times`,
      ],
    },
  ]
}

async function looksAtQueue(url: string): Promise<number> {
  const answers = await Promise.all(
    ['/api/queue', '/api/queue/counts', '/api/queue?sort=risk'].map((path) => fetch(`${url}${path}`)),
  )
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  if (answers.some((answer) => answer.status !== 200))
    throw new Error(`the console answered ${bodies[0]?.slice(0, 200) ?? ''}`)
  return bodies.length
}

/** Memory of a process and all that it started, shared pages counted once. */
function megabytesOf(root: number): number {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = Number(/^PPid:\s*(\d+)/m.exec(read(`/proc/${name}/status`))?.[1] ?? 0)
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const sum = (pid: number): number => {
    const own = /^postgres/m.test(read(`/proc/${pid}/comm`))
      ? 0
      : Number(/^Pss:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0)
    return own + (children.get(pid) ?? []).reduce((total, child) => total + sum(child), 0)
  }
  return sum(root) / 1_024
}

/** A process may end while it is looked at. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
