import { rowsOf, useTestDatabase } from '../../../../test/postgres/test-database'
import { MEASURES } from '../catalogue/measures'
import type { Measure } from '../catalogue/measure'
import { ALL_FACT_TABLES, FACT_TABLES } from './fact-tables'

const db = useTestDatabase()

const columnsOf = async (table: string): Promise<Readonly<Record<string, string>>> =>
  Object.fromEntries(
    (
      await rowsOf<{ name: string; type: string }>(
        db,
        `SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
         WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
        [table],
      )
    ).map(({ name, type }) => [name, type === 'integer' ? 'int' : type]),
  )

describe('a table of facts', () => {
  it.each(ALL_FACT_TABLES)('$name has the columns that are declared, of their types', async ({ name, columns }) => {
    const declared = Object.fromEntries(Object.entries(columns).map(([column, { type }]) => [column, type]))
    expect(await columnsOf(name)).toEqual(declared)
  })

  it.each(ALL_FACT_TABLES)('$name says in two languages what each column is', ({ columns }) => {
    for (const { zh, en } of Object.values(columns)) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/^[\x20-\x7e’]+$/)
    }
  })

  it.each(Object.entries<Measure>(MEASURES))('the measure %s names columns that exist', (_name, measure) => {
    const { columns } = FACT_TABLES[measure.source]
    const { day, where = [], sum, histogram } = measure
    const used = [day, ...where.map(({ column }) => column), ...[sum, histogram].flatMap((one) => one ?? [])]
    expect(used.filter((column) => !Object.hasOwn(columns, column))).toEqual([])
    expect(columns[day]?.type).toBe('date')
  })
})
