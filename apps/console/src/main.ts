import { evidenceSealingOf, openIdentity } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import { EVIDENCE_FOLDER, parseInsecureHosts, openEvidenceBlobs, createEvidenceStore } from '#case-handling'
import { feedStallMs } from '#event-store'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import type { Runtime } from '#runtime'
import { bootstrap, exportFeedMetrics } from '#runtime'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'
import { IdentitySweep } from './session/identity-sweep'
import { OwnerLinks } from './session/owner-links'
import { serveConsole } from './serve'
import { ConsoleSettings } from './settings'

/** Stores and queues of all organisations are shown by the workers: the console's role sees one organisation at a time. */
function exportConsoleMetrics({ metrics, database }: Runtime): void {
  if (metrics !== undefined) exportFeedMetrics(metrics, () => feedStallMs(database))
}

void bootstrap({
  app: 'console',
  role: 'console',
  settings: ConsoleSettings,
  migrations: [
    ...LEDGER_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...ANALYTICS_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
    ...TEAMWORK_MIGRATIONS,
  ],
  tables: { ...LEDGER_TABLES, ...READ_MODEL_TABLES, ...ANALYTICS_TABLES, ...MESSAGING_TABLES, ...TEAMWORK_TABLES },
  pool: () => 10,
  wakeUps: true,
  async start(runtime, settings, log) {
    const writeLine = (line: string): void => log.write('info', 'console', line)
    const blobs = await openEvidenceBlobs(settings, EVIDENCE_FOLDER)
    const { database, vault } = runtime
    const identity = openIdentity({ database, vault })
    const publicUrl = settings.PUBLIC_URL
    const app = await serveConsole(
      runtime,
      {
        identity,
        publicUrl,
        insecureHosts: parseInsecureHosts(settings),
        proofAboveFen: settings.PROOF_ABOVE_FEN,
        revealsADay: settings.REVEALS_A_DAY,
        undoMs: settings.UNDO_SECONDS * 1_000,
        evidence: createEvidenceStore(blobs, evidenceSealingOf(runtime.vault)),
        topicPrefix: settings.KAFKA_PREFIX,
      },
      { host: settings.CONSOLE_HOST, port: settings.PORT, contained: settings.CONSOLE_CONTAINED },
    )
    exportConsoleMetrics(runtime)
    const url = publicUrl ?? (await app.getUrl()).replace('[::1]', '127.0.0.1')
    writeLine(`console: ${url}`)
    const identitySweep = new IdentitySweep(identity, writeLine)
    await identitySweep.start()
    const ownerLinks = new OwnerLinks({ identity, database, url, writeLine })
    await ownerLinks.start()
    return {
      close: () => {
        ownerLinks.stop()
        identitySweep.stop()
        return app.close()
      },
    }
  },
})
