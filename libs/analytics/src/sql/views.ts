/** The views of the schema `analytics`: what people with a database login of their own may read. Generated from facts and measures. */
import { conditionsSql } from '../catalogue/measure'
import { ALL_MEASURES } from '../catalogue/measures'
import type { FactColumn } from '../facts/column'
import { ALL_FACT_TABLES, FACT_TABLES } from '../facts/fact-tables'
import type { FactSource } from '../facts/fact-tables'
import { UNDIVIDED } from '../roll-ups/cells-sql'

export interface ViewColumn {
  readonly name: string
  /** Over the row `f` of the table. */
  readonly sql: string
  /** Chinese, then English: tools that read comments show it beside the column. */
  readonly comment: string
}

export interface View {
  readonly name: string
  readonly comment: string
  readonly columns: readonly ViewColumn[]
  readonly from: string
}

const NAMES: Readonly<Record<FactSource, readonly [name: string, comment: string]>> = {
  case: ['cases', '每行一张售后单 / one row a case'],
  action: ['actions', '每行一个操作 / one row an action that a person or a strategy requested'],
  appeal: ['appeals', '每行一个申诉项 / one row an item of an appeal'],
  deadline: ['deadlines', '每行一个已过的时限 / one row a deadline that passed'],
}

const termOf = ({ zh, en }: Pick<FactColumn, 'zh' | 'en'>): string => `${zh} / ${en}`

/** An instant as a timestamp; fen also as yuan, since people would sum fen and read yuan. */
function columnsOf([name, column]: readonly [string, FactColumn]): ViewColumn[] {
  const comment = termOf(column)
  switch (column.reading) {
    case 'inner':
      return []
    case 'instant':
      return [{ name, sql: `to_timestamp(f.${name} / 1000.0)`, comment }]
    case 'money':
      return [{ name, sql: `f.${name}`, comment: `${comment} (fen)` }, yuanOf(name, `f.${name}`, comment)]
    default:
      return [{ name, sql: `f.${name}`, comment }]
  }
}

const yuanOf = (fen: string, sql: string, comment: string): ViewColumn => ({
  name: fen.replace(/_fen$/, '_yuan'),
  sql: `(${sql} / 100.0)::numeric(16, 2)`,
  comment: `${comment} (yuan)`,
})

const FACT_VIEWS: readonly View[] = ALL_FACT_TABLES.map(({ source, name, columns }) => ({
  name: NAMES[source][0],
  comment: NAMES[source][1],
  columns: Object.entries(columns).flatMap(columnsOf),
  from: `${name} AS f`,
}))

const plain = (name: string, comment: string): ViewColumn => ({ name, sql: `f.${name}`, comment })
const OF_DAY = [
  plain('day', '日（Asia/Shanghai） / day in Asia/Shanghai'),
  plain('store', '店铺编号 / our number of the store'),
  plain('marketplace', '平台 / marketplace'),
  plain('kind', '售后类型 / kind'),
]

const SUMS = ALL_MEASURES.filter(([, { histogram }]) => histogram === undefined).flatMap(
  ([name, { source, day, where = [] }]): ViewColumn[] => {
    const sql = `coalesce(sum(f.n) FILTER (WHERE f.measure = '${name}'), 0)`
    const columns: Readonly<Record<string, FactColumn>> = FACT_TABLES[source].columns
    const counted = columns[day]
    const comment = `${counted === undefined ? day : termOf(counted)}; ${NAMES[source][0]}: ${conditionsSql(where, NAMES[source][0])}`
    return name.endsWith('_fen')
      ? [{ name, sql: `${sql}::bigint`, comment: `${comment} (fen)` }, yuanOf(name, sql, comment)]
      : [{ name, sql: `${sql}::bigint`, comment }]
  },
)

/** One row a day, store, marketplace and kind, with everything that adds up. */
const DAYS: View = {
  name: 'days',
  comment: '每行一天、一店、一平台、一类型 / one row a day, store, marketplace and kind; sums add up over all of them',
  columns: [...OF_DAY, ...SUMS],
  from: `measure_day AS f WHERE f.dimension = '${UNDIVIDED}' GROUP BY f.day, f.store, f.marketplace, f.kind`,
}

/** With the name and the columns of the table, so that the SQL of the catalogue runs as it is. */
const MEASURE_DAY: View = {
  name: 'measure_day',
  comment: '指标目录的 SQL 所用的汇总 / the sums that the SQL of the catalogue of metrics reads',
  columns: [
    ...OF_DAY,
    plain('measure', '累加项 / what is added up'),
    plain('dimension', `维度；${UNDIVIDED} 为不分 / dimension; ${UNDIVIDED}: undivided`),
    plain('value', '维度取值 / value of the dimension'),
    plain('bucket', '时长分桶；其他为 0 / bucket of a duration; else 0'),
    plain('n', '数量或金额（分） / count, or fen'),
  ],
  from: 'measure_day AS f',
}

const FRESHNESS: View = {
  name: 'freshness',
  comment: '数据截至与日志位置 / up to when the cases were followed',
  columns: [
    { name: 'as_of', sql: 'to_timestamp(f.caught_up_at / 1000.0)', comment: '数据截至 / up to when' },
    { name: 'position', sql: `f.tx::text || '/' || f.stream`, comment: '日志位置 / position of the log' },
  ],
  from: 'analytics_checkpoint AS f',
}

export const VIEWS: readonly View[] = [...FACT_VIEWS, DAYS, MEASURE_DAY, FRESHNESS]
