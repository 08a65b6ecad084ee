import { Logger } from '@nestjs/common'
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
import type { Vault } from '#access'
import type { LinkedShelf } from '#case-handling'
import { EVIDENCE_FOLDER, clockOf, evidenceShelfBy, evidenceStoreOn } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import {
  EVENT_STORE_MIGRATIONS,
  unsafeDurabilitySettings,
  schemaMismatch,
  migrate,
  openDatabase,
  poolUse,
} from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import {
  DeliveryMetrics,
  Log,
  Metrics,
  NestLog,
  logWarnings,
  Readiness,
  WatchSettings,
  openTracing,
  serveMetrics,
  showPool,
  showSecrets,
  onShutdownSignal,
} from '#runtime'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { drain } from './finish-deliveries'
import { serveGateway } from './serve'
import { GatewaySettings } from './settings'

/** Later no marketplace waits for the answer any more. It sends again, and by then another server may have taken over. */
const STORED_WITHIN_MS = 4_000

/** Evidence is shown only where marketplaces are told to fetch it here; elsewhere the gateway needs no place for it. */
async function linksBy(settings: GatewaySettings, vault: Vault): Promise<LinkedShelf | undefined> {
  if (settings.EVIDENCE_PUBLIC_URL === undefined) return undefined
  const shelf = await evidenceShelfBy(settings, EVIDENCE_FOLDER).catch((error: Error) =>
    Promise.reject(new UnusableSettings([error.message])),
  )
  return { evidence: evidenceStoreOn(shelf, evidenceSealingOf(vault)), signing: linkSigningOf(vault) }
}

async function main(): Promise<void> {
  const settings = readSettings(GatewaySettings, process.env)
  const watching = readSettings(WatchSettings, process.env)
  const log = new Log({ format: watching.LOG_FORMAT })
  Logger.overrideLogger(new NestLog(log, 'gateway'))
  logWarnings(log, 'gateway')
  const vault = openVault(masterKeysOf(settings))
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: 6,
    answersWithinMs: STORED_WITHIN_MS,
    migrations: [
      ...EVENT_STORE_MIGRATIONS,
      ...LEDGER_MIGRATIONS,
      ...ACCESS_MIGRATIONS,
      ...READ_MODEL_MIGRATIONS,
      ...MESSAGING_MIGRATIONS,
    ],
    onTrouble: (error) => log.trouble('gateway', 'database', error),
  })
  await migrate(database, { say: (line) => log.put('info', 'gateway', line) })
  await verifyKeys(database, vault)
  const broken = await unsafeDurabilitySettings(database)
  if (broken.length > 0)
    log.put(
      'warn',
      'gateway',
      `gateway: a crash of this PostgreSQL loses what was acknowledged: ${broken.join(', ')} off`,
    )
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const stores = new Directory(database, vault)
  await stores.current()
  const keys = keyReadiness(database, vault, stores)
  const readiness = new Readiness(
    async () => (await schemaMismatch(database)) ?? (await keys.lack()),
    undefined,
    keys.troubles,
  )
  const metrics = new Metrics('gateway')
  showPool(metrics, () => poolUse(database))
  showSecrets(metrics, () => keys.counts())
  const deliveries = new DeliveryMetrics(metrics)
  const tracing = await openTracing('gateway', watching)
  const app = await serveGateway(
    {
      database,
      lineUp: MARKETPLACES,
      stores,
      sealing: sealingOf(vault),
      clock,
      mostConnections: settings.GATEWAY_CONNECTIONS,
      links: await linksBy(settings, vault),
      readiness,
      deliveries,
      tracing,
    },
    { host: settings.GATEWAY_HOST, port: settings.GATEWAY_PORT },
  )
  log.put('info', 'gateway', `gateway: marketplaces push to ${await app.getUrl()}/push/<marketplace>/<app key>`)
  const watch = await serveMetrics(metrics, watching)
  if (watch !== undefined) log.put('info', 'gateway', `gateway: metrics at ${watch.url}/metrics`)
  onShutdownSignal({
    say: (line) => log.put('warn', 'gateway', line),
    stop: async () => {
      await drain(readiness)
      await app.close()
      stop()
      await database.destroy()
      await watch?.close()
      await tracing?.stop()
    },
  })
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exit(1)
})
