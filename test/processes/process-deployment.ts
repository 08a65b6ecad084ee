import { setTimeout as pause } from 'node:timers/promises'
import type { DataSource, DataSourceOptions } from 'typeorm'
import type { Vault } from '#access'
import { openVault, register } from '#access'
import { migrate, openDatabase } from '#event-store'
import type { FaultSettings } from '../../apps/simulator/src/faults/faults'
import type { RunningSimulator } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'
import { appsOf } from '../../apps/standalone/src/demo'
import { untilQueueAgrees } from '../support/queue-agreement'
import { TEST_KEY } from '../support/in-process-deployment'
import { ALL_MIGRATIONS } from '../support/stack'
import { type RealProcess, type Role, freePort, startGateway, startWorker } from './real-process'
import { findInconsistencies, findLostMessages } from './consistency-checks'
import { type RecordingProxy, startRecordingProxy } from './recording-proxy'

/** Simulated marketplaces in this process, a gateway and a worker as child processes, and between them a recording proxy. */
export interface ProcessDeployment {
  readonly simulator: RunningSimulator
  readonly database: DataSource
  readonly recordingProxy: RecordingProxy
  readonly now: Record<Role, RealProcess>
  /** Starts a process in place of `now[role]`. The previous one must have ended, or the caller ends it. */
  start(role: Role, env?: Readonly<Record<string, string>>, version?: Version): RealProcess
  /** Starts one more worker beside `now.worker`. */
  addWorker(): RealProcess
  /** Its processes that ended by themselves, each with its last output. See RealProcess.unexpectedEnd. */
  unexpectedEnds(): string[]
  /** Opens `cases` applications, spread over `ms` of the marketplaces' clock, in which people act on them. */
  trade(cases: number, ms: number): void
  /** Ends all faults, lets the queue catch up with the marketplaces, and returns what is still wrong, or which process ended by itself. */
  findProblems(): Promise<string[]>
  close(): Promise<void>
}

/** Another version of gateway, worker and tables than that of this checkout. */
export interface Version {
  readonly programs: Readonly<Record<Role, string>>
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
const RETRY_DELAYS_MS = [100, 300, 500, ...Array.from({ length: 200 }, () => 1_000)]

/**
 * @param backOfficeShare share of the merchants' work that people do by hand in the marketplaces' back offices
 * @param settings more settings for the processes
 * @param initialVersion the version to start with; that of this checkout by default
 */
export async function openProcessDeployment(
  url: string,
  seed: string,
  faults: Partial<FaultSettings> = USUAL_FAULTS,
  backOfficeShare = 0.9,
  settings: Readonly<Record<string, string>> = {},
  initialVersion?: Version,
): Promise<ProcessDeployment> {
  const simulator = await startSimulator({
    seed,
    standingClock: true,
    faults,
    pace: { hurry: 1, backOfficeShare },
    redeliverMs: 1_000,
    push: { retryAfterMs: RETRY_DELAYS_MS, answerWithinMs: 5_000 },
  })
  const port = await freePort()
  const recordingProxy = await startRecordingProxy(() => port, simulator.pinduoduo.messageUrl)
  const vault: Vault = openVault(TEST_KEY)
  const database = await openDatabase({
    url,
    pool: 4,
    migrations: (initialVersion?.migrations ?? ALL_MIGRATIONS) as typeof ALL_MIGRATIONS,
  })
  await migrate(database)
  const apps = appsOf(simulator).map((app) =>
    app.marketplace === 'pinduoduo'
      ? { ...app, endpoints: { ...app.endpoints, messages: recordingProxy.messageUrl } }
      : app,
  )
  await register(database, vault, { slug: 'test', name: 'Test' }, apps)
  const environment = {
    DATABASE_URL: url,
    SHOUHOU_KEY: TEST_KEY.toString('base64'),
    SHOUHOU_CLOCK: `${simulator.control.url}/control/clock`,
    ...settings,
  }
  const launched: RealProcess[] = []
  const launch = (role: Role, env: Readonly<Record<string, string>> = {}, version = initialVersion): RealProcess => {
    const process =
      role === 'gateway'
        ? startGateway(port, { ...environment, ...env }, version?.programs.gateway)
        : startWorker({ ...environment, ...env }, version?.programs.worker)
    launched.push(process)
    return process
  }
  const unexpectedEnds = (): string[] => launched.flatMap((process) => process.unexpectedEnd() ?? [])
  const now = { gateway: launch('gateway'), worker: launch('worker') }
  const close = async (): Promise<void> => {
    await Promise.all(launched.map((process) => process.kill()))
    await recordingProxy.close()
    await simulator.stop()
    await database.destroy()
  }
  try {
    await Promise.all([now.gateway.startedIn, now.worker.startedIn])
    await simulator.douyin.setPushUrl(`${recordingProxy.pushUrl}/push/douyin/${simulator.douyin.appKey}`)
  } catch (error) {
    await close()
    throw error
  }
  return {
    simulator,
    database,
    recordingProxy,
    now,
    start: (role, env, version) => (now[role] = launch(role, env, version)),
    addWorker: () => launch('worker'),
    unexpectedEnds,
    trade(cases, ms) {
      for (let i = 0; i < cases; i++) {
        simulator.world.apply()
        simulator.clock.advance(ms / cases)
      }
    },
    async findProblems() {
      simulator.faults.clear()
      let differences: string[] = []
      let fewest = Infinity
      // Claims of a killed process expire by the marketplaces' clock. As long as a slow machine is catching up, each
      // round shows fewer differences; when several rounds show as many as before, they are reported.
      for (let roundsWithoutProgress = 0; roundsWithoutProgress < 4; roundsWithoutProgress++) {
        simulator.clock.advance(120_000)
        for (let fewer = true; fewer;) {
          differences = await untilQueueAgrees(simulator, database, 20_000)
          fewer = differences.length > 0 && differences.length < fewest
          fewest = Math.min(fewest, differences.length)
          if (fewer) roundsWithoutProgress = 0
        }
        if (differences.length === 0) break
      }
      const pendingMessages = await describeForgottenMessages(database)
      const lostDescriptions = (await findLostMessages(database, vault, recordingProxy)).map(
        (message) => `acknowledged and lost: ${message}`,
      )
      return [
        ...unexpectedEnds(),
        ...differences.slice(0, 20),
        ...pendingMessages,
        ...lostDescriptions.slice(0, 20),
        ...(await findInconsistencies(database)).slice(0, 20),
      ]
    },
    close,
  }
}

/** Messages keep arriving while stores are pulled, so only one that is pending now and still is after 30 s counts. */
async function describeForgottenMessages(database: DataSource): Promise<string[]> {
  let pending = await database.query<{ id: number }[]>('SELECT message_id AS id FROM pending')
  for (const end = performance.now() + 30_000; pending.length > 0 && performance.now() < end; await pause(50))
    pending = await database.query<{ id: number }[]>(
      'SELECT message_id AS id FROM pending WHERE message_id = ANY($1::bigint[])',
      [pending.map(({ id }) => id)],
    )
  return pending.length === 0 ? [] : [`${pending.length} messages that are still pending`]
}
