/** Compares the entities with the tables that the migrations made: a change of only one of the two fails here. */
import type { EntityMetadata } from 'typeorm'
import { useTestDatabase, rowsOf } from '../../../test/postgres/test-database'
import * as ledgers from './index'

const db = useTestDatabase(2)

/** One column, as PostgreSQL names its parts. */
interface TableColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly primary: boolean
  /** The server numbers the rows (GENERATED ALWAYS AS IDENTITY). */
  readonly numbered: boolean
}

const COLUMNS = `
  SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
    a.attidentity = 'a' AS numbered, coalesce(a.attnum = ANY (i.indkey), false) AS primary
  FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
  WHERE a.attrelid = $1::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attname`

const FULL_NAMES: Readonly<Record<string, string>> = { int: 'integer', timestamptz: 'timestamp with time zone' }

function columnsOf({ columns }: Pick<EntityMetadata, 'columns'>): TableColumn[] {
  return columns
    .map((column) => {
      const type = String(column.type)
      return {
        name: column.databaseName,
        type: `${FULL_NAMES[type] ?? type}${column.isArray ? '[]' : ''}`,
        nullable: column.isNullable,
        primary: column.isPrimary,
        numbered: column.generatedIdentity === 'ALWAYS',
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

const ENTITIES = Object.entries(ledgers).flatMap(([name, value]) => (name.endsWith('Entity') ? [value] : []))

describe('the entities', () => {
  it.each(ENTITIES.map((entity) => [(entity as { name: string }).name, entity]))(
    '%s has the columns of its table, with their types',
    async (_, entity) => {
      const metadata = db.database.getMetadata(entity as never)
      expect(columnsOf(metadata)).toEqual(await rowsOf<TableColumn>(db, COLUMNS, [metadata.tableName]))
    },
  )

  it('are all loaded, each for a table of its own', () => {
    const tables = db.database.entityMetadatas.map(({ tableName }) => tableName).sort()
    expect(tables).toEqual(expect.arrayContaining(['arming', 'evidence_piece', 'store_terms', 'strategy', 'trial']))
    expect(new Set(tables).size).toBe(tables.length)
    expect(ENTITIES).toHaveLength(10)
  })

  it.each<[string, object]>([
    ['an additional column', { databaseName: 'zeal', type: 'text', isNullable: false }],
    ['another type', { databaseName: 'name', type: 'int' }],
    ['another nullability', { databaseName: 'name', type: 'text', isNullable: true }],
  ])('are found to differ from their table by %s', async (_, difference) => {
    const { columns, tableName } = db.database.getMetadata(ledgers.StrategyEntity)
    const otherColumns = columns.filter(
      ({ databaseName }) => databaseName !== (difference as (typeof columns)[number]).databaseName,
    )
    const drifting = {
      columns: [...otherColumns, { isArray: false, isPrimary: false, ...difference } as (typeof columns)[number]],
    }
    expect(columnsOf(drifting)).not.toEqual(await rowsOf<TableColumn>(db, COLUMNS, [tableName]))
  })

  it('read numbers and documents as they were written, with unstorable characters replaced', async () => {
    const strategies = db.database.getRepository(ledgers.StrategyEntity)
    const at = Number.MAX_SAFE_INTEGER
    const { identifiers } = await strategies.insert({
      org: 1,
      policy: 'p',
      name: '入库退款',
      createdAt: at,
      createdBy: 'lin',
    })
    const [{ id } = { id: 0 }] = identifiers as { id: number }[]
    const version = { strategy: id, version: 1, org: 1, createdAt: 0, createdBy: 'lin' }
    await db.database
      .getRepository(ledgers.StrategyVersionEntity)
      .insert({ ...version, settings: { '1': ['\0', '\ud800'], a: null, zh: '全部' } })
    expect(await strategies.findOneByOrFail({ id })).toMatchObject({ createdAt: at, createdBy: 'lin' })
    expect((await ledgers.versionsOf(db.database, 1, id))[0]).toEqual({
      ...version,
      policy: 'p',
      settings: { '1': ['\ufffd', '\ufffd'], a: null, zh: '全部' },
    })
  })
})
