import { execFileSync } from 'node:child_process'
import type { IntervalHistogram } from 'node:perf_hooks'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { countRows } from '../../postgres/count-rows'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { USUAL_FAULTS, openProcessDeployment } from '../../processes/process-deployment'

export interface SoakOptions {
  readonly url: string
  readonly seed: string
  /** How long the even load lasts, ms. */
  readonly ms: number
  /** How long the capacity is measured before that, ms. */
  readonly capacityMs: number
  readonly sampleMs: number
  readonly log?: (line: string) => void
}

export interface SoakReport {
  readonly seed: string
  /** Cases per second: the measured capacity, and the load during the run. */
  readonly sustained: number
  readonly rate: number
  readonly cases: number
  readonly samples: number
  /** Growth after the first fifth of the run, MB per minute: the slope of a line fitted to the samples. */
  readonly memory: Readonly<Record<'gateway' | 'worker', { readonly growsBy: number; readonly lastMb: number }>>
  /** p99 from delivery to acknowledgement, ms: median of the samples of the first third after that fifth, and of the last third. */
  readonly p99: Drift
  /** p99 of this process's event-loop delay, ms: it simulates the marketplaces, so its delay is part of `p99`. */
  readonly ownDelay: Drift
  /** Dead rows of the tables with most of them: the maximum, and at the end. */
  readonly dead: Readonly<Record<string, { readonly most: number; readonly last: number; readonly vacuumed: number }>>
  readonly wrong: readonly string[]
}

interface Drift {
  readonly first: number
  readonly last: number
  readonly driftPercent: number
}

interface Sample {
  readonly atMin: number
  readonly gateway: number
  readonly worker: number
  readonly p99: number
  readonly ownDelay: number
  readonly dead: readonly { readonly table: string; readonly dead: number; readonly vacuumed: number }[]
}

const SHARE = 0.7
const LEAST_SAMPLES = 4

/** F25: a deployment at an even 70 % of its capacity: whether memory, dead rows and acknowledgement times stay level. */
export async function soakRun({
  url,
  seed,
  ms,
  capacityMs,
  sampleMs,
  log = () => undefined,
}: SoakOptions): Promise<SoakReport> {
  const deployment = await openProcessDeployment(url, seed, USUAL_FAULTS)
  const eventLoopDelay = monitorEventLoopDelay({ resolution: 5 })
  try {
    const sustained = await measureCapacity(deployment, capacityMs)
    const rate = sustained * SHARE
    log(`${sustained.toFixed(1)} cases a second at full speed; ${rate.toFixed(1)} from now on`)
    const samples: Sample[] = []
    deployment.recordingProxy.latencies.length = 0
    eventLoopDelay.enable()
    const startedAt = performance.now()
    let applied = 0
    const isOver = (): boolean => performance.now() - startedAt >= ms && samples.length >= LEAST_SAMPLES
    for (let sampledAt = startedAt; !isOver(); await pause(50)) {
      const casesDue = Math.floor(((performance.now() - startedAt) / 1_000) * rate) - applied
      if (casesDue > 0) deployment.trade(casesDue, 200 * casesDue)
      applied += Math.max(0, casesDue)
      // On a busy machine an interval may pass without an acknowledgement; it has no p99.
      if (performance.now() - sampledAt < sampleMs || deployment.recordingProxy.latencies.length === 0) continue
      sampledAt = performance.now()
      samples.push(await takeSample(deployment, eventLoopDelay, (sampledAt - startedAt) / 60_000))
      const { gateway, worker, p99, ownDelay } = samples.at(-1) as Sample
      log(
        `gateway ${gateway.toFixed(0)} MB, worker ${worker.toFixed(0)} MB, p99 ${p99.toFixed(0)} ms, this process late by ${ownDelay.toFixed(0)} ms`,
      )
    }
    const wrong = await deployment.findProblems()
    return {
      seed,
      sustained: roundToTenth(sustained),
      rate: roundToTenth(rate),
      cases: deployment.simulator.world.size,
      samples: samples.length,
      ...summarise(samples),
      wrong,
    }
  } finally {
    eventLoopDelay.disable()
    await deployment.close()
  }
}

/**
 * Measures the capacity, in cases per second: buyers apply whenever few pushes are undelivered. Takes at least `ms`, and
 * as long as no case is recorded.
 */
async function measureCapacity(deployment: ProcessDeployment, ms: number): Promise<number> {
  const { douyin, pinduoduo } = deployment.simulator
  const [startedAt, before] = [performance.now(), await countRows(deployment.database, 'stream')]
  for (;;) {
    if (douyin.pushes.backlog + pinduoduo.messages.backlog < 50) deployment.trade(5, 1_000)
    await pause(20)
    if (performance.now() - startedAt < ms) continue
    const recorded = (await countRows(deployment.database, 'stream')) - before
    if (recorded > 0) return recorded / ((performance.now() - startedAt) / 1_000)
  }
}

async function takeSample(
  { now, recordingProxy: witness, database }: ProcessDeployment,
  eventLoopDelay: IntervalHistogram,
  atMin: number,
): Promise<Sample> {
  const ownDelay = eventLoopDelay.percentile(99) / 1e6
  eventLoopDelay.reset()
  const latencies = witness.latencies.splice(0).sort((a, b) => a - b)
  const dead = await database.query<Sample['dead']>(
    'SELECT relname AS table, n_dead_tup::int AS dead, (autovacuum_count + vacuum_count)::int AS vacuumed FROM pg_stat_user_tables ORDER BY n_dead_tup DESC LIMIT 8',
  )
  return {
    atMin,
    gateway: readMegabytes(now.gateway.pid),
    worker: readMegabytes(now.worker.pid),
    p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
    ownDelay,
    dead,
  }
}

const readMegabytes = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024

function summarise(samples: readonly Sample[]): Pick<SoakReport, 'memory' | 'p99' | 'ownDelay' | 'dead'> {
  const warmSamples = samples.slice(Math.floor(samples.length / 5))
  const third = Math.max(1, Math.floor(warmSamples.length / 3))
  const driftOf = (figure: 'p99' | 'ownDelay'): Drift => {
    const [first, last] = [warmSamples.slice(0, third), warmSamples.slice(-third)].map((part) =>
      medianOf(part.map((sample) => sample[figure])),
    ) as [number, number]
    return {
      first: roundToTenth(first),
      last: roundToTenth(last),
      driftPercent: roundToTenth(first === 0 ? 0 : (100 * (last - first)) / first),
    }
  }
  const memoryOf = (role: 'gateway' | 'worker'): { growsBy: number; lastMb: number } => ({
    growsBy: roundToTenth(leastSquaresSlope(warmSamples.map((sample) => [sample.atMin, sample[role]]))),
    lastMb: Math.round(warmSamples.at(-1)?.[role] ?? 0),
  })
  const dead: Record<string, { most: number; last: number; vacuumed: number }> = {}
  for (const sample of warmSamples)
    for (const { table, dead: n, vacuumed } of sample.dead)
      dead[table] = { most: Math.max(n, dead[table]?.most ?? 0), last: n, vacuumed }
  return {
    memory: { gateway: memoryOf('gateway'), worker: memoryOf('worker') },
    p99: driftOf('p99'),
    ownDelay: driftOf('ownDelay'),
    dead,
  }
}

const roundToTenth = (n: number): number => Math.round(n * 10) / 10
const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0

/** Slope of the least-squares line through the points. */
export function leastSquaresSlope(points: readonly (readonly [number, number])[]): number {
  const mean = (at: 0 | 1): number => points.reduce((sum, point) => sum + point[at], 0) / points.length
  const [x0, y0] = [mean(0), mean(1)]
  const numerator = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0)
  const denominator = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0)
  return denominator === 0 ? 0 : numerator / denominator
}

/** Limits that a long run exceeded; a short run is too noisy for them. */
export function exceededLimits({ memory, p99, dead }: SoakReport): string[] {
  const growing = Object.entries(memory).flatMap(([role, { growsBy }]) =>
    growsBy < 1 ? [] : [`the ${role} grows by ${growsBy} MB a minute`],
  )
  const slower = p99.driftPercent < 10 ? [] : [`p99 drifts by ${p99.driftPercent} %`]
  const unbounded = Object.entries(dead).flatMap(([table, { last, vacuumed }]) =>
    last < 50_000 || vacuumed > 0 ? [] : [`${last} dead rows of ${table}, never vacuumed`],
  )
  return [...growing, ...slower, ...unbounded]
}
