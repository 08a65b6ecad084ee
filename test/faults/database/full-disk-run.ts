import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { type EmbeddedPostgres, alive, startEmbeddedPostgres } from '../../../apps/standalone/src/postgres'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { waitUntil } from '../../processes/wait-until'
import { openProcessDeployment } from '../../processes/process-deployment'
import { freePort } from '../../processes/real-process'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { letNoFileGrow, mountSmallDisk } from './small-disk'
import type { SmallDisk } from './small-disk'
import { tradeAt } from '../continuous-trade'
import type { Trading } from '../continuous-trade'

export interface DiskReport {
  readonly happened: readonly string[]
  /** Faults that this machine does not permit, and why. */
  readonly leftOut: readonly string[]
  /** Time from free space, or from the restart of the server, to the next acknowledged delivery, ms. */
  readonly backAfterMs: readonly number[]
  readonly acknowledged: number
  readonly refused: Readonly<Record<string, number>>
  readonly restarted: readonly string[]
  readonly wrong: readonly string[]
}

const MEGABYTES = 256

interface Scene {
  readonly deployment: ProcessDeployment
  readonly trading: Trading
  readonly disk: SmallDisk | undefined
  readonly fullMs: number
  server: EmbeddedPostgres
  start(): Promise<EmbeddedPostgres>
}

/**
 * F24: gateway and worker are under load while the disk of their database is full: first for the tables, then for the
 * write-ahead log, at which PostgreSQL stops. Deliveries are answered 503, and processing continues when there is space.
 * @param fullMs how long the disk stays full after the first refusal
 */
export async function diskRun(
  seed: string,
  fullMs: number,
  say: (line: string) => void = () => undefined,
): Promise<DiskReport> {
  const disk = mountSmallDisk(MEGABYTES)
  const folder =
    disk === undefined ? mkdtempSync(join(tmpdir(), 'shouhou-full-disk-')) : join(disk.folder, 'deployment')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const port = await freePort()
  const begin = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataFolder: join(folder, 'data'), port })
  const first = await begin()
  const deployment = await openProcessDeployment(first.url, seed, {})
  const trading = tradeAt(deployment)
  const scene: Scene = { ...{ deployment, trading, disk, fullMs, server: first }, start: begin }
  const report = { happened: [] as string[], leftOut: [] as string[], backAfterMs: [] as number[] }
  try {
    for (const [what, happens] of Object.entries({ 'tables full': fillTables, 'log full': fillLog })) {
      await trading.untilAcknowledgedMore(30)
      deployment.witness.refused.byStatus['503'] ??= 0
      const back = await happens(scene)
      if (typeof back === 'string') report.leftOut.push(`${what}: ${back}`)
      else {
        report.happened.push(what)
        report.backAfterMs.push(Math.round(back))
      }
      say(
        `${what}: ${typeof back === 'string' ? back : `${Math.round(back)} ms after it the next delivery was acknowledged`}`,
      )
    }
    await trading.untilAcknowledgedMore(30)
    await trading.end()
    const { acknowledged, refused } = deployment.witness
    const sums = {
      acknowledged: acknowledged.delivered.size + acknowledged.messages.size,
      refused: { ...refused.byStatus },
    }
    return { ...report, ...sums, restarted: deployment.unexpectedEnds(), wrong: await deployment.findProblems() }
  } finally {
    await trading.end()
    await deployment.close()
    if (alive(scene.server.pid)) await scene.server.kill()
    disk?.close()
    for (const place of [folder, dirname(scene.server.dataFolder)]) rmSync(place, { recursive: true, force: true })
  }
}

type Back = number | string

async function fillTables(scene: Scene): Promise<Back> {
  const { disk, deployment, trading, fullMs } = scene
  if (disk === undefined) return 'mounting a small disk is not permitted here'
  disk.fill()
  await untilRefused(deployment)
  await pause(fullMs)
  disk.free()
  const began = performance.now()
  await restartIfEnded(scene)
  await trading.untilAcknowledged()
  return performance.now() - began
}

async function fillLog(scene: Scene): Promise<Back> {
  const { deployment, trading, server, fullMs } = scene
  if (!letNoFileGrow(server.pid)) return 'the size of files cannot be limited here (prlimit)'
  await untilRefused(deployment)
  await waitUntil('the server has stopped', () => !alive(server.pid), 60_000)
  await pause(fullMs)
  const began = performance.now()
  await restartIfEnded(scene)
  await trading.untilAcknowledged()
  return performance.now() - began
}

const untilRefused = async ({ witness }: ProcessDeployment): Promise<void> => {
  const before = witness.refused.byStatus['503'] ?? 0
  await waitUntil('deliveries are refused', () => (witness.refused.byStatus['503'] ?? 0) >= before + 5, 90_000)
}

/** Restarts the server if it has stopped, as a supervisor would; gateway and worker are not restarted. */
async function restartIfEnded(scene: Scene): Promise<void> {
  if (!alive(scene.server.pid)) scene.server = await scene.start()
}
