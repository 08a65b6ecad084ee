import { backtestInThreads } from '#case-handling'
import type { BacktestReport } from '#case-handling'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import { generatePushes } from '../pushes'
import { median } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { withClient } from '../server'
import { ARMED, TERMS } from '../verdicts/armed-strategies'

const LIMIT_S = 60
const A_MILLION = 1_000_000
const THREADS = 2
/** Messages processed by the worker's handlers; further cases are copies of the resulting ones under new ids. */
const RECORDED_MESSAGES = 10_000
const ROUNDS = 3
/** An organisation without cases. */
const EMPTY_ORG = 0

/** Duration of a backtest of every strategy on a million recorded cases; measured on fewer, it is extrapolated. */
export async function backtest(server: BenchServer, { trialCases }: Scale): Promise<Figure[]> {
  const recorded = await createRecordedCases(server, trialCases)
  try {
    const order = { org: 1, from: 0, to: Number.MAX_SAFE_INTEGER, armed: ARMED, terms: {}, defaultTerms: TERMS }
    const runBacktest = async (org: number): Promise<{ report: BacktestReport; seconds: number }> => {
      const from = performance.now()
      const report = await backtestInThreads(recorded.url, { ...order, org }, { threads: THREADS })
      return { report, seconds: (performance.now() - from) / 1_000 }
    }
    const seconds: number[] = []
    const startUpTimes: number[] = []
    let report: BacktestReport | undefined
    for (let round = 0; round < ROUNDS; round++) {
      startUpTimes.push((await runBacktest(EMPTY_ORG)).seconds)
      const run = await runBacktest(order.org)
      report = run.report
      seconds.push(run.seconds)
    }
    const total = report?.total
    if (total?.cases !== trialCases || total.says.approve === 0)
      throw new Error(`of ${trialCases} cases ${total?.cases ?? 0} were tried, and no action would be taken`)
    const startUp = Math.min(median(startUpTimes), median(seconds))
    const value = startUp + ((median(seconds) - startUp) * A_MILLION) / trialCases
    const startUpRemark = `${startUp.toFixed(1)} s of it until the threads have started`
    const remarks =
      trialCases === A_MILLION
        ? [startUpRemark]
        : [`measured over ${trialCases} cases, extrapolated to a million; ${startUpRemark}`]
    return [
      {
        figure: 'backtest',
        value,
        unit: 's a million cases',
        against: 'a limit',
        peer: LIMIT_S,
        ratio: LIMIT_S / value,
        atLeast: 1,
        remarks: [
          ...remarks,
          `${ROUNDS} rounds: ${seconds.map((s) => s.toFixed(1)).join(', ')} s; ${THREADS} threads; ${total.looks} looks at ${ARMED.length} strategies`,
          `would approve ${total.says.approve}, is unsure of ${total.says.unsure}, leaves ${total.says.leave}`,
        ],
      },
    ]
  } finally {
    await recorded.drop()
  }
}

async function createRecordedCases(server: BenchServer, cases: number): Promise<BenchDatabase> {
  const recorded = await server.migrated()
  const worker = await openWorker(recorded.url)
  await worker.accept(generatePushes(RECORDED_MESSAGES, SHOPS))
  await receiveAll(worker)
  await worker.close()
  await withClient(recorded.url, async (client) => {
    await client.query('SET synchronous_commit = off')
    // The worker processed everything at one time; a backtest needs the time at which each event became known.
    await client.query('UPDATE event e SET recorded_at = m.received_at FROM message m WHERE m.id = e.message_id')
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM stream')
    const times = Math.ceil(cases / (rows[0]?.n ?? 1))
    await client.query('CREATE TEMP TABLE original AS SELECT id FROM stream')
    for (let copy = 1; copy < times; copy++) {
      await client.query(COPY_STREAMS, [copy])
      await client.query(COPY_EVENTS, [copy])
    }
    await client.query(SELECT_SURPLUS, [cases])
    await client.query('DELETE FROM event e USING surplus s WHERE e.stream = s.id')
    await client.query('DELETE FROM stream t USING surplus s WHERE t.id = s.id')
    await client.query('VACUUM (ANALYZE) stream')
    await client.query('VACUUM (ANALYZE) event')
    await client.query('CHECKPOINT')
  })
  return recorded
}

const COPY_STREAMS = `
  INSERT INTO stream (id, org, store, version, fold, revision, state)
  SELECT md5(id::text || $1::int)::uuid, org, store, version, fold, revision, state FROM stream JOIN original USING (id)`

const COPY_EVENTS = `
  INSERT INTO event (stream, version, org, type, body, message_id, occurred_at, recorded_at)
  SELECT md5(stream::text || $1::int)::uuid, version, org, type, body, message_id, occurred_at, recorded_at
  FROM event JOIN original ON original.id = event.stream ORDER BY recorded_at, stream, version`

const SELECT_SURPLUS = `CREATE TEMP TABLE surplus AS SELECT id FROM stream ORDER BY id OFFSET $1`
