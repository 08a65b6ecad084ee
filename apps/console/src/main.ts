import { Logger } from '@nestjs/common'
import type { Organisation } from '#access'
import {
  ACCESS_MIGRATIONS,
  Directory,
  UnusableSettings,
  evidenceSealingOf,
  keyReadiness,
  masterKeysOf,
  openVault,
  readSettings,
  verifyKeys,
  startupErrorMessage,
} from '#access'
import { EVIDENCE_FOLDER, clockOf, evidenceShelfBy, evidenceStoreOn } from '#case-handling'
import { Bells, EVENT_STORE_MIGRATIONS, schemaMismatch, migrate, openDatabase, poolUse, stalledFor } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { MESSAGING_MIGRATIONS } from '#messaging'
import {
  Log,
  Metrics,
  NestLog,
  logWarnings,
  Readiness,
  WatchSettings,
  serveMetrics,
  showFeed,
  showDeployment,
  showPool,
  showSecrets,
  onShutdownSignal,
} from '#runtime'
import { READ_MODEL_MIGRATIONS, deploymentStatus } from '#read-models'
import { serveConsole } from './serve'
import { ConsoleSettings } from './settings'

const LOOK_AGAIN_MS = 1_000

/** Whose cases are shown. Where nobody is registered yet, it is waited for: the console may be started first. */
async function organisationBy(
  directory: Directory,
  slug: string | undefined,
  say: (line: string) => void,
): Promise<Organisation> {
  for (let told = false; ; told = true) {
    const { organisations } = await directory.current()
    const found = organisations.find((organisation) => slug === undefined || organisation.slug === slug)
    if (found !== undefined) return found
    if (organisations.length > 0)
      throw new UnusableSettings(['ORGANISATION: there is no such organisation; register it with its stores first'])
    if (!told) say('console: waiting until an organisation is registered (npm run register)')
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

async function main(): Promise<void> {
  const settings = readSettings(ConsoleSettings, process.env)
  const watching = readSettings(WatchSettings, process.env)
  const log = new Log({ format: watching.LOG_FORMAT })
  const say = (line: string): void => log.put('info', 'console', line)
  Logger.overrideLogger(new NestLog(log, 'console'))
  logWarnings(log, 'console')
  const vault = openVault(masterKeysOf(settings))
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: 10,
    migrations: [
      ...EVENT_STORE_MIGRATIONS,
      ...LEDGER_MIGRATIONS,
      ...ACCESS_MIGRATIONS,
      ...READ_MODEL_MIGRATIONS,
      ...MESSAGING_MIGRATIONS,
    ],
    onTrouble: (error) => log.trouble('console', 'database', error),
  })
  await migrate(database, { say })
  await verifyKeys(database, vault)
  const shelf = await evidenceShelfBy(settings, EVIDENCE_FOLDER).catch((error: Error) =>
    Promise.reject(new UnusableSettings([error.message])),
  )
  const evidence = evidenceStoreOn(shelf, evidenceSealingOf(vault))
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const directory = new Directory(database, vault)
  const organisation = await organisationBy(directory, settings.ORGANISATION, say)
  const bells = new Bells(settings.DATABASE_URL)
  await bells.start()
  const keys = keyReadiness(database, vault, directory)
  const readiness = new Readiness(
    async () => (await schemaMismatch(database)) ?? (await keys.lack()),
    undefined,
    keys.troubles,
  )
  const app = await serveConsole(
    { database, vault, directory, bells, clock, organisation, evidence, readiness, topicPrefix: settings.KAFKA_PREFIX },
    { host: settings.CONSOLE_HOST, port: settings.PORT, contained: settings.CONSOLE_CONTAINED },
  )
  const metrics = new Metrics('console')
  showPool(metrics, () => poolUse(database))
  showDeployment(metrics, () => deploymentStatus(database, clock()))
  showSecrets(metrics, () => keys.counts())
  showFeed(metrics, () => stalledFor(database))
  const watch = await serveMetrics(metrics, watching)
  if (watch !== undefined) say(`console: metrics at ${watch.url}/metrics`)
  say(`console: ${await app.getUrl()} (no log-in yet: it is for this machine only)`)
  onShutdownSignal({
    say: (line) => log.put('warn', 'console', line),
    stop: async () => {
      readiness.drain()
      await app.close()
      stop()
      await bells.stop()
      await database.destroy()
      await watch?.close()
    },
  })
}

main().catch((error: unknown) => {
  console.error(startupErrorMessage(error))
  process.exit(1)
})
