/**
 * The same figures by another way: every event is read back, cases are folded, and facts are added up in memory. Nothing here uses
 * the SQL that the roll-ups are made with.
 */
import type { DataSource } from 'typeorm'
import type { CaseEvent } from '#after-sale'
import { fold } from '#after-sale'
import type { FactCondition, Measure } from '../src/catalogue/measure'
import { ALL_MEASURES } from '../src/catalogue/measures'
import type { FactSubject } from '../src/facts/case-fact'
import type { FactRow, FactValue } from '../src/facts/column'
import { FACT_TABLES } from '../src/facts/fact-tables'

interface EventRow {
  readonly stream: string
  readonly org: number
  readonly store: number
  readonly type: string
  readonly body: object
}

/** The cases, folded from all events. */
export async function casesFromEvents(database: DataSource): Promise<readonly FactSubject[]> {
  const rows = await database.query<EventRow[]>(
    `SELECT e.stream, e.org, s.store, e.type, e.body FROM event e JOIN stream s ON s.id = e.stream ORDER BY e.stream, e.version`,
  )
  const byCase = new Map<string, EventRow[]>()
  for (const row of rows) byCase.set(row.stream, [...(byCase.get(row.stream) ?? []), row])
  return [...byCase].flatMap(([id, events]) => {
    const afterSale = fold(events.map(({ type, body }) => ({ type, ...body }) as CaseEvent))
    const [first] = events
    return afterSale === undefined || first === undefined ? [] : [{ id, org: first.org, store: first.store, afterSale }]
  })
}

function holds(row: FactRow, condition: FactCondition): boolean {
  const value = row[condition.column]
  if ('equals' in condition) return value === condition.equals
  if (condition.is === 'known') return value !== null
  return condition.is === 'unknown' ? value === null : value === condition.is
}

const valuesOf = (value: FactValue | undefined): readonly string[] =>
  Array.isArray(value) ? (value.length === 0 ? ['unknown'] : (value as string[])) : [String(value ?? 'unknown')]

/** What one row adds to a measure; `undefined`: nothing. */
export function amountOf(row: FactRow, { day, where = [], sum, histogram }: Measure): number | undefined {
  const counted = row[day] !== null && where.every((condition) => holds(row, condition))
  if (!counted || (histogram !== undefined && row[histogram] === null)) return undefined
  const amount = sum === undefined ? 1 : row[sum]
  return typeof amount === 'number' && amount !== 0 ? amount : undefined
}

/** The roll-ups that these cases add up to, as text lines `org|measure|…|bucket` with their sum. */
export function cellsOf(cases: readonly FactSubject[]): ReadonlyMap<string, number> {
  const cells = new Map<string, number>()
  for (const subject of cases)
    for (const [name, measure] of ALL_MEASURES) {
      const table = FACT_TABLES[measure.source]
      for (const row of table.rowsOf(subject)) {
        const amount = amountOf(row, measure)
        if (amount === undefined) continue
        const bucket = measure.histogram === undefined ? 0 : row[measure.histogram]
        const divided = [['all', ['']] as const, ...table.dimensions.map((one) => [one, valuesOf(row[one])] as const)]
        for (const [dimension, values] of divided)
          for (const value of values) {
            const key = [
              row['org'],
              name,
              dimension,
              row[measure.day],
              row['store'],
              row['marketplace'],
              row['kind'],
              value,
              bucket,
            ].join('|')
            cells.set(key, (cells.get(key) ?? 0) + amount)
          }
      }
    }
  return new Map([...cells].filter(([, n]) => n !== 0))
}

/** The roll-ups as they are kept. */
export async function keptCells(database: DataSource): Promise<ReadonlyMap<string, number>> {
  const rows = await database.query<{ key: string; n: number }[]>(
    `SELECT concat_ws('|', org, measure, dimension, day, store, marketplace, kind, value, bucket) AS key, n FROM measure_day`,
  )
  return new Map(rows.map(({ key, n }) => [key, n]))
}

/** Both sides as sorted lines, for a readable difference. */
export const linesOf = (cells: ReadonlyMap<string, number>): readonly string[] =>
  [...cells].map(([key, n]) => `${key} = ${n}`).sort()
