import { join, resolve } from 'node:path'
import { NestFactory } from '@nestjs/core'
import type { DataSource } from 'typeorm'
import {
  ACCESS_MIGRATIONS,
  Directory,
  evidenceSealingOf,
  keptOrMadeKeys,
  keyReadiness,
  linkSigningOf,
  openVault,
  register,
  sealingOf,
  verifyKeys,
} from '#access'
import { evidenceShelfBy, evidenceStoreOn, hostedAtGateway, insecureHostsOf } from '#case-handling'
import { MARKETPLACES, atOwnHosts } from '#connectors'
import { Bells, EVENT_STORE_MIGRATIONS, schemaMismatch, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import { READ_MODEL_MIGRATIONS, projections } from '#read-models'
import type { WatchSettings } from '#runtime'
import { DeliveryMetrics, Metrics, Readiness, openTracing, serveMetrics } from '#runtime'
import { startEmbeddedPostgres } from './postgres'
import { serveConsole } from '../../console/src/serve'
import { serveGateway } from '../../gateway/src/serve'
import { nestJournal } from '../../worker/src/journal'
import { adaptersBy } from '../../worker/src/adapters'
import { brokersBy } from '../../worker/src/brokers'
import { publishersBy } from '../../worker/src/publishers'
import { showWorker } from '../../worker/src/metrics'
import { noteUnsafeApps } from '../../worker/src/unsafe-apps'
import { WorkerModule } from '../../worker/src/worker.module'
import { makePrivate } from './data-folder'
import { DEMO_ORGANISATION, appsOf, refuseBesideOthers, startMarketplaces } from './demo'
import { DirectoryWithoutDemo } from './directory-without-demo'
import type { StandaloneSettings } from './settings'

const HOUR = 3_600_000
const PACE = { batch: 500, lanes: 2, pullEveryMs: 5_000, backfillMs: 49 * HOUR }

export interface Standalone {
  readonly consoleUrl: string
  readonly gatewayUrl: string
  /** Where `/metrics` is, if that was wanted. */
  readonly metricsUrl: string | undefined
  readonly simulatorControlUrl: string | undefined
  readonly databaseUrl: string
  readonly database: DataSource
  stop(): Promise<void>
}

/** Gateway, worker, console and, for the demonstration, the marketplaces themselves, in one process. */
export async function startStandalone(
  settings: StandaloneSettings,
  say: (line: string) => void,
  watching?: WatchSettings,
): Promise<Standalone> {
  const folder = resolve(settings.DATA_FOLDER)
  makePrivate(folder)
  const closing: (() => Promise<unknown> | unknown)[] = []
  let stopping = false
  const stop = async (): Promise<void> => {
    stopping = true
    for (const close of closing.splice(0).reverse())
      await Promise.resolve(close()).catch((error: unknown) => say(String(error)))
  }
  try {
    const vault = openVault(await keptOrMadeKeys(settings, say))
    const journal = nestJournal('standalone')
    let databaseUrl = settings.DATABASE_URL
    if (databaseUrl === undefined) {
      const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), say })
      closing.push(() => server.stop())
      databaseUrl = server.url
    }
    const database = await openDatabase({
      url: databaseUrl,
      pool: 20,
      migrations: [
        ...EVENT_STORE_MIGRATIONS,
        ...LEDGER_MIGRATIONS,
        ...ACCESS_MIGRATIONS,
        ...READ_MODEL_MIGRATIONS,
        ...MESSAGING_MIGRATIONS,
      ],
      // The server that is being stopped says goodbye to connections that are just being closed.
      onTrouble: (error) => {
        if (!stopping) journal.trouble('database', error)
      },
    })
    closing.push(() => database.destroy())
    await migrate(database, { say })
    await verifyKeys(database, vault)
    const bells = new Bells(databaseUrl)
    await bells.start()
    closing.push(() => bells.stop())

    if (settings.DEMO) await refuseBesideOthers(database)
    const marketplaces = settings.DEMO ? await startMarketplaces(settings, folder) : undefined
    if (marketplaces !== undefined) {
      closing.push(() => marketplaces.stop())
      await register(database, vault, DEMO_ORGANISATION, appsOf(marketplaces), { renewTokens: true })
    }
    const clock = marketplaces === undefined ? Date.now : () => marketplaces.clock.now()
    const stores = settings.DEMO ? new Directory(database, vault) : new DirectoryWithoutDemo(database, vault)
    const evidence = evidenceStoreOn(
      await evidenceShelfBy(settings, join(folder, 'evidence')),
      evidenceSealingOf(vault),
    )
    const keys = keyReadiness(database, vault, stores)
    const readiness = (): Readiness =>
      new Readiness(async () => (await schemaMismatch(database)) ?? (await keys.lack()), undefined, keys.troubles)
    // The simulated marketplaces of the demonstration stand on this machine.
    const insecureHosts = [...insecureHostsOf(settings), ...(settings.DEMO ? ['127.0.0.1'] : [])]
    const lineUp = MARKETPLACES.map((connector) => atOwnHosts(connector, insecureHosts))
    noteUnsafeApps((await stores.current()).apps, insecureHosts, journal)
    const shared = { database, lineUp, stores, sealing: sealingOf(vault), clock }

    const signing = linkSigningOf(vault)
    const metrics = new Metrics('standalone')
    const tracing = watching === undefined ? undefined : await openTracing('standalone', watching)
    closing.push(() => tracing?.stop())
    const gateway = await serveGateway(
      {
        ...shared,
        links: { evidence, signing },
        readiness: readiness(),
        deliveries: new DeliveryMetrics(metrics),
        tracing,
      },
      { host: '127.0.0.1', port: settings.GATEWAY_PORT },
    )
    closing.push(() => gateway.close())
    const gatewayUrl = (await gateway.getUrl()).replace('[::1]', '127.0.0.1')
    // The simulated marketplaces live on this machine; others cannot fetch from an address that only it knows.
    const publicUrl = settings.EVIDENCE_PUBLIC_URL ?? (marketplaces === undefined ? undefined : gatewayUrl)
    const forMs = settings.EVIDENCE_LINK_HOURS * HOUR
    const hostEvidence =
      publicUrl === undefined ? undefined : hostedAtGateway({ database, signing, clock, publicUrl, forMs })
    const brokers = brokersBy(settings, journal)
    const publishers = publishersBy(settings, brokers, database, bells, tracing)
    const adapters = adaptersBy(settings, brokers, { ...shared, journal })
    const turns = showWorker(metrics, { database, clock, publishers, adapters, keys })
    const worker = await NestFactory.createApplicationContext(
      WorkerModule.of({
        ...shared,
        bells,
        journal,
        projections,
        evidence,
        hostEvidence,
        publishers,
        adapters,
        turns,
        tracing,
        pace: PACE,
      }),
      { logger: ['error', 'warn'] },
    )
    closing.push(() => worker.close())
    const [organisation] = (await stores.current()).organisations
    const console_ = await serveConsole(
      {
        database,
        vault,
        directory: stores,
        bells,
        clock,
        evidence,
        readiness: readiness(),
        topicPrefix: settings.KAFKA_PREFIX,
        organisation: organisation ?? { id: 0, slug: 'none', name: '—' },
      },
      { host: '127.0.0.1', port: settings.PORT },
    )
    closing.push(() => console_.close())
    const watch = watching === undefined ? undefined : await serveMetrics(metrics, watching)
    if (watch !== undefined) closing.push(() => watch.close())
    if (marketplaces !== undefined)
      await marketplaces.douyin.setPushUrl(`${gatewayUrl}/push/douyin/${marketplaces.douyin.appKey}`)
    return {
      consoleUrl: (await console_.getUrl()).replace('[::1]', '127.0.0.1'),
      gatewayUrl,
      metricsUrl: watch?.url,
      simulatorControlUrl: marketplaces?.control.url,
      databaseUrl,
      database,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
