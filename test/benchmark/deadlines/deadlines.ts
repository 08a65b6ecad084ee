import type { Client } from 'pg'
import { CLAIM_DUE } from '#event-store'
import { BATCH, openDesk } from '../desk'
import type { Figure } from '../figure'
import type { Claiming } from '../processing/plain-sql'
import { replay } from '../processing/plain-sql'
import type { RecordedBatch } from '../processing/recording'
import { recordedBatches, startRecording } from '../processing/recording'
import { interleaved, median, timed } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { settle, withClient } from '../server'
import { FIRST_DUE, seedPending } from './pending'

/** Claims nothing but timers: it neither locks nor reads the cases that they belong to. */
const TIMERS_ONLY = `
  DELETE FROM timer t USING (
    SELECT stream, kind FROM timer WHERE due_at <= $1 ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
  ) d WHERE t.stream = d.stream AND t.kind = d.kind RETURNING t.stream, t.kind, t.org, t.due_at`

const ROUNDS = 3
const REPLAYED = 5_000

/** Deadlines from the first up to, and without, the last; they fall a millisecond apart. */
interface Slice {
  readonly from: number
  readonly to: number
}

/** Of a round: ours, the same claim, timers only, the same rows. */
const A_ROUND = 4

/**
 * Deadlines that have come, claimed with their cases, judged by the model, and what follows written, while many more are
 * pending; against the very same claim and delete, cases locked and read, which judges nothing and writes nothing. Beside
 * it a claim of bare timers, which could not judge, and the same rows written by hand. Time goes on from one measurement
 * to the next, all on one database.
 */
export async function deadlines(server: BenchServer, scale: Scale): Promise<Figure[]> {
  const rounds = Math.min(ROUNDS, scale.rounds)
  const seeded = await seededDatabase(server, scale.timersPending)
  const slices = slicesOf(rounds, scale.timersDue)
  const batches = await recorded(
    server,
    seeded,
    slices.filter((_, i) => i % A_ROUND === A_ROUND - 1),
  )
  const desk = await openDesk(seeded.url)
  await fire(desk, { from: 0, to: BATCH * 4 })
  let slice = 0
  const next = (): Slice => slices[slice++] as Slice
  const bare: number[] = []
  const replayed: number[] = []
  const oneOfTwo = async (work: () => Promise<number>): Promise<number> => {
    const rate = await work()
    if (slice % A_ROUND !== 2) return rate
    bare.push(await takeAll(seeded.url, next(), (client, until) => client.query(TIMERS_ONLY, [until, BATCH])))
    replayed.push(await replayOne(seeded.url, next(), batches))
    return rate
  }
  const pair = await interleaved(
    rounds,
    () => oneOfTwo(() => fire(desk, next())),
    () => oneOfTwo(() => takeAll(seeded.url, next(), (client, until) => client.query(CLAIM_DUE, [until, BATCH, []]))),
  )
  await desk.close()
  await seeded.drop()
  const beside = (what: string, rates: readonly number[]): string =>
    `beside ${what}, ${Math.round(median(rates))}/s: ${(pair.ours / median(rates)).toFixed(2)}`
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
        beside('bare timers claimed and deleted, no case locked or read', bare),
        beside(
          'claim, delete and the same events, cases, timers, outgoing and reading rows by multi-row SQL',
          replayed,
        ),
      ],
    },
  ]
}

/** Behind a warm-up, four a round: ours and theirs in whichever order, then what they are set beside. */
function slicesOf(rounds: number, due: number): Slice[] {
  let at = BATCH * 4
  return Array.from({ length: rounds * A_ROUND }, (_, i) => {
    const from = at
    at += i % A_ROUND === A_ROUND - 1 ? Math.min(REPLAYED, due) : due
    return { from, to: at }
  })
}

async function seededDatabase(server: BenchServer, pending: number): Promise<BenchDatabase> {
  const seeded = await server.migrated()
  const desk = await openDesk(seeded.url)
  await desk.close()
  await withClient(seeded.url, (client) => seedPending(client, desk.org, [...desk.storeOf.values()], pending))
  await settle(seeded.url)
  return seeded
}

const dueBy = ({ to }: Slice): number => FIRST_DUE + to - 1

/** How many a second. */
async function fire(desk: Awaited<ReturnType<typeof openDesk>>, slice: Slice): Promise<number> {
  return rateOf(slice, () => desk.fire(BATCH, dueBy(slice)))
}

type Taking = (client: Client, until: number) => Promise<{ rowCount: number | null }>

const takeAll = (url: string, slice: Slice, take: Taking): Promise<number> =>
  withClient(url, (client) => rateOf(slice, async () => (await take(client, dueBy(slice))).rowCount ?? 0))

async function rateOf({ from, to }: Slice, some: () => Promise<number>): Promise<number> {
  let fired = 0
  const ms = await timed(async () => {
    for (let n = await some(); n > 0; n = await some()) fired += n
  })
  if (fired !== to - from) throw new Error(`${fired} deadlines were fired, ${to - from} were due`)
  return (fired * 1_000) / ms
}

/** What firing these deadlines writes, a transaction at a time. */
async function recorded(
  server: BenchServer,
  seeded: BenchDatabase,
  slices: readonly Slice[],
): Promise<RecordedBatch[]> {
  const copy = await server.copyOf(seeded)
  const desk = await openDesk(copy.url)
  try {
    await withClient(copy.url, (client) =>
      client.query(
        `DELETE FROM timer WHERE NOT EXISTS (SELECT 1 FROM unnest($1::bigint[], $2::bigint[]) AS s(a, b) WHERE due_at BETWEEN a AND b)`,
        [slices.map(({ from }) => FIRST_DUE + from), slices.map(dueBy)],
      ),
    )
    await startRecording(copy.url)
    for (const slice of slices) await fire(desk, slice)
    return (await recordedBatches(copy.url)).filter((batch) => batch.gone['timer'] !== undefined)
  } finally {
    await desk.close()
    await copy.drop()
  }
}

async function replayOne(url: string, slice: Slice, batches: RecordedBatch[]): Promise<number> {
  const mine = batches.splice(0, Math.ceil((slice.to - slice.from) / BATCH))
  const claiming: Claiming = { table: 'timer', sql: TIMERS_ONLY, values: (count) => [dueBy(slice), count] }
  let taken = 0
  const ms = await timed(async () => (taken = await replay(url, mine, 1, claiming)))
  if (taken !== slice.to - slice.from)
    throw new Error(`${taken} deadlines were taken, ${slice.to - slice.from} were due`)
  return (taken * 1_000) / ms
}
