import { setTimeout as pause } from 'node:timers/promises'
import { armRepeatedly } from './arm-repeatedly'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import type { ProcessDeployment, Version } from '../../processes/process-deployment'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess, Role } from '../../processes/real-process'

export interface UpgradeRunOptions {
  readonly url: string
  readonly seed: string
  /** The version before the upgrade and after the rollback; that of this checkout by default. */
  readonly old?: Version
  /** The version that is upgraded to. */
  readonly next: Version
  /** New cases in each phase. */
  readonly cases: number
  readonly log?: (line: string) => void
}

export interface UpgradeRunReport {
  readonly seed: string
  readonly cases: number
  /** Number of migrations before the upgrade, after it, and at the end. */
  readonly migrationCounts: readonly number[]
  readonly phases: readonly string[]
  /** Number of times a strategy was armed or disarmed during the run. */
  readonly armings: number
  /** Deliveries answered otherwise than 200, by status; `none`: no gateway was listening while it was replaced. */
  readonly refused: Readonly<Record<string, number>>
  /** Error lines of processes, up to the moment when they were stopped. */
  readonly errorLines: readonly string[]
  readonly wrong: readonly string[]
}

/**
 * F23: a rolling upgrade under load, process by process, and its rollback. The tables keep the upgrade's migrations.
 * Processes are stopped by SIGTERM, not killed.
 */
export async function upgradeRun({
  url,
  seed,
  old,
  next,
  cases,
  log = () => undefined,
}: UpgradeRunOptions): Promise<UpgradeRunReport> {
  const deployment = await openProcessDeployment(url, seed, {}, 0.9, {}, old)
  const migrationCounts = [await countMigrations(deployment)]
  const phases: string[] = []
  const errorLines: string[] = []
  let trading = true
  const trade = tradeWhile(deployment, () => trading)
  // The current code cannot arm strategies on the tables of a version that lacks the function checked here.
  const canArm = await hasStrategiesInForce(deployment)
  const arming = canArm
    ? armRepeatedly(
        deployment.database,
        () => deployment.simulator.clock.now(),
        () => trading,
      )
    : undefined
  const finishPhase = async (phase: string): Promise<void> => {
    const before = await countRows(deployment.database, 'stream')
    await waitUntil(
      `cases come in: ${phase}`,
      async () => (await countRows(deployment.database, 'stream')) >= before + cases,
      120_000,
    )
    phases.push(phase)
    log(`${phase}; ${before + cases} cases`)
  }
  /** Collects the errors of a process that is replaced, and then stops it. */
  const stopReplaced = async (replaced: RealProcess): Promise<void> => {
    errorLines.push(...errorLinesOf(replaced))
    await replaced.stop()
  }
  const replaceProcess = async (role: Role, version: Version | undefined): Promise<void> => {
    const replaced = deployment.now[role]
    // Two gateways cannot share the port, so the old one stops first; workers of both versions overlap.
    if (role === 'gateway') await stopReplaced(replaced)
    await deployment.start(role, { NEXT_OF: role }, version).startedIn
    if (role === 'gateway') return
    await finishPhase('both versions work')
    await stopReplaced(replaced)
  }
  try {
    await finishPhase('the old version works')
    await replaceProcess('worker', next)
    await replaceProcess('gateway', next)
    migrationCounts.push(await countMigrations(deployment))
    await finishPhase('the next version works alone')
    await replaceProcess('worker', old)
    await replaceProcess('gateway', old)
    await finishPhase('the old version works on the tables of the next')
    trading = false
    await trade
    const armingReport = (await arming) ?? { changes: 0, wrong: [] }
    migrationCounts.push(await countMigrations(deployment))
    for (const process of Object.values(deployment.now)) errorLines.push(...errorLinesOf(process))
    const wrong = [...armingReport.wrong, ...(await deployment.findProblems())]
    return {
      seed,
      cases: deployment.simulator.world.size,
      migrationCounts,
      phases,
      armings: armingReport.changes,
      refused: deployment.recordingProxy.refused.byStatus,
      errorLines,
      wrong,
    }
  } finally {
    trading = false
    await trade.catch(() => undefined)
    await arming?.catch(() => undefined)
    await deployment.close()
  }
}

async function tradeWhile(
  { simulator: { douyin, pinduoduo }, trade }: ProcessDeployment,
  isTrading: () => boolean,
): Promise<void> {
  for (; isTrading(); await pause(100)) if (douyin.pushes.backlog + pinduoduo.messages.backlog < 100) trade(1, 2_000)
}

async function hasStrategiesInForce({ database }: ProcessDeployment): Promise<boolean> {
  const [row] = await database.query<{ is: boolean }[]>(`SELECT to_regproc('in_force_is_to_change') IS NOT NULL AS is`)
  return row?.is === true
}

async function countMigrations({ database }: ProcessDeployment): Promise<number> {
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM migrations')
  return row?.n ?? 0
}

const errorLinesOf = (process: RealProcess): string[] =>
  process
    .output()
    .split('\n')
    .filter((line) => /"level":"(warn|error|fatal)"/.test(line) && line.includes('"error"'))
    .map((line) => `${process.role}: ${line}`)
    .slice(0, 10)
