/**
 * Takes what marketplaces said in a range of time through the code of today and says whether events, cases, deadlines,
 * verdicts, outgoing rows and read models are what they were. The database is only read; rows of read models are rebuilt
 * in a PostgreSQL of our own that is removalOf afterwards. Answers 1 where something differs.
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

const say = (line: string): void => void process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const words = parseReplayArguments(process.argv.slice(2))
  const settings = readSettings(ReplaySettings, process.env)
  const closing: (() => Promise<unknown>)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close().catch((error: unknown) => say(String(error)))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)))
  try {
    const keys = await masterKeysIn(settings)
    const record = await openDatabase({ url: await recordDatabaseUrl(settings, closing, say), pool: 4, migrations: [] })
    closing.push(() => record.destroy())
    const scratch = await openScratch(closing)
    const from = performance.now()
    const report = await replayed(record, scratch, keys, words)
    process.stdout.write(`${replayReportText(report, (performance.now() - from) / 1_000, words.diff)}\n`)
    if (report.differing.length > 0) process.exitCode = 1
  } finally {
    await stop()
  }
}

async function replayed(
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

/** A database that only needs to live as long as this: it may lose everything at once. */
async function openScratch(closing: (() => Promise<unknown>)[]): Promise<DataSource> {
  const folder = mkdtempSync(join(tmpdir(), 'shouhou-replay-'))
  const removalOf = (path: string) => (): Promise<void> =>
    Promise.resolve(rmSync(path, { recursive: true, force: true }))
  closing.push(removalOf(folder))
  const server = await startEmbeddedPostgres({ dataFolder: join(folder, 'data'), durable: false })
  // Elsewhere, where the database's user cannot reach ours.
  closing.push(removalOf(dirname(server.dataFolder)))
  closing.push(() => server.stop())
  const migrations = [...EVENT_STORE_MIGRATIONS, ...LEDGER_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS]
  const database = await openDatabase({ url: server.url, pool: 2, migrations })
  closing.push(() => database.destroy())
  await migrate(database)
  return database
}

async function masterKeysIn(settings: ReplaySettings): Promise<Buffer[]> {
  const keys = await loadMasterKeys(settings)
  if (keys.length === 0)
    throw new UnusableSettings([`SHOUHOU_KEY: must be given; there is no key of ${settings.DATA_FOLDER} either`])
  return keys
}

main().catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
})
