/** `npm run audit -- verify`: reads the audit of every organisation. Exits with 1 where something is not as it was written. */
import { auditedOrganisations, readSettings, verifyAudit } from '#access'
import type { VerifiedAudit } from '#access'
import { openDatabase } from '#event-store'
import { startupErrorMessage } from '#runtime'
import { MaintenanceSettings } from '../maintenance.settings'
import { recordDatabaseUrl } from '../record-database'
import { parseAuditArguments } from './arguments'

const printLine = (line: string): void => void process.stderr.write(`${line}\n`)
/** Reading a whole audit takes longer than the statements that processes may run. */
const LONGEST_STATEMENT_MS = 600_000

async function main(): Promise<void> {
  const known = parseAuditArguments(process.argv.slice(2))
  const settings = readSettings(MaintenanceSettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  try {
    const url = await recordDatabaseUrl(settings, closing, printLine)
    const database = await openDatabase({ url, pool: 1, migrations: [], statementTimeoutMs: LONGEST_STATEMENT_MS })
    closing.push(() => database.destroy())
    const organisations = new Set([...(await auditedOrganisations(database.manager)), ...known.keys()])
    for (const org of organisations) printVerifiedAudit(await verifyAudit(database, org, known.get(org)))
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

function printVerifiedAudit({ org, entries, flaws, head }: VerifiedAudit): void {
  if (flaws.length > 0) process.exitCode = 1
  const end = head === undefined ? '' : `, ${org}:${head.n}:${head.hash}`
  console.log(`organisation ${org}: ${entries} entries${flaws.length === 0 ? ', as written' : ''}${end}`)
  for (const { n, flaw } of flaws) console.log(`  ${n}: ${flaw}`)
}

main().catch((error: unknown) => {
  // An error with a code comes from the database connection, and its own message does not name the setting to check.
  printLine(error instanceof Error && !('code' in error) ? error.message : startupErrorMessage(error))
  process.exitCode = 1
})
