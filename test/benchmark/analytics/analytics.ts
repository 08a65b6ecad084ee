import type { CatalogueName } from '#analytics'
import { FollowCases, checkpointOf, queryMetric } from '#analytics'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox } from '../processing/processing'
import { generatePushes } from '../pushes'
import { measureMs, percentile } from '../rounds'
import type { Scale } from '../scale'
import { seededRandom } from '../seeded-random'
import type { BenchServer } from '../server'
import { seedCells } from './seed-cells'

const QUERY_LIMIT_MS = 200
const COST_LIMIT = 0.1
const UNTIL = '2026-11-30'
const YEAR = { from: '2025-12-01', to: '2026-12-01' }
const ASKED: readonly CatalogueName[] = [
  'cases',
  'asked_fen',
  'refunded_fen',
  'dispute_refund_rate',
  'intervention_rate',
  'auto_decided_share',
]
const DIMENSIONS = [
  undefined,
  'store',
  'kind',
  'reason_first',
  'outcome',
  'decided_by',
  'strategy',
  'products',
] as const

/** Figures over a year by day, and what keeping them costs beside processing. */
export async function analytics(server: BenchServer, scale: Scale): Promise<Figure[]> {
  return [await querying(server, scale), await following(server, scale)]
}

async function querying(server: BenchServer, scale: Scale): Promise<Figure> {
  const fresh = await server.migrated()
  const worker = await openWorker(fresh.url)
  try {
    const { database, org } = worker
    const stores = Array.from({ length: scale.cases < 1_000_000 ? 1 : 4 }, (_, i) => i + 1)
    const cells = await seedCells(database, { org, stores: stores.length, products: 20, until: UNTIL, days: 365 })
    const chance = seededRandom(7)
    const times: number[] = []
    for (let i = -20; i < scale.questions; i++) {
      const ms = await measureMs(async () =>
        queryMetric(
          database,
          { ...requestOf(chance.pick(ASKED), chance.pick(DIMENSIONS)), org, stores },
          await checkpointOf(database, org),
        ),
      )
      if (i >= 0) times.push(ms)
    }
    const p95 = percentile(times, 0.95)
    return {
      figure: 'a metric by day over 12 months, by any dimension, p95',
      value: p95,
      unit: 'ms',
      against: 'limit',
      peer: QUERY_LIMIT_MS,
      ratio: QUERY_LIMIT_MS / p95,
      atLeast: 1,
      remarks: [
        `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${percentile(times, 0.99).toFixed(1)} ms of ${times.length} queries`,
        `${cells} cells of ${stores.length} stores and 20 products; the number of cells, not of cases, decides`,
      ],
    }
  } finally {
    await worker.close()
    await fresh.drop()
  }
}

const requestOf = (metric: CatalogueName, dimension: string | undefined) => ({
  metric,
  ...YEAR,
  grain: 'day' as const,
  ...(dimension === undefined ? {} : { dimension }),
})

async function following(server: BenchServer, scale: Scale): Promise<Figure> {
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const worker = await openWorker(inbox.url)
  try {
    const { database, org } = worker
    const receiving = await measureMs(() => receiveAll(worker))
    const follow = new FollowCases(database)
    const batches: number[] = []
    let cases = 0
    for (let changed = -1; changed !== 0; cases += Math.max(0, changed))
      batches.push(await measureMs(async () => void (changed = await follow.next(Date.now(), [org]))))
    const rolling = batches.reduce((sum, ms) => sum + ms, 0)
    return {
      figure: 'facts and roll-ups of all cases, as a share of the time of processing them',
      value: rolling / receiving,
      unit: 'of it',
      against: 'limit',
      peer: COST_LIMIT,
      ratio: (COST_LIMIT * receiving) / rolling,
      atLeast: 1,
      remarks: [
        `${cases} cases in ${Math.round(rolling)} ms after ${scale.messages} messages in ${Math.round(receiving)} ms, one after the other`,
        `a batch of ${follow.batch} cases: p95 ${percentile(batches, 0.95).toFixed(0)} ms, which adds to the pause of the loop`,
        'not measured here: the delay while both run at full load',
      ],
    }
  } finally {
    await worker.close()
    await inbox.drop()
  }
}
