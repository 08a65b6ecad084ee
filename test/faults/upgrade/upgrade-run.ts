import { setTimeout as pause } from 'node:timers/promises'
import { armRepeatedly } from './arming-on'
import { countOf, until } from '../../processes/asking'
import type { ProcessDeployment, Version } from '../../processes/process-deployment'
import { openProcessDeployment } from '../../processes/process-deployment'
import type { RealProcess, Role } from '../../processes/real-process'

export interface UpgradeRunOptions {
  readonly url: string
  readonly seed: string
  /** What runs before and after; today's where absent. */
  readonly old?: Version
  /** What runs in between. */
  readonly next: Version
  /** Cases that come in each of the phases. */
  readonly cases: number
  readonly say?: (line: string) => void
}

export interface UpgradeRunReport {
  readonly seed: string
  readonly cases: number
  /** Migrations before it began, after the next version came, at the end. */
  readonly tables: readonly number[]
  readonly phases: readonly string[]
  /** How often a strategy was put in force or out of force meanwhile. */
  readonly armings: number
  /** Deliveries that got another answer than 200, by status; `none`: no gateway was listening while it was changed. */
  readonly refused: Readonly<Record<string, number>>
  /** Lines of errors from processes that were not being stopped. */
  readonly troubles: readonly string[]
  readonly wrong: readonly string[]
}

/**
 * F23: trade goes on while the next version comes beside the old one, takes over process by process, and is taken back, with
 * the tables that it has made staying. Nothing is killed: processes are asked to stop.
 */
export async function upgradeRun({
  url,
  seed,
  old,
  next,
  cases,
  say = () => undefined,
}: UpgradeRunOptions): Promise<UpgradeRunReport> {
  const deployment = await openProcessDeployment(url, seed, {}, 0.9, {}, old)
  const tables = [await migrationsOf(deployment)]
  const phases: string[] = []
  const troubles: string[] = []
  const leavingProcesses: RealProcess[] = []
  let trading = true
  const trade = tradeOn(deployment, () => trading)
  // An old version whose tables know nothing of what is in force is not armed at by today's code.
  const arms = await knowsWhatIsInForce(deployment)
  const arming = arms
    ? armRepeatedly(
        deployment.database,
        () => deployment.simulator.clock.now(),
        () => trading,
      )
    : undefined
  const phaseDone = async (phase: string): Promise<void> => {
    const before = await countOf(deployment.database, 'stream')
    await until(
      `cases come in: ${phase}`,
      async () => (await countOf(deployment.database, 'stream')) >= before + cases,
      120_000,
    )
    phases.push(phase)
    say(`${phase}; ${before + cases} cases`)
  }
  /** The errors of a leaving process until it was asked to stop. */
  const stopLeaving = async (leaving: RealProcess): Promise<void> => {
    troubles.push(...troublesOf(leaving))
    await leaving.stop()
  }
  const change = async (role: Role, version: Version | undefined): Promise<void> => {
    const leaving = deployment.now[role]
    leavingProcesses.push(leaving)
    // One port has one gateway at a time; a worker comes beside the one that leaves.
    if (role === 'gateway') await stopLeaving(leaving)
    await deployment.start(role, { NEXT_OF: role }, version).startedIn
    if (role === 'gateway') return
    await phaseDone('both versions work')
    await stopLeaving(leaving)
  }
  try {
    await phaseDone('the old version works')
    await change('worker', next)
    await change('gateway', next)
    tables.push(await migrationsOf(deployment))
    await phaseDone('the next version works alone')
    await change('worker', old)
    await change('gateway', old)
    await phaseDone('the old version works on the tables of the next')
    trading = false
    await trade
    const armed = (await arming) ?? { changes: 0, wrong: [] }
    tables.push(await migrationsOf(deployment))
    for (const process of Object.values(deployment.now)) troubles.push(...troublesOf(process))
    const wrong = [...armed.wrong, ...(await deployment.findProblems())]
    return {
      seed,
      cases: deployment.simulator.world.size,
      tables,
      phases,
      armings: armed.changes,
      refused: deployment.witness.refused.byStatus,
      troubles,
      wrong,
    }
  } finally {
    trading = false
    await trade.catch(() => undefined)
    await arming?.catch(() => undefined)
    await Promise.all(leavingProcesses.filter((process) => !process.ended()).map((process) => process.kill()))
    await deployment.close()
  }
}

async function tradeOn(
  { simulator: { douyin, pinduoduo }, trade: liveOn }: ProcessDeployment,
  goesOn: () => boolean,
): Promise<void> {
  for (; goesOn(); await pause(100)) if (douyin.pushes.backlog + pinduoduo.messages.backlog < 100) liveOn(1, 2_000)
}

async function knowsWhatIsInForce({ database }: ProcessDeployment): Promise<boolean> {
  const [row] = await database.query<{ is: boolean }[]>(`SELECT to_regproc('in_force_is_to_change') IS NOT NULL AS is`)
  return row?.is === true
}

async function migrationsOf({ database }: ProcessDeployment): Promise<number> {
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM migrations')
  return row?.n ?? 0
}

const troublesOf = (process: RealProcess): string[] =>
  process
    .output()
    .split('\n')
    .filter((line) => /"level":"(warn|error|fatal)"/.test(line) && line.includes('"error"'))
    .map((line) => `${process.role}: ${line}`)
    .slice(0, 10)
