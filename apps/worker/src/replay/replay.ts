/**
 * `npm run replay`: processes the recorded messages of a time range with the current code and reports whether events, cases,
 * deadlines, verdicts, outgoing rows and read models are the same. The database is only read; read models are rebuilt in a
 * temporary PostgreSQL. Exits with 1 if something differs, with 2 if the replay was not possible.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DataSource } from 'typeorm'
import {
  ACCESS_MIGRATIONS,
  Directory,
  UnusableSettings,
  loadMasterKeys,
  openVault,
  readSettings,
  messageSealingOf,
} from '#access'
import type { ReplayReport } from '#case-handling'
import { MessageInterpreter, loadInForceAt, replay } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { LEDGER_MIGRATIONS } from '#ledgers'
import { COMPARABLE_ROWS_SQL, WRONG_TOTALS_SQL, READ_MODEL_MIGRATIONS, projections } from '#read-models'
import { startEmbeddedPostgres } from '../../../standalone/src/postgres'
import { replayReportText } from './report-lines'
import type { ReplayArguments } from './arguments'
import { parseReplayArguments } from './arguments'
import { recordDatabaseUrl } from '../record-database'
import { ReplaySettings } from './replay.settings'

const printLine = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const words = parseReplayArguments(process.argv.slice(2))
  const settings = readSettings(ReplaySettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => printLine(String(error)))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)))
  try {
    const keys = await loadRequiredKeys(settings)
    const record = await openDatabase({
      url: await recordDatabaseUrl(settings, closing, printLine),
      pool: 4,
      migrations: [],
    })
    closing.push(() => record.destroy())
    const scratch = await openScratch(closing)
    const from = performance.now()
    const report = await runReplay(record, scratch, keys, words)
    process.stdout.write(`${replayReportText(report, (performance.now() - from) / 1_000, words.diff)}\n`)
    if (report.differing.length > 0) process.exitCode = 1
  } finally {
    await stop()
  }
}

async function runReplay(
  record: DataSource,
  database: DataSource,
  keys: readonly Buffer[],
  { from, to }: ReplayArguments,
): Promise<ReplayReport> {
  const vault = openVault(keys)
  const interpreter = new MessageInterpreter(MARKETPLACES, new Directory(record, vault), messageSealingOf(vault))
  const scratch = { database, projections, comparableRows: COMPARABLE_ROWS_SQL, wrongTotals: WRONG_TOTALS_SQL }
  return replay({ record, interpreter, scratch, inForceAt: await loadInForceAt(record) }, { from, to })
}

/** A temporary database for the rebuilt rows, without durability; removed at the end. */
async function openScratch(closing: (() => Promise<unknown>)[]): Promise<DataSource> {
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-replay-'))
  const removing = (path: string) => (): Promise<void> =>
    Promise.resolve(rmSync(path, { recursive: true, force: true }))
  closing.push(removing(folder))
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), durable: false })
  // As root, the server may have moved the data to a folder that its own user can reach.
  closing.push(removing(dirname(server.dataFolder)))
  closing.push(() => server.stop())
  const migrations = [...EVENT_STORE_MIGRATIONS, ...LEDGER_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS]
  const database = await openDatabase({ url: server.url, pool: 2, migrations })
  closing.push(() => database.destroy())
  await migrate(database)
  return database
}

async function loadRequiredKeys(settings: ReplaySettings): Promise<Buffer[]> {
  const keys = await loadMasterKeys(settings)
  if (keys.length === 0)
    throw new UnusableSettings([`SHOUHOU_KEY: must be given; there is no key of ${settings.DATA_FOLDER} either`])
  return keys
}

main().catch((error: unknown) => {
  printLine(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
