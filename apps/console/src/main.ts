import type { DataSource } from 'typeorm'
import type { Organisation } from '#access'
import { UnusableSettings, evidenceSealingOf, findOrganisation } from '#access'
import { EVIDENCE_FOLDER, openEvidenceBlobs, evidenceStoreOn } from '#case-handling'
import { feedStallMs, withTenants } from '#event-store'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES, deploymentStatus } from '#read-models'
import type { Runtime } from '#runtime'
import { bootstrap, showDeployment, showFeed } from '#runtime'
import { serveConsole } from './serve'
import { ConsoleSettings } from './settings'

const RETRY_MS = 1_000

/** Whose cases are shown. Waits until an organisation is registered: the console may be started before that. */
async function organisationBy(
  database: DataSource,
  slug: string | undefined,
  say: (line: string) => void,
): Promise<Organisation> {
  for (let said = false; ; said = true) {
    const found = await findOrganisation(database, slug)
    if (found !== undefined) return found
    if ((await findOrganisation(database, undefined)) !== undefined)
      throw new UnusableSettings(['ORGANISATION: there is no such organisation; register it with its stores first'])
    if (!said) say('console: waiting until an organisation is registered (npm run register)')
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

/** Of the organisation that it serves; a worker shows those of all. */
function showConsole({ metrics, database, clock }: Runtime, { id }: Organisation): void {
  if (metrics === undefined) return
  showDeployment(metrics, () => withTenants([id], () => deploymentStatus(database, clock())))
  showFeed(metrics, () => feedStallMs(database))
}

void bootstrap({
  app: 'console',
  role: 'console',
  settings: ConsoleSettings,
  migrations: [...LEDGER_MIGRATIONS, ...READ_MODEL_MIGRATIONS, ...MESSAGING_MIGRATIONS],
  tables: { ...LEDGER_TABLES, ...READ_MODEL_TABLES, ...MESSAGING_TABLES },
  pool: () => 10,
  wakeUps: true,
  async start(runtime, settings, log) {
    const say = (line: string): void => log.write('info', 'console', line)
    const blobs = await openEvidenceBlobs(settings, EVIDENCE_FOLDER)
    const organisation = await organisationBy(runtime.database, settings.ORGANISATION, say)
    const app = await serveConsole(
      runtime,
      {
        organisation,
        evidence: evidenceStoreOn(blobs, evidenceSealingOf(runtime.vault)),
        topicPrefix: settings.KAFKA_PREFIX,
      },
      { host: settings.CONSOLE_HOST, port: settings.PORT, contained: settings.CONSOLE_CONTAINED },
    )
    showConsole(runtime, organisation)
    say(`console: ${await app.getUrl()} (no log-in yet: it is for this machine only)`)
    return { close: () => app.close() }
  },
})
