import { createHash } from 'node:crypto'
import { Directory, openVault, messageSealingOf } from '#access'
import { MessageInterpreter, loadInForceAt, replay as runReplay } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { openDatabase } from '#event-store'
import { COMPARABLE_ROWS_SQL, WRONG_TOTALS_SQL, projections } from '#read-models'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox, measureReceiving, warmUp } from '../processing/processing'
import { generatePushes } from '../pushes'
import { compareInterleaved } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'

const KEY = createHash('sha256').update('a key of the benchmark').digest()
const EVERYTHING = { from: 0, to: Number.MAX_SAFE_INTEGER }

/** Messages per second of a replay: everything derived from an inbox, read models included, is derived again and compared. */
export async function replay(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const record = await createProcessedDatabase(server, inbox)
  await measureReplay(server, record, scale)
  const pair = await compareInterleaved(
    scale.rounds,
    () => measureReplay(server, record, scale),
    () => measureReceiving(server, inbox),
  )
  await Promise.all([inbox.drop(), record.drop()])
  return [
    {
      figure: 'replay',
      value: pair.ours,
      unit: 'messages/s',
      against: 'processing of the same run',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 0.5,
      remarks: [
        pair.remark,
        `${scale.messages} messages, everything equal byte for byte; replay by one process, processing by two lanes`,
      ],
    },
  ]
}

async function createProcessedDatabase(server: BenchServer, inbox: BenchDatabase): Promise<BenchDatabase> {
  const record = await server.copyOf(inbox)
  const worker = await openWorker(record.url)
  await receiveAll(worker)
  await worker.database.query('ANALYZE')
  await worker.close()
  return record
}

async function measureReplay(server: BenchServer, { url }: BenchDatabase, { messages }: Scale): Promise<number> {
  const scratchDatabase = await server.migrated()
  const record = await openDatabase({ url, pool: 4, migrations: [] })
  const database = await openDatabase({ url: scratchDatabase.url, pool: 2, migrations: [] })
  try {
    const vault = openVault(KEY)
    const interpreter = new MessageInterpreter(MARKETPLACES, new Directory(record, vault), messageSealingOf(vault))
    const scratch = { database, projections, comparableRows: COMPARABLE_ROWS_SQL, wrongTotals: WRONG_TOTALS_SQL }
    const from = performance.now()
    const report = await runReplay({ record, interpreter, scratch, inForceAt: await loadInForceAt(record) }, EVERYTHING)
    const ms = performance.now() - from
    if (report.messages !== messages || report.differing.length > 0)
      throw new Error(
        `a replay of ${report.messages} messages differs in ${report.differing.length} cases: ${JSON.stringify(report.differences[0])}`,
      )
    return (report.messages * 1_000) / ms
  } finally {
    await record.destroy()
    await database.destroy()
    await scratchDatabase.drop()
  }
}
