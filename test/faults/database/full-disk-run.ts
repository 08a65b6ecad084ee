import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { type EmbeddedPostgres, isAlive, startEmbeddedPostgres } from '../../../apps/standalone/src/postgres'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { waitUntil } from '../../processes/wait-until'
import { openProcessDeployment } from '../../processes/process-deployment'
import { freePort } from '../../processes/real-process'
import type { ProcessDeployment } from '../../processes/process-deployment'
import { limitFileSize, mountSmallDisk } from './small-disk'
import type { SmallDisk } from './small-disk'
import { startTrading } from '../continuous-trade'
import type { ContinuousTrade } from '../continuous-trade'

export interface DiskReport {
  readonly done: readonly string[]
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
  readonly trading: ContinuousTrade
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
  log: (line: string) => void = () => undefined,
): Promise<DiskReport> {
  const disk = mountSmallDisk(MEGABYTES)
  const folder =
    disk === undefined ? mkdtempSync(join(tmpdir(), 'shouhou-full-disk-')) : join(disk.folder, 'deployment')
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const port = await freePort()
  const begin = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ dataFolder: join(folder, 'data'), port })
  const first = await begin()
  const deployment = await openProcessDeployment(first.url, seed, {})
  const trading = startTrading(deployment)
  const scene: Scene = { ...{ deployment, trading, disk, fullMs, server: first }, start: begin }
  const report = { done: [] as string[], leftOut: [] as string[], backAfterMs: [] as number[] }
  try {
    for (const [disturbance, disturb] of Object.entries({ 'tables full': fillTables, 'log full': fillLog })) {
      await trading.untilAcknowledgedMore(30)
      deployment.recordingProxy.refused.byStatus['503'] ??= 0
      const recovery = await disturb(scene)
      if (typeof recovery === 'string') report.leftOut.push(`${disturbance}: ${recovery}`)
      else {
        report.done.push(disturbance)
        report.backAfterMs.push(Math.round(recovery))
      }
      log(
        `${disturbance}: ${typeof recovery === 'string' ? recovery : `${Math.round(recovery)} ms after it the next delivery was acknowledged`}`,
      )
    }
    await trading.untilAcknowledgedMore(30)
    await trading.end()
    const { acknowledged, refused } = deployment.recordingProxy
    const totals = {
      acknowledged: acknowledged.delivered.size + acknowledged.messages.size,
      refused: { ...refused.byStatus },
    }
    return { ...report, ...totals, restarted: deployment.unexpectedEnds(), wrong: await deployment.findProblems() }
  } finally {
    await trading.end()
    await deployment.close()
    if (isAlive(scene.server.pid)) await scene.server.kill()
    disk?.close()
    for (const folderToRemove of [folder, dirname(scene.server.dataFolder)])
      rmSync(folderToRemove, { recursive: true, force: true })
  }
}

type Recovery = number | string

async function fillTables(scene: Scene): Promise<Recovery> {
  const { disk, deployment, trading, fullMs } = scene
  if (disk === undefined) return 'mounting a small disk is not permitted here'
  disk.fill()
  await waitUntilRefused(deployment)
  await pause(fullMs)
  disk.free()
  const freedAt = performance.now()
  await restartIfEnded(scene)
  await trading.untilAcknowledged()
  return performance.now() - freedAt
}

async function fillLog(scene: Scene): Promise<Recovery> {
  const { deployment, trading, server, fullMs } = scene
  if (!limitFileSize(server.pid)) return 'the size of files cannot be limited here (prlimit)'
  await waitUntilRefused(deployment)
  await waitUntil('the server has stopped', () => !isAlive(server.pid), 60_000)
  await pause(fullMs)
  const freedAt = performance.now()
  await restartIfEnded(scene)
  await trading.untilAcknowledged()
  return performance.now() - freedAt
}

const waitUntilRefused = async ({ recordingProxy: witness }: ProcessDeployment): Promise<void> => {
  const before = witness.refused.byStatus['503'] ?? 0
  await waitUntil('deliveries are refused', () => (witness.refused.byStatus['503'] ?? 0) >= before + 5, 90_000)
}

/** Restarts the server if it has stopped, as a supervisor would; gateway and worker are not restarted. */
async function restartIfEnded(scene: Scene): Promise<void> {
  if (!isAlive(scene.server.pid)) scene.server = await scene.start()
}
