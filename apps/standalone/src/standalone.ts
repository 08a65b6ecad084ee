import { join, resolve } from 'node:path'
import type { INestApplicationContext } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { DataSource } from 'typeorm'
import {
  DEMO_ORGANISATION,
  Directory,
  evidenceSealingOf,
  loadOrCreateMasterKeys,
  linkSigningOf,
  register,
  openIdentity,
  openVault,
} from '#access'
import type { Identity, Vault } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import type { HostEvidence } from '#case-handling'
import { openEvidenceBlobs, createEvidenceStore, hostEvidenceAtGateway, parseInsecureHosts } from '#case-handling'
import { MARKETPLACES, restrictToOwnHosts } from '#connectors'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import type { Runtime, WatchSettings } from '#runtime'
import { serveMetrics } from '#runtime'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'
import { IdentitySweep } from '../../console/src/session/identity-sweep'
import { OwnerLinks, enterUrl } from '../../console/src/session/owner-links'
import { serveConsole } from '../../console/src/serve'
import { serveGateway } from '../../gateway/src/serve'
import type { RunningSimulator } from '../../simulator/src/simulator'
import { noteUnsafeApps } from '../../worker/src/unsafe-apps'
import type { WorkerOptions } from '../../worker/src/worker.module'
import { WorkerModule } from '../../worker/src/worker.module'
import { prepareDataFolder } from './data-folder'
import { appsOf, refuseBesideOthers, startMarketplaces } from './demo'
import { DirectoryWithoutDemo } from './directory-without-demo'
import { startEmbeddedPostgres } from './postgres'
import { openRoleRuntimes } from './role-runtimes'
import type { RoleRuntimes } from './role-runtimes'
import type { StandaloneSettings } from './settings'

/** How long a refund waits before it is sent, as the console's default. */
const UNDO_MS = 5_000

const HOUR_MS = 3_600_000
const WORKER_PACE = { batch: 500, lanes: 2, pullEveryMs: 5_000, backfillMs: 49 * HOUR_MS }

export interface Standalone {
  readonly consoleUrl: string
  /** Logs in as the owner of the demonstration, once; a new start makes a new one. Absent without the demonstration. */
  readonly enterUrl: string | undefined
  readonly gatewayUrl: string
  /** Where `/metrics` is, if that was wanted. */
  readonly metricsUrl: string | undefined
  readonly simulatorControlUrl: string | undefined
  readonly databaseUrl: string
  stop(): Promise<void>
}

type PrintLine = (line: string) => void
/** Steps of the shutdown, run in reverse order. */
type ShutdownSteps = (() => unknown)[]

/** Gateway, worker, console and, for the demonstration, the marketplaces themselves, in one process. */
export async function startStandalone(
  settings: StandaloneSettings,
  say: PrintLine,
  watching?: WatchSettings,
): Promise<Standalone> {
  const folder = resolve(settings.DATA_FOLDER)
  prepareDataFolder(folder)
  const closing: ShutdownSteps = []
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse())
      await Promise.resolve()
        .then(close)
        .catch((error: unknown) => say(String(error)))
  }
  try {
    const keys = await loadOrCreateMasterKeys(settings, say)
    const databaseUrl = settings.DATABASE_URL ?? (await embeddedDatabase(folder, say, closing))
    let marketplaces: RunningSimulator | undefined
    const vault = openVault(keys)
    const runtimes = await openRoleRuntimes({
      app: 'standalone',
      databaseUrl,
      embedded: settings.DATABASE_URL === undefined,
      keys,
      vault,
      prepare: async (owner) => {
        if (settings.DEMO) marketplaces = await startDemonstration(settings, { owner, vault }, folder, closing)
      },
      migrations: [
        ...LEDGER_MIGRATIONS,
        ...READ_MODEL_MIGRATIONS,
        ...ANALYTICS_MIGRATIONS,
        ...MESSAGING_MIGRATIONS,
        ...TEAMWORK_MIGRATIONS,
      ],
      tables: { ...LEDGER_TABLES, ...READ_MODEL_TABLES, ...ANALYTICS_TABLES, ...MESSAGING_TABLES, ...TEAMWORK_TABLES },
      wakeUps: true,
      // The demonstration runs on the clock of the simulated marketplaces.
      clock: () => marketplaces?.clock.now() ?? Date.now(),
      watch: watching,
      directory: (...from) => (settings.DEMO ? new Directory(...from) : new DirectoryWithoutDemo(...from)),
      report: say,
    })
    closing.push(() => runtimes.close())
    const running = await startProcesses(settings, runtimes, { marketplaces, folder, closing, say })
    const { metrics } = runtimes.worker
    const watch = metrics && watching && (await serveMetrics(metrics, watching))
    closing.push(() => watch?.close())
    return {
      ...running,
      metricsUrl: watch?.url,
      simulatorControlUrl: marketplaces?.control.url,
      databaseUrl,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function embeddedDatabase(folder: string, say: PrintLine, closing: ShutdownSteps): Promise<string> {
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'postgres'), say })
  closing.push(() => server.stop())
  return server.url
}

async function startDemonstration(
  settings: StandaloneSettings,
  { owner, vault }: { readonly owner: DataSource; readonly vault: Vault },
  folder: string,
  closing: ShutdownSteps,
): Promise<RunningSimulator> {
  await refuseBesideOthers(owner)
  const marketplaces = await startMarketplaces(settings, folder)
  closing.push(() => marketplaces.stop())
  await register(owner, vault, DEMO_ORGANISATION, appsOf(marketplaces), { renewTokens: true })
  return marketplaces
}

interface StandaloneParts {
  readonly marketplaces: RunningSimulator | undefined
  readonly folder: string
  readonly closing: ShutdownSteps
  readonly say: PrintLine
}

async function startProcesses(
  settings: StandaloneSettings,
  runtimes: RoleRuntimes,
  { marketplaces, folder, closing, say }: StandaloneParts,
): Promise<Pick<Standalone, 'consoleUrl' | 'gatewayUrl' | 'enterUrl'>> {
  const { directory, vault, journal } = runtimes.worker
  const evidence = createEvidenceStore(
    await openEvidenceBlobs(settings, join(folder, 'evidence')),
    evidenceSealingOf(vault),
  )
  // The simulated marketplaces of the demonstration listen on this machine.
  const insecureHosts = [...parseInsecureHosts(settings), ...(settings.DEMO ? ['127.0.0.1'] : [])]
  const lineUp = MARKETPLACES.map((connector) => restrictToOwnHosts(connector, insecureHosts))
  noteUnsafeApps((await directory.current()).apps, insecureHosts, journal)
  const gateway = await serveGateway(
    runtimes.gateway,
    { lineUp, links: { evidence, signing: linkSigningOf(vault) } },
    { host: '127.0.0.1', port: settings.GATEWAY_PORT },
  )
  closing.push(() => gateway.close())
  const gatewayUrl = (await gateway.getUrl()).replace('[::1]', '127.0.0.1')
  // The simulated marketplaces run on this machine; others cannot fetch from an address that only it knows.
  const publicUrl = settings.EVIDENCE_PUBLIC_URL ?? (marketplaces === undefined ? undefined : gatewayUrl)
  const worker = await startWorker(settings, runtimes.worker, { lineUp, evidence, publicUrl })
  closing.push(() => worker.close())
  const { database } = runtimes.console
  const identity = openIdentity({ database, vault })
  const consoleApp = await serveConsole(
    runtimes.console,
    {
      evidence,
      topicPrefix: settings.KAFKA_PREFIX,
      undoMs: UNDO_MS,
      identity,
      insecureHosts,
    },
    { host: '127.0.0.1', port: settings.PORT },
  )
  closing.push(() => consoleApp.close())
  const consoleUrl = (await consoleApp.getUrl()).replace('[::1]', '127.0.0.1')
  for (const { id, market, registration } of marketplaces?.opened ?? []) {
    market.setReturnUrl?.(`${consoleUrl}/stores/authorised`)
    await market.setPushUrl?.(`${gatewayUrl}/push/${id}/${registration.appKey}`)
  }
  const identitySweep = new IdentitySweep(identity, say)
  closing.push(() => identitySweep.stop())
  await identitySweep.start()
  const links = new OwnerLinks({ identity, database, url: consoleUrl, writeLine: say })
  closing.push(() => links.stop())
  return { consoleUrl, gatewayUrl, enterUrl: await firstLink(settings, { identity, directory, links, consoleUrl }) }
}

interface OwnerLinkParts {
  readonly identity: Identity
  readonly directory: Directory
  readonly links: OwnerLinks
  readonly consoleUrl: string
}

/** For the demonstration a link that logs in as its owner; elsewhere links for the first owners are printed. */
async function firstLink(
  { DEMO }: StandaloneSettings,
  { identity, directory, links, consoleUrl }: OwnerLinkParts,
): Promise<string | undefined> {
  const { organisations } = await directory.current()
  const demo = DEMO ? organisations.find(({ slug }) => slug === DEMO_ORGANISATION.slug) : undefined
  if (demo === undefined) {
    await links.start()
    return undefined
  }
  return enterUrl(consoleUrl, (await identity.links.demoLink(demo.id)).token)
}

interface SharedWithWorker extends Pick<WorkerOptions, 'lineUp' | 'evidence'> {
  readonly publicUrl: string | undefined
}

function startWorker(
  settings: StandaloneSettings,
  runtime: Runtime,
  { publicUrl, ...shared }: SharedWithWorker,
): Promise<INestApplicationContext> {
  const { database, vault, clock } = runtime
  const forMs = settings.EVIDENCE_LINK_HOURS * HOUR_MS
  const hostEvidence: HostEvidence | undefined =
    publicUrl === undefined
      ? undefined
      : hostEvidenceAtGateway({ database, signing: linkSigningOf(vault), clock, publicUrl, validMs: forMs })
  return NestFactory.createApplicationContext(
    WorkerModule.forRoot(runtime, { ...shared, hostEvidence, kafka: settings, pace: WORKER_PACE }),
    { logger: ['error', 'warn'] },
  )
}
