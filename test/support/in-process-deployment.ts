import { ALL_TABLES } from '../postgres/migrations'
import { TEST_ROLES } from '../postgres/test-roles'
import { createHash } from 'node:crypto'
import type { INestApplication, INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { DataSource } from 'typeorm'
import { evidenceSealingOf, linkSigningOf, openVault, register } from '#access'
import type { EvidenceStore, Journal } from '#case-handling'
import { createEvidenceStore, folderBlobStore, hostEvidenceAtGateway } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { WakeUps, migrate, openDatabase, databaseUrlAs, roleName, secureTables } from '#event-store'
import type { Runtime } from '#runtime'
import { runtimeOn } from '#runtime'
import { serveGateway } from '../../apps/gateway/src/serve'
import type { RunningSimulator, SimulatorOptions } from '../../apps/simulator/src/simulator'
import { startSimulator } from '../../apps/simulator/src/simulator'
import { appsOf } from '../../apps/standalone/src/demo'
import { WorkerModule } from '../../apps/worker/src/worker.module'
import { ALL_MIGRATIONS } from './stack'

/** Marketplaces, gateway and worker on one database, over real sockets, in this process. */
export interface Deployment {
  readonly simulator: RunningSimulator
  readonly database: DataSource
  readonly troubles: string[]
  readonly gatewayUrl: string
  /** The evidence store, if a folder was given. */
  readonly evidence: EvidenceStore | undefined
  stopWorker(): Promise<void>
  startWorker(): Promise<void>
  close(): Promise<void>
}

export const TEST_KEY = createHash('sha256').update('a key of the test').digest()

/**
 * @param pullEveryMs the pause between two pulls of a store
 * @param skewMs how much our clock is ahead of the marketplaces'
 * @param evidenceFolder a folder for evidence, which the gateway then shows to holders of a link
 */
export async function openDeployment(
  url: string,
  options: SimulatorOptions,
  pullEveryMs = 1_000,
  skewMs = 0,
  evidenceFolder?: string,
): Promise<Deployment> {
  const vault = openVault(TEST_KEY)
  const database = await openDatabase({ url, pool: 12, migrations: ALL_MIGRATIONS })
  await migrate(database)
  await secureTables(database, ALL_TABLES, { prefix: TEST_ROLES })
  const simulator = await startSimulator(options)
  await register(database, vault, { slug: 'test', name: 'Test' }, appsOf(simulator))
  const troubles: string[] = []
  const journal: Journal = {
    info: (what, detail) => void troubles.push(`${what} ${JSON.stringify(detail ?? {})}`),
    warn: (what, error) => void troubles.push(`${what}: ${String(error)}`),
  }
  const wakeUps = new WakeUps(url)
  await wakeUps.start()
  const clock = (): number => simulator.clock.now() + skewMs
  const [gatewayDatabase, workerDatabase] = await Promise.all(
    (['gateway', 'worker'] as const).map((role) =>
      openDatabase({ url: databaseUrlAs(url, roleName(TEST_ROLES, role)), pool: 8, migrations: ALL_MIGRATIONS }),
    ),
  )
  if (gatewayDatabase === undefined || workerDatabase === undefined) throw new Error('not opened')
  const runtimeOver = (connection: DataSource): Runtime =>
    runtimeOn({ app: 'test', database: connection, vault, clock, journal, wakeUps })
  const evidence =
    evidenceFolder === undefined
      ? undefined
      : createEvidenceStore(folderBlobStore(evidenceFolder), evidenceSealingOf(vault))
  const signing = linkSigningOf(vault)
  const links = evidence && { evidence, signing }
  const gateway: INestApplication = await serveGateway(
    runtimeOver(gatewayDatabase),
    { lineUp: MARKETPLACES, links },
    { host: '127.0.0.1', port: 0 },
  )
  const gatewayUrl = (await gateway.getUrl()).replace('[::1]', '127.0.0.1')
  const hostEvidence =
    evidence &&
    hostEvidenceAtGateway({ database: workerDatabase, signing, clock, publicUrl: gatewayUrl, validMs: 3_600_000 })
  let worker: INestApplicationContext | undefined
  const startWorker = async (): Promise<void> => {
    const pace = { batch: 500, lanes: 2, pullEveryMs, backfillMs: 49 * 3_600_000 }
    worker = await NestFactory.createApplicationContext(
      WorkerModule.forRoot(runtimeOver(workerDatabase), { lineUp: MARKETPLACES, pace, evidence, hostEvidence }),
      {
        logger: ['error'],
      },
    )
  }
  const stopWorker = async (): Promise<void> => {
    await worker?.close()
    worker = undefined
  }
  await startWorker()
  await simulator.douyin.setPushUrl(`${gatewayUrl}/push/douyin/${simulator.douyin.appKey}`)
  return {
    simulator,
    database,
    troubles,
    gatewayUrl,
    evidence,
    startWorker,
    stopWorker,
    async close() {
      await stopWorker()
      await gateway.close()
      await simulator.stop()
      await wakeUps.stop()
      await Promise.all([database, gatewayDatabase, workerDatabase].map((one) => one.destroy()))
    },
  }
}
