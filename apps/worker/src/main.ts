import { NestFactory } from '@nestjs/core'
import { evidenceSealingOf, linkSigningOf } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import type { HostEvidence } from '#case-handling'
import {
  EVIDENCE_FOLDER,
  openEvidenceBlobs,
  createEvidenceStore,
  hostEvidenceAtGateway,
  parseInsecureHosts,
} from '#case-handling'
import { MARKETPLACES, restrictToOwnHosts } from '#connectors'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import type { Runtime } from '#runtime'
import { LoopWatchdog, bootstrap, healthRoutes, serveWatch } from '#runtime'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'
import { WorkerSettings } from './settings'
import { noteUnsafeApps } from './unsafe-apps'
import { WorkerModule } from './worker.module'

const HOUR_MS = 3_600_000
/** No statement of a worker takes this long unless the database's machine has failed or a lock is held for too long. */
const ANSWERED_WITHIN_MS = 20_000

function createHostEvidence(settings: WorkerSettings, { database, vault, clock }: Runtime): HostEvidence | undefined {
  const { EVIDENCE_PUBLIC_URL: publicUrl, EVIDENCE_LINK_HOURS: hours } = settings
  if (publicUrl === undefined) return undefined
  return hostEvidenceAtGateway({ database, signing: linkSigningOf(vault), clock, publicUrl, validMs: hours * HOUR_MS })
}

void bootstrap({
  app: 'worker',
  role: 'worker',
  settings: WorkerSettings,
  migrations: [
    ...LEDGER_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...ANALYTICS_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
    ...TEAMWORK_MIGRATIONS,
  ],
  tables: { ...LEDGER_TABLES, ...READ_MODEL_TABLES, ...ANALYTICS_TABLES, ...MESSAGING_TABLES, ...TEAMWORK_TABLES },
  pool: ({ WORKER_LANES: lanes }) => lanes + 8,
  statementTimeoutMs: ANSWERED_WITHIN_MS,
  wakeUps: true,
  async start(runtime, settings, log) {
    const { directory, journal, readiness, vault } = runtime
    const insecureHosts = parseInsecureHosts(settings)
    noteUnsafeApps((await directory.current()).apps, insecureHosts, journal)
    const blobs = await openEvidenceBlobs(settings, EVIDENCE_FOLDER)
    const worker = await NestFactory.createApplicationContext(
      WorkerModule.forRoot(runtime, {
        lineUp: MARKETPLACES.map((connector) => restrictToOwnHosts(connector, insecureHosts)),
        evidence: createEvidenceStore(blobs, evidenceSealingOf(vault)),
        hostEvidence: createHostEvidence(settings, runtime),
        kafka: settings,
        pace: {
          batch: settings.WORKER_BATCH,
          lanes: settings.WORKER_LANES,
          pullEveryMs: settings.PULL_EVERY_SECONDS * 1_000,
          backfillMs: settings.BACKFILL_HOURS * HOUR_MS,
        },
      }),
      { logger: ['error', 'warn', 'log'] },
    )
    const kafka = settings.KAFKA_BROKERS === undefined ? '' : ', publishing, hearing adapters'
    log.write('info', 'worker', `worker: receiving, firing, reading, pulling and listening${kafka}`)
    const { HEALTH_PORT: port, HEALTH_HOST: host } = settings
    const health =
      port === undefined
        ? undefined
        : await serveWatch(healthRoutes(readiness, worker.get(LoopWatchdog)), { host, port })
    if (health !== undefined) log.write('info', 'worker', `worker: health at ${health.url}/readyz`)
    return {
      async close() {
        await worker.close()
        await health?.close()
      },
    }
  },
})
