import { backtestInThreads } from '#case-handling'
import type { BacktestReport } from '#case-handling'
import { SHOPS, openDesk, receiveAll } from '../desk'
import type { Figure } from '../figure'
import { pushesOf } from '../pushes'
import { median } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { withClient } from '../server'
import { ARMED, TERMS } from '../verdicts/armed'

const LIMIT_S = 60
const A_MILLION = 1_000_000
const THREADS = 2
/** Recorded by the worker's own handlers; the others are copies of these under ids of their own. */
const RECORDED_MESSAGES = 10_000
const ROUNDS = 3
/** An organisation without cases. */
const NOBODY = 0

/** A million recorded cases, every strategy tried on them with what was known then; over fewer it is reckoned up. */
export async function backtest(server: BenchServer, { trialCases }: Scale): Promise<Figure[]> {
  const recorded = await recordedCases(server, trialCases)
  try {
    const order = { org: 1, from: 0, to: Number.MAX_SAFE_INTEGER, armed: ARMED, terms: {}, defaultTerms: TERMS }
    const try_ = async (org: number): Promise<{ report: BacktestReport; seconds: number }> => {
      const from = performance.now()
      const report = await backtestInThreads(recorded.url, { ...order, org }, { threads: THREADS })
      return { report, seconds: (performance.now() - from) / 1_000 }
    }
    const seconds: number[] = []
    const beginnings: number[] = []
    let report: BacktestReport | undefined
    for (let round = 0; round < ROUNDS; round++) {
      beginnings.push((await try_(NOBODY)).seconds)
      const tried = await try_(order.org)
      report = tried.report
      seconds.push(tried.seconds)
    }
    const total = report?.total
    if (total?.cases !== trialCases || total.says.approve === 0)
      throw new Error(`of ${trialCases} cases ${total?.cases ?? 0} were tried, and nothing would be done`)
    const beginning = Math.min(median(beginnings), median(seconds))
    const value = beginning + ((median(seconds) - beginning) * A_MILLION) / trialCases
    const begins = `${beginning.toFixed(1)} s of it until the threads have begun`
    const reckoned =
      trialCases === A_MILLION ? [begins] : [`measured over ${trialCases} cases, reckoned up to a million; ${begins}`]
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
          ...reckoned,
          `${ROUNDS} rounds: ${seconds.map((s) => s.toFixed(1)).join(', ')} s; ${THREADS} threads; ${total.looks} looks at ${ARMED.length} strategies`,
          `would approve ${total.says.approve}, is unsure of ${total.says.unsure}, leaves ${total.says.leave}`,
        ],
      },
    ]
  } finally {
    await recorded.drop()
  }
}

async function recordedCases(server: BenchServer, cases: number): Promise<BenchDatabase> {
  const recorded = await server.migrated()
  const desk = await openDesk(recorded.url)
  await desk.take(pushesOf(RECORDED_MESSAGES, SHOPS))
  await receiveAll(desk)
  await desk.close()
  await withClient(recorded.url, async (client) => {
    await client.query('SET synchronous_commit = off')
    // The desk works through its inbox in one evening; cases are recorded while they are told.
    await client.query('UPDATE event e SET recorded_at = m.received_at FROM message m WHERE m.id = e.message_id')
    const { rows } = await client.query<{ n: number }>('SELECT count(*)::int AS n FROM stream')
    const times = Math.ceil(cases / (rows[0]?.n ?? 1))
    await client.query('CREATE TEMP TABLE original AS SELECT id FROM stream')
    for (let copy = 1; copy < times; copy++) {
      await client.query(COPY_STREAMS, [copy])
      await client.query(COPY_EVENTS, [copy])
    }
    await client.query(TOO_MANY, [cases])
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

const TOO_MANY = `CREATE TEMP TABLE surplus AS SELECT id FROM stream ORDER BY id OFFSET $1`
