/** A row of every table for an organisation, made from the catalogue: a new table or column needs no line here. */
import type { DataSource } from 'typeorm'

interface Column {
  readonly name: string
  readonly type: string
}

/** Columns that have to be given: the others have a default, or may be null. */
const WANTED = `
  SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
    AND ((attnotnull AND NOT atthasdef) OR attname = 'org') ORDER BY attnum`

/** Identity columns that are the organisation itself. */
const OWN_ID: Readonly<Record<string, string>> = { organisation: 'OVERRIDING SYSTEM VALUE' }

export async function addRow(database: DataSource, table: string, org: number, n: number): Promise<void> {
  const columns = await database.query<Column[]>(WANTED, [table])
  const own = OWN_ID[table]
  const given = [...(own === undefined ? [] : [{ name: 'id', type: 'integer' }]), ...columns]
  const values = given.map((column) => valueOf(table, column, org, n, own !== undefined))
  await database.transaction(async (manager) => {
    // Rows that other tables would have to have are not asked for, and no trigger writes.
    await manager.query(`SET LOCAL session_replication_role = 'replica'`)
    await manager.query(
      `INSERT INTO "${table}" (${given.map(({ name }) => `"${name}"`).join(', ')}) ${own ?? ''}
       VALUES (${given.map(({ type }, i) => `$${i + 1}::${type}`).join(', ')})`,
      values,
    )
  })
}

function valueOf(table: string, { name, type }: Column, org: number, n: number, isOwn: boolean): unknown {
  if (name === 'org' || (isOwn && name === 'id')) return org
  if (name === 'headers') return JSON.stringify({ ce_source: `/shouhou/organisations/${org}` })
  switch (type) {
    case 'uuid':
      return `00000000-0000-0000-${String(org).padStart(4, '0')}-${String(n).padStart(12, '0')}`
    case 'bytea':
      return Buffer.from(`${table} ${org} ${n}`)
    case 'json':
    case 'jsonb':
      return '{}'
    case 'boolean':
      return true
    case 'text':
      return `${table} ${org} ${n}`
    case 'date':
      return '2026-11-11'
    default:
      return type.endsWith('[]') ? '{}' : type.startsWith('timestamp') ? '2026-11-11T00:00:00Z' : org * 10 + n
  }
}

/** What a column may hold does not matter to who sees the row. */
export async function dropChecks(database: DataSource): Promise<void> {
  const checks = await database.query<{ sql: string }[]>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql FROM pg_constraint
     WHERE contype = 'c' AND conrelid <> 0 AND connamespace = current_schema()::regnamespace`,
  )
  for (const { sql } of checks) await database.query(sql)
}
