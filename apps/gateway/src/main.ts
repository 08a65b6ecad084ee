import type { Vault } from '#access'
import { ANALYTICS_MIGRATIONS, ANALYTICS_TABLES } from '#analytics'
import { evidenceSealingOf, linkSigningOf } from '#access'
import type { LinkedEvidence } from '#case-handling'
import { EVIDENCE_FOLDER, openEvidenceBlobs, createEvidenceStore } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { unsafeDurabilitySettings } from '#event-store'
import { LEDGER_MIGRATIONS, LEDGER_TABLES } from '#ledgers'
import { MESSAGING_MIGRATIONS, MESSAGING_TABLES } from '#messaging'
import { READ_MODEL_MIGRATIONS, READ_MODEL_TABLES } from '#read-models'
import { bootstrap } from '#runtime'
import { TEAMWORK_MIGRATIONS, TEAMWORK_TABLES } from '#teamwork'
import { drain } from './finish-deliveries'
import { serveGateway } from './serve'
import { GatewaySettings } from './settings'

/** After this a marketplace no longer waits for the answer. It retries, and by then another server may have taken over. */
const STORED_WITHIN_MS = 4_000

/** The evidence to serve. Without a public URL there are no links to it, and the gateway needs no evidence storage. */
async function openLinkedEvidence(settings: GatewaySettings, vault: Vault): Promise<LinkedEvidence | undefined> {
  if (settings.EVIDENCE_PUBLIC_URL === undefined) return undefined
  const blobs = await openEvidenceBlobs(settings, EVIDENCE_FOLDER)
  return { evidence: createEvidenceStore(blobs, evidenceSealingOf(vault)), signing: linkSigningOf(vault) }
}

void bootstrap({
  app: 'gateway',
  role: 'gateway',
  settings: GatewaySettings,
  migrations: [
    ...LEDGER_MIGRATIONS,
    ...READ_MODEL_MIGRATIONS,
    ...ANALYTICS_MIGRATIONS,
    ...MESSAGING_MIGRATIONS,
    ...TEAMWORK_MIGRATIONS,
  ],
  tables: { ...LEDGER_TABLES, ...READ_MODEL_TABLES, ...ANALYTICS_TABLES, ...MESSAGING_TABLES, ...TEAMWORK_TABLES },
  pool: () => 6,
  statementTimeoutMs: STORED_WITHIN_MS,
  async start(runtime, settings, log) {
    const unsafe = await unsafeDurabilitySettings(runtime.database)
    if (unsafe.length > 0)
      log.write(
        'warn',
        'gateway',
        `gateway: a crash of this PostgreSQL loses what was acknowledged: ${unsafe.join(', ')} off`,
      )
    // Secrets that cannot be opened are reported now and not with the first delivery.
    await runtime.directory.current()
    const gateway = await serveGateway(
      runtime,
      { lineUp: MARKETPLACES, links: await openLinkedEvidence(settings, runtime.vault) },
      {
        host: settings.GATEWAY_HOST,
        port: settings.GATEWAY_PORT,
        mostConnections: settings.GATEWAY_CONNECTIONS,
      },
    )
    log.write('info', 'gateway', `gateway: marketplaces push to ${await gateway.getUrl()}/push/<marketplace>/<app key>`)
    return { drain: () => drain(runtime.readiness), close: () => gateway.close() }
  },
})
