import type { DataSource } from 'typeorm'

export interface CellsSize {
  readonly org: number
  readonly stores: number
  readonly products: number
  /** The last of so many days. */
  readonly until: string
  readonly days: number
}

/** Measures of one case that has ended: what a figure of the bench asks for, and as many others beside it. */
export const SEEDED_MEASURES = [
  'cases',
  'asked_fen',
  'refunded_fen',
  'dispute_refunds',
  'interventions',
  'interventions_known',
  'interventions_unknown',
  'decided_by_strategy',
  'decided_by_us',
  'cases_finished',
]

/** Fills the roll-ups as a year of a large merchant leaves them: a cell for each day, store, kind, measure and value. */
export async function seedCells(database: DataSource, size: CellsSize): Promise<number> {
  const { org, stores, products, until, days } = size
  for (const measure of SEEDED_MEASURES) await database.query(CELLS, [org, [measure], until, days, stores, products])
  await database.query('VACUUM (ANALYZE) measure_day')
  await database.query(
    `INSERT INTO analytics_checkpoint (org, caught_up_at) VALUES ($1, extract(epoch FROM $2::date + 1)::bigint * 1000)`,
    [org, until],
  )
  const [row] = await database.query<{ n: number }[]>('SELECT count(*)::int AS n FROM measure_day')
  return row?.n ?? 0
}

const CELLS = `
  INSERT INTO measure_day (org, measure, dimension, day, store, marketplace, kind, value, bucket, n)
  SELECT $1::int, measure, dimension, $3::date - back, store, 'mart', kind, CASE WHEN dimension = 'all' THEN '' ELSE dimension || value END, 0,
    1 + (back * 7 + store * 3 + value) % 40
  FROM unnest($2::text[]) AS measure, generate_series(0, $4::int - 1) AS back, generate_series(1, $5::int) AS store,
    unnest('{refund-only,return-and-refund,exchange}'::text[]) AS kind,
    (VALUES ('all', 1), ('reason_first', 7), ('outcome', 6), ('decided_by', 5), ('strategy', 4), ('products', $6::int)) AS d(dimension, many),
    generate_series(1, many) AS value`
