import { ALL_MEASURES } from '../catalogue/measures'
import type { Measure } from '../catalogue/measure'
import { conditionsSql } from '../catalogue/measure'
import type { FactTable } from '../facts/fact-tables'

/** The columns that identify a cell of the roll-ups, in the order of its key. */
export const CELL_KEY = [
  'org',
  'measure',
  'dimension',
  'day',
  'store',
  'marketplace',
  'kind',
  'value',
  'bucket',
] as const

/** The dimension of figures that are not divided further. */
export const UNDIVIDED = 'all'
/** The value of a dimension where a row has none. */
export const NO_VALUE = 'unknown'

/**
 * SQL for what the rows of a relation add to the roll-ups: `(org, measure, …, bucket, n)`, one row for each measure and each
 * dimension that a fact has. It is generated from the catalogue, and the only place that says what is added up.
 * @param sign `-1`: what they took with them when they are removed
 */
export const cellsSql = (table: FactTable, relation: string, sign: 1 | -1): string => `
  SELECT f.org, m.measure, d.dimension, m.day, f.store, f.marketplace, f.kind, d.value, m.bucket, ${sign} * m.n AS n
  FROM ${relation} AS f
  CROSS JOIN LATERAL (VALUES ${measuresOf(table).join(',\n    ')}) AS m(measure, day, bucket, n)
  CROSS JOIN LATERAL (${dimensionsOf(table)}) AS d(dimension, value)
  WHERE m.day IS NOT NULL AND m.bucket IS NOT NULL AND m.n <> 0`

const measuresOf = ({ source }: FactTable): string[] =>
  ALL_MEASURES.filter(([, measure]) => measure.source === source).map(
    ([name, measure]) =>
      `('${name}', f.${measure.day}, ${measure.histogram === undefined ? '0::smallint' : `f.${measure.histogram}`}, ${amountSql(measure)})`,
  )

/** What one row `f` adds; NULL where it does not count. */
export const amountSql = ({ where = [], sum }: Measure): string =>
  `CASE WHEN ${conditionsSql(where, 'f')} THEN ${sum === undefined ? '1' : `f.${sum}`} END::bigint`

/** A case with several products counts once for each of them; undivided it counts once. */
const dimensionsOf = ({ dimensions, columns }: FactTable): string =>
  [
    `VALUES ('${UNDIVIDED}', '')${dimensions
      .filter((name) => columns[name]?.type === 'text')
      .map((name) => `, ('${name}', coalesce(f.${name}, '${NO_VALUE}'))`)
      .join('')}`,
    ...dimensions
      .filter((name) => columns[name]?.type === 'text[]')
      .map((name) => `SELECT '${name}', unnest(coalesce(nullif(f.${name}, '{}'), '{${NO_VALUE}}'))`),
  ].join(' UNION ALL ')
