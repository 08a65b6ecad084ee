import type { Client } from 'pg'
import { CLAIM_DUE_TIMERS } from '#event-store'
import { BATCH, openWorker } from '../bench-worker'
import type { Figure } from '../figure'
import type { ClaimStatement } from '../processing/plain-sql'
import { writeRecordedBatches } from '../processing/plain-sql'
import type { RecordedBatch } from '../processing/recorded-batches'
import { readRecordedBatches, startRecording } from '../processing/recorded-batches'
import { compareInterleaved, median, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { vacuumAndCheckpoint, withClient } from '../server'
import { FIRST_DUE, seedPending } from './seed-pending'

/** Claims nothing but timers: it neither locks nor reads the cases that they belong to. */
const TIMERS_ONLY = `
  DELETE FROM timer t USING (
    SELECT stream, kind FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ) d WHERE t.stream = d.stream AND t.kind = d.kind RETURNING t.stream, t.kind, t.org, t.due_at`

const ROUNDS = 3
const REPLAY_SLICE_SIZE = 5_000

/** Deadlines with the numbers `from` ≤ n < `to`; each is due a millisecond after the one before. */
interface Slice {
  readonly from: number
  readonly to: number
}

/** A round consumes a slice for each of: our handler, the same claim, timers only, the same rows. */
const SLICES_PER_ROUND = 4

/**
 * Due deadlines per second: claimed with their cases, decided by the model, results written, while many more are
 * pending; compared with the same claim and delete (cases locked and read) without decision and writes. As remarks:
 * a claim of timers only, and the same rows written by plain SQL. The clock advances from one measurement
 * to the next, all on one database.
 */
export async function deadlines(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const rounds = Math.min(ROUNDS, scale.rounds)
  const seeded = await createSeededDatabase(server, scale.timersPending)
  const slices = slicesOf(rounds, scale.timersDue)
  const batches = await recordBatches(
    server,
    seeded,
    slices.filter((_, i) => i % SLICES_PER_ROUND === SLICES_PER_ROUND - 1),
  )
  const worker = await openWorker(seeded.url)
  await fireSlice(worker, { from: 0, to: BATCH * 4 })
  let slice = 0
  const nextSlice = (): Slice => slices[slice++] as Slice
  const timersOnlyRates: number[] = []
  const replayRates: number[] = []
  const measureSide = async (work: () => Promise<number>): Promise<number> => {
    const rate = await work()
    if (slice % SLICES_PER_ROUND !== 2) return rate
    timersOnlyRates.push(
      await claimAll(seeded.url, nextSlice(), (client, until) => client.query(TIMERS_ONLY, [until, BATCH])),
    )
    replayRates.push(await replaySlice(seeded.url, nextSlice(), batches))
    return rate
  }
  const pair = await compareInterleaved(
    rounds,
    () => measureSide(() => fireSlice(worker, nextSlice())),
    () =>
      measureSide(() =>
        claimAll(seeded.url, nextSlice(), (client, until) => client.query(CLAIM_DUE_TIMERS, [until, BATCH, []])),
      ),
  )
  await worker.close()
  await seeded.drop()
  const comparedWith = (what: string, rates: readonly number[]): string =>
    `compared with ${what}, ${Math.round(median(rates))}/s: ${(pair.ours / median(rates)).toFixed(2)}`
  return [
    {
      figure: 'deadlines',
      value: pair.ours,
      unit: 'fired/s',
      against: 'the same claim and delete by multi-row SQL',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 0.3,
      remarks: [
        pair.remark,
        `${scale.timersDue} due at a time of ${scale.timersPending} pending, ${BATCH} a transaction`,
        comparedWith('bare timers claimed and deleted, no case locked or read', timersOnlyRates),
        comparedWith(
          'claim, delete and the same events, cases, timers, outgoing and reading rows by multi-row SQL',
          replayRates,
        ),
      ],
    },
  ]
}

/** After the slice of the warm-up, four per round: ours and theirs in alternating order, then the two for the remarks. */
function slicesOf(rounds: number, due: number): Slice[] {
  let next = BATCH * 4
  return Array.from({ length: rounds * SLICES_PER_ROUND }, (_, i) => {
    const from = next
    next += i % SLICES_PER_ROUND === SLICES_PER_ROUND - 1 ? Math.min(REPLAY_SLICE_SIZE, due) : due
    return { from, to: next }
  })
}

async function createSeededDatabase(server: BenchServer, pending: number): Promise<BenchDatabase> {
  const seeded = await server.migrated()
  const worker = await openWorker(seeded.url)
  await worker.close()
  await withClient(seeded.url, (client) => seedPending(client, worker.org, [...worker.storeOf.values()], pending))
  await vacuumAndCheckpoint(seeded.url)
  return seeded
}

const dueBy = ({ to }: Slice): number => FIRST_DUE + to - 1

/** Fires a slice by the worker's handler; returns deadlines per second. */
async function fireSlice(worker: Awaited<ReturnType<typeof openWorker>>, slice: Slice): Promise<number> {
  return measureRate(slice, () => worker.fire(BATCH, dueBy(slice)))
}

type Claim = (client: Client, until: number) => Promise<{ rowCount: number | null }>

const claimAll = (url: string, slice: Slice, claim: Claim): Promise<number> =>
  withClient(url, (client) => measureRate(slice, async () => (await claim(client, dueBy(slice))).rowCount ?? 0))

async function measureRate({ from, to }: Slice, fireBatch: () => Promise<number>): Promise<number> {
  let fired = 0
  const ms = await measureMs(async () => {
    for (let n = await fireBatch(); n > 0; n = await fireBatch()) fired += n
  })
  if (fired !== to - from) throw new Error(`${fired} deadlines were fired, ${to - from} were due`)
  return (fired * 1_000) / ms
}

/** Records the rows that firing these deadlines writes, by transaction. */
async function recordBatches(
  server: BenchServer,
  seeded: BenchDatabase,
  slices: readonly Slice[],
): Promise<RecordedBatch[]> {
  const copy = await server.copyOf(seeded)
  const worker = await openWorker(copy.url)
  try {
    await withClient(copy.url, (client) =>
      client.query(
        `DELETE FROM timer WHERE NOT EXISTS (SELECT 1 FROM unnest($1::bigint[], $2::bigint[]) AS s(a, b) WHERE due_at BETWEEN a AND b)`,
        [slices.map(({ from }) => FIRST_DUE + from), slices.map(dueBy)],
      ),
    )
    await startRecording(copy.url)
    for (const slice of slices) await fireSlice(worker, slice)
    return (await readRecordedBatches(copy.url)).filter((batch) => batch.deletedRows['timer'] !== undefined)
  } finally {
    await worker.close()
    await copy.drop()
  }
}

async function replaySlice(url: string, slice: Slice, batches: RecordedBatch[]): Promise<number> {
  const sliceBatches = batches.splice(0, Math.ceil((slice.to - slice.from) / BATCH))
  const claimStatement: ClaimStatement = { table: 'timer', sql: TIMERS_ONLY, values: (count) => [dueBy(slice), count] }
  let fired = 0
  const ms = await measureMs(async () => (fired = await writeRecordedBatches(url, sliceBatches, 1, claimStatement)))
  if (fired !== slice.to - slice.from)
    throw new Error(`${fired} deadlines were taken, ${slice.to - slice.from} were due`)
  return (fired * 1_000) / ms
}
