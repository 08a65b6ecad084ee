import { untilStreamsReadable } from '../../test/follow'
import { HistoryWriter } from '../../test/history-writer'
import { casesFromEvents } from '../../test/recomputed'
import { RecomputedMeasures } from '../../test/recomputed-metrics'
import { useTestDatabase } from '../../../../test/postgres/test-database'
import { dimensionsOf } from '../catalogue/dimensions'
import { metricSql } from '../catalogue/metric-sql'
import type { CatalogueName } from '../catalogue/metrics'
import { CATALOGUE_NAMES, metricNamed } from '../catalogue/metrics'
import { FollowCases } from '../roll-ups/follow-cases'
import type { MetricRow } from './query-metric'
import { queryMetric } from './query-metric'

const db = useTestDatabase()
const STORES = [1, 2, 3, 4]
const RANGE = { from: '2026-08-25', to: '2026-11-10' }
const FOLLOWED = Date.UTC(2026, 11, 1)
let recomputed: RecomputedMeasures

beforeAll(async () => {
  const writer = new HistoryWriter(db.database, 20_261_130)
  for (let i = 0; i < 15; i++) await writer.writeBatch(0, 200, 100)
  await untilStreamsReadable(db.database)
  const follow = new FollowCases(db.database)
  while ((await follow.next(FOLLOWED, [1, 2])) > 0);
  recomputed = new RecomputedMeasures((await casesFromEvents(db.database)).filter(({ org }) => org === 1))
})

const rowsOf = async (metric: CatalogueName, dimension?: string): Promise<readonly MetricRow[]> => {
  const divided = dimension === undefined ? {} : { dimension }
  const request = { metric, org: 1, stores: STORES, ...RANGE, grain: 'day', ...divided } as const
  return (await queryMetric(db.database, request, { asOf: FOLLOWED })).rows
}

const every = CATALOGUE_NAMES.flatMap((name) =>
  [undefined, ...dimensionsOf(metricNamed(name))].map((dimension) => ({ name, dimension })),
)

describe('the metrics of random histories', () => {
  it.each(every)('$name by $dimension equals what is counted case by case', async ({ name, dimension }) => {
    const rows = await rowsOf(name, dimension)
    const wrong = rows.filter(({ period, member, numerator, denominator, value }) => {
      const exact = recomputed.valueOf(metricNamed(name), period, dimension, member)
      return JSON.stringify([numerator, denominator, value]) !== JSON.stringify(exact)
    })
    expect(wrong).toEqual([])
    if (dimension === undefined) expect(rows).toHaveLength(77)
  })

  it.each(CATALOGUE_NAMES)('%s by its SQL is the same on every day that has rows', async (name) => {
    const answer = new Map((await rowsOf(name)).map(({ period, value }) => [period, value]))
    const found = await db.database.query<{ day: string; value: number | null }[]>(
      `SELECT day::text AS day, value::float8 AS value FROM (${metricSql(metricNamed(name)).replace('FROM measure_day WHERE', 'FROM measure_day WHERE org = 1 AND')}) AS m
       WHERE day >= $1 AND day < $2`,
      [RANGE.from, RANGE.to],
    )
    expect(found.length).toBeGreaterThan(0)
    for (const { day, value } of found) expect([day, value]).toEqual([day, answer.get(day)])
  })
})
