/**
 * `npm run rebuild -- QUESTION`: rebuilds read models from the cases while workers go on writing (`libs/read-models`).
 * Exits with 1 where a read model could not be rebuilt.
 */
import { hostname } from 'node:os'
import type { DataSource } from 'typeorm'
import { readSettings } from '#access'
import { caseFacts } from '#analytics'
import { openDatabase } from '#event-store'
import type { ReadModel, RebuildProgress } from '#read-models'
import { QUESTIONS, rebuild } from '#read-models'
import { startupErrorMessage } from '#runtime'
import { ALL_MIGRATIONS, bringUpToDate } from '../bring-up-to-date'
import type { RebuildArguments } from './arguments'
import { parseRebuildArguments } from './arguments'
import { MaintenanceSettings } from '../maintenance.settings'
import { recordDatabaseUrl } from '../record-database'

const printLine = (line: string): void => void process.stderr.write(`${line}\n`)
/** The questions, and the facts that figures are made of. */
const REBUILDABLE = [...QUESTIONS, { name: 'analytics', readModels: [caseFacts] }]
const PROGRESS_EVERY_MS = 2_000
/** Counting the rows of a large table takes its time. */
const LONGEST_STATEMENT_MS = 600_000

async function main(): Promise<void> {
  const words = parseRebuildArguments(process.argv.slice(2), REBUILDABLE)
  const settings = readSettings(MaintenanceSettings, process.env)
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => stopping.abort(new Error('stopped; run it again to continue')))
  const closing: (() => Promise<unknown>)[] = []
  try {
    const database = await openDatabase({
      url: await recordDatabaseUrl(settings, closing, printLine),
      pool: 4,
      migrations: ALL_MIGRATIONS,
      statementTimeoutMs: LONGEST_STATEMENT_MS,
    })
    closing.push(() => database.destroy())
    await bringUpToDate(database, { prefix: settings.DATABASE_ROLES, report: printLine })
    for (const readModel of words.readModels) await rebuildOne(database, readModel, words, stopping.signal)
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
}

async function rebuildOne(
  database: DataSource,
  readModel: ReadModel,
  { startOver }: RebuildArguments,
  signal: AbortSignal,
): Promise<void> {
  const { name } = readModel
  let reportedAt = performance.now()
  const onProgress = ({ cases, differing }: RebuildProgress): void => {
    if (performance.now() - reportedAt < PROGRESS_EVERY_MS) return
    reportedAt = performance.now()
    printLine(`${name}: ${cases} cases, ${differing} differed`)
  }
  const from = performance.now()
  const holder = `${hostname()}/${process.pid}`
  const report = await rebuild(database, readModel, { holder, signal, startOver, onProgress })
  if (report === undefined) throw new Error(`${name} is being rebuilt by another process`)
  const { cases, differing, orphans, totals } = report
  const seconds = ((performance.now() - from) / 1_000).toFixed(1)
  process.stdout.write(
    `${name}: ${cases} cases in ${seconds} s; ${differing} differed, ${orphans} did not exist, ${totals} sums corrected\n`,
  )
}

main().catch((error: unknown) => {
  // With a code it comes from the connection, and says nothing of the setting.
  printLine(error instanceof Error && !('code' in error) ? error.message : startupErrorMessage(error))
  process.exitCode = 1
})
