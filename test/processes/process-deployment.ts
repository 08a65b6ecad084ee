import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, DataSourceOptions } from 'typeorm'
import type { Vault } from '#access'
import { openVault, register } from '#access'
import { migrate, openDatabase } from '#event-store'
import type { FaultSettings } from '../../apps/simulator/src/faults'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'
import { appsOf } from '../../apps/standalone/src/demo'
import { untilQueueAgrees } from '../trade/queue-agreement'
import { TEST_KEY } from '../trade/deployment'
import { ALL_MIGRATIONS } from '../trade/stack'
import { type RealProcess, type Role, freePort, startGateway, startWorker } from './real-process'
import { flawsOf, lostOf } from './soundness'
import { type Witness, openWitness } from './witness'

/** Marketplaces in this process, gateway and worker in their own, a witness in between, on one database. */
export interface ProcessDeployment {
  readonly simulator: RunningSimulator
  readonly database: DataSource
  readonly witness: Witness
  readonly now: Record<Role, RealProcess>
  /** The settings of its processes, to start more of them. */
  readonly environment: Readonly<Record<string, string>>
  /** Starts another; the former must be gone, or is kept by the caller. */
  start(role: Role, env?: Readonly<Record<string, string>>, version?: Version): RealProcess
  /** Buyers apply and people act for a while. */
  liveOn(cases: number, ms: number): void
  /** No more faults, and time passes, until the queue shows what the marketplaces show; then whatever is wrong. */
  whatIsWrong(): Promise<string[]>
  close(): Promise<void>
}

/** Another version of us than today's. */
export interface Version {
  readonly programs: Readonly<Record<Role, string>>
  /** Its tables. */
  readonly migrations: DataSourceOptions['migrations']
}

export const USUAL_FAULTS: Partial<FaultSettings> = {
  lostPushes: 0.05,
  doubledPushes: 0.15,
  reorderedPushes: 0.2,
  latePushes: 0.1,
  lateByMs: 400,
  movedPages: 0.2,
}
const RETRIES = [100, 300, 500, ...Array.from({ length: 200 }, () => 1_000)]

/**
 * @param backOfficeShare how much of the merchants' own work people do there, by hand
 * @param settings more settings for the processes
 * @param from the version that it begins with; today's where none is given
 */
export async function openProcessDeployment(
  url: string,
  seed: string,
  faults: Partial<FaultSettings> = USUAL_FAULTS,
  backOfficeShare = 0.9,
  settings: Readonly<Record<string, string>> = {},
  from?: Version,
): Promise<ProcessDeployment> {
  const simulator = await startSimulator({
    seed,
    standingClock: true,
    faults,
    pace: { hurry: 1, backOfficeShare },
    redeliverMs: 1_000,
    push: { retryAfterMs: RETRIES, answerWithinMs: 5_000 },
  })
  const port = await freePort()
  const witness = await openWitness(() => port, simulator.pinduoduo.messageUrl)
  const vault: Vault = openVault(TEST_KEY)
  const database = await openDatabase({
    url,
    pool: 4,
    migrations: (from?.migrations ?? ALL_MIGRATIONS) as typeof ALL_MIGRATIONS,
  })
  await migrate(database)
  const apps = appsOf(simulator).map((app) =>
    app.marketplace === 'pinduoduo' ? { ...app, endpoints: { ...app.endpoints, messages: witness.messageUrl } } : app,
  )
  await register(database, vault, { slug: 'test', name: 'Test' }, apps)
  const environment = {
    DATABASE_URL: url,
    SHOUHOU_KEY: TEST_KEY.toString('base64'),
    SHOUHOU_CLOCK: `${simulator.control.url}/control/clock`,
    ...settings,
  }
  const launch = (role: Role, env: Readonly<Record<string, string>> = {}, version = from): RealProcess =>
    role === 'gateway'
      ? startGateway(port, { ...environment, ...env }, version?.programs.gateway)
      : startWorker({ ...environment, ...env }, version?.programs.worker)
  const now = { gateway: launch('gateway'), worker: launch('worker') }
  const close = async (): Promise<void> => {
    await Promise.all([now.gateway.kill(), now.worker.kill()])
    await witness.close()
    await simulator.stop()
    await database.destroy()
  }
  try {
    await Promise.all([now.gateway.startedIn, now.worker.startedIn])
    await simulator.douyin.setPushUrl(`${witness.pushUrl}/push/douyin/${simulator.douyin.appKey}`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    simulator,
    database,
    witness,
    now,
    environment,
    start: (role, env, version) => (now[role] = launch(role, env, version)),
    liveOn(cases, ms) {
      for (let i = 0; i < cases; i++) {
        simulator.world.apply()
        simulator.clock.advance(ms / cases)
      }
    },
    async whatIsWrong() {
      simulator.faults.clear()
      let differences: string[] = []
      let fewest = Infinity
      // What was claimed by a killed process is free again after a while of the marketplaces' time. A machine that
      // is busy catching up shows ever fewer differences; one that shows as many as before, round after round, is wrong.
      for (let inVain = 0; inVain < 4; inVain++) {
        simulator.clock.advance(120_000)
        for (let fewer = true; fewer;) {
          differences = await untilQueueAgrees(simulator, database, 20_000)
          fewer = differences.length > 0 && differences.length < fewest
          fewest = Math.min(fewest, differences.length)
          if (fewer) inVain = 0
        }
        if (differences.length === 0) break
      }
      const left = await stillWaiting(database)
      const lost = (await lostOf(database, vault, witness)).map((message) => `acknowledged and lost: ${message}`)
      return [...differences.slice(0, 20), ...left, ...lost.slice(0, 20), ...(await flawsOf(database)).slice(0, 20)]
    },
    close,
  }
}

/** As long as stores are read, others come in: only one that waits now and still waits after a while was forgotten. */
async function stillWaiting(database: DataSource): Promise<string[]> {
  let waiting = await database.query<{ id: number }[]>('SELECT message_id AS id FROM pending')
  for (const end = performance.now() + 30_000; waiting.length > 0 && performance.now() < end; await pause(50))
    waiting = await database.query<{ id: number }[]>(
      'SELECT message_id AS id FROM pending WHERE message_id = ANY($1::bigint[])',
      [waiting.map(({ id }) => id)],
    )
  return waiting.length === 0 ? [] : [`${waiting.length} messages that still wait`]
}
