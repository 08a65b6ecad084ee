/** A row of every table for an organisation, made from the catalogue: a new table or column needs no line here. */
import type { DataSource } from 'typeorm'

interface Column {
  readonly name: string
  readonly type: string
}

/** Columns that an INSERT has to give, and `org`: the others have a default, or may be null. */
const REQUIRED_COLUMNS = `
  SELECT attname AS name, format_type(atttypid, NULL) AS type FROM pg_attribute
  WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
    AND ((attnotnull AND NOT atthasdef) OR attname = 'org') ORDER BY attnum`

/** Tables whose id is the organisation itself, and what lets an INSERT choose it. */
const ID_IS_ORGANISATION: Readonly<Record<string, string>> = { organisation: 'OVERRIDING SYSTEM VALUE' }

/** Inserts a row of this organisation; `n` makes its keys differ from those of other rows. */
export async function addRow(database: DataSource, table: string, org: number, n: number): Promise<void> {
  const columns = await database.query<Column[]>(REQUIRED_COLUMNS, [table])
  const overriding = ID_IS_ORGANISATION[table]
  const given = [...(overriding === undefined ? [] : [{ name: 'id', type: 'integer' }]), ...columns]
  const values = given.map((column) => valueOf(table, column, org, n, overriding !== undefined))
  await database.transaction(async (manager) => {
    // Foreign keys are not checked and no trigger fires: each row stands alone.
    await manager.query(`SET LOCAL session_replication_role = 'replica'`)
    await manager.query(
      `INSERT INTO "${table}" (${given.map(({ name }) => `"${name}"`).join(', ')}) ${overriding ?? ''}
       VALUES (${given.map(({ type }, i) => `$${i + 1}::${type}`).join(', ')})`,
      values,
    )
  })
}

function valueOf(table: string, { name, type }: Column, org: number, n: number, idIsOrganisation: boolean): unknown {
  if (name === 'org' || (idIsOrganisation && name === 'id')) return org
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

/** Drops all CHECK constraints, which the values of `addRow` would violate; who sees a row does not depend on them. */
export async function dropChecks(database: DataSource): Promise<void> {
  const checks = await database.query<{ sql: string }[]>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql FROM pg_constraint
     WHERE contype = 'c' AND conrelid <> 0 AND connamespace = current_schema()::regnamespace`,
  )
  for (const { sql } of checks) await database.query(sql)
}
