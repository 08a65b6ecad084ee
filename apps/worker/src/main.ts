import { Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import {
  ACCESS_MIGRATIONS,
  Directory,
  UnusableSettings,
  evidenceSealingOf,
  linkSigningOf,
  keyReadiness,
  masterKeysOf,
  openVault,
  readSettings,
  sealingOf,
  verifyKeys,
  startupErrorMessage,
} from '#access'
import {
  EVIDENCE_FOLDER,
  clockOf,
  evidenceShelfBy,
  evidenceStoreOn,
  hostedAtGateway,
  insecureHostsOf,
  type Shelf,
} from '#case-handling'
import { MARKETPLACES, atOwnHosts } from '#connectors'
import { Bells, EVENT_STORE_MIGRATIONS, schemaMismatch, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import {
  Log,
  Metrics,
  NestLog,
  logWarnings,
  Pulse,
  Readiness,
  WatchSettings,
  healthRoutes,
  openTracing,
  serveMetrics,
  serveWatch,
  onShutdownSignal,
} from '#runtime'
import { READ_MODEL_MIGRATIONS, projections } from '#read-models'
import { adaptersBy } from './adapters'
import { brokersBy } from './brokers'
import { nestJournal } from './journal'
import { showWorker } from './metrics'
import { publishersBy } from './publishers'
import { noteUnsafeApps } from './unsafe-apps'
import { WorkerSettings } from './settings'
import { WorkerModule } from './worker.module'

const HOUR = 3_600_000
/** No statement of a worker takes as long, unless the database's machine has gone, or somebody holds a lock for too long. */
const ANSWERED_WITHIN_MS = 20_000

const shelfBy = (settings: WorkerSettings): Promise<Shelf> =>
  evidenceShelfBy(settings, EVIDENCE_FOLDER).catch((error: Error) =>
    Promise.reject(new UnusableSettings([error.message])),
  )

async function main(): Promise<void> {
  const settings = readSettings(WorkerSettings, process.env)
  const watching = readSettings(WatchSettings, process.env)
  const log = new Log({ format: watching.LOG_FORMAT })
  const say = (line: string): void => log.put('info', 'worker', line)
  Logger.overrideLogger(new NestLog(log, 'worker'))
  logWarnings(log, 'worker')
  const vault = openVault(masterKeysOf(settings))
  const journal = nestJournal('worker')
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: settings.WORKER_LANES + 8,
    answersWithinMs: ANSWERED_WITHIN_MS,
    migrations: [
      ...EVENT_STORE_MIGRATIONS,
      ...LEDGER_MIGRATIONS,
      ...ACCESS_MIGRATIONS,
      ...READ_MODEL_MIGRATIONS,
      ...MESSAGING_MIGRATIONS,
    ],
    onTrouble: (error) => journal.trouble('database', error),
  })
  await migrate(database, { say })
  await verifyKeys(database, vault)
  const bells = new Bells(settings.DATABASE_URL)
  await bells.start()
  const stores = new Directory(database, vault)
  const insecureHosts = insecureHostsOf(settings)
  const lineUp = MARKETPLACES.map((connector) => atOwnHosts(connector, insecureHosts))
  noteUnsafeApps((await stores.current()).apps, insecureHosts, journal)
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const pulse = new Pulse()
  const evidence = evidenceStoreOn(await shelfBy(settings), evidenceSealingOf(vault))
  const sealing = sealingOf(vault)
  const { EVIDENCE_PUBLIC_URL: publicUrl, EVIDENCE_LINK_HOURS: hours } = settings
  const hostEvidence =
    publicUrl === undefined
      ? undefined
      : hostedAtGateway({ database, signing: linkSigningOf(vault), clock, publicUrl, forMs: hours * HOUR })
  const metrics = new Metrics('worker')
  const tracing = await openTracing('worker', watching)
  const brokers = brokersBy(settings, journal)
  const publishers = publishersBy(settings, brokers, database, bells, tracing)
  const adapters = adaptersBy(settings, brokers, { database, lineUp, stores, sealing, clock, journal })
  const keys = keyReadiness(database, vault, stores)
  const turns = showWorker(metrics, { database, clock, publishers, adapters, keys })
  const app = await NestFactory.createApplicationContext(
    WorkerModule.of({
      database,
      evidence,
      hostEvidence,
      bells,
      lineUp,
      stores,
      sealing,
      clock,
      journal,
      pulse,
      projections,
      turns,
      tracing,
      publishers,
      adapters,
      pace: {
        batch: settings.WORKER_BATCH,
        lanes: settings.WORKER_LANES,
        pullEveryMs: settings.PULL_EVERY_SECONDS * 1_000,
        backfillMs: settings.BACKFILL_HOURS * HOUR,
      },
    }),
    { logger: ['error', 'warn', 'log'] },
  )
  say(
    `worker: receiving, firing, reading, pulling and listening${settings.KAFKA_BROKERS === undefined ? '' : ', publishing, hearing adapters'}`,
  )
  const readiness = new Readiness(
    async () => (await schemaMismatch(database)) ?? (await keys.lack()),
    undefined,
    keys.troubles,
  )
  const { HEALTH_PORT: port, HEALTH_HOST: host } = settings
  const watch = port === undefined ? undefined : await serveWatch(healthRoutes(readiness, pulse), { host, port })
  if (watch !== undefined) say(`worker: health at ${watch.url}/readyz`)
  const watched = await serveMetrics(metrics, watching)
  if (watched !== undefined) say(`worker: metrics at ${watched.url}/metrics`)
  onShutdownSignal({
    say: (line) => journal.note(line),
    stop: async () => {
      readiness.drain()
      await app.close()
      stop()
      await bells.stop()
      await database.destroy()
      await watch?.close()
      await watched?.close()
      await tracing?.stop()
    },
  })
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exit(1)
})
