/**
 * The fastest reasonable SQL when every value is known beforehand: one statement per table, one JSON parameter per
 * statement, one transaction per batch. No model, no decryption, nothing to load.
 */
import { Client } from 'pg'
import { primaryKeyOf } from '../server'
import type { RecordedBatch } from './recorded-batches'

/** The statement by which a batch claims its work: `count` rows of this table. */
export interface ClaimStatement {
  readonly table: 'pending' | 'timer'
  readonly sql: string
  values(count: number): unknown[]
}

const CLAIM_MESSAGES: ClaimStatement = {
  table: 'pending',
  sql: `DELETE FROM pending WHERE message_id IN (
    SELECT message_id FROM pending WHERE not_before <= $2 ORDER BY message_id LIMIT $1 FOR UPDATE SKIP LOCKED
  ) RETURNING message_id`,
  values: (count) => [count, 0],
}

interface TableSpec {
  readonly name: string
  /** What happens to an existing row: it is replaced, cannot exist, or its count is increased. */
  readonly onConflict: 'replace' | 'none' | 'add'
  /** Columns that the database fills. */
  readonly generated?: readonly string[]
}

interface Table extends TableSpec {
  readonly key: readonly string[]
}

/** In the order in which they are written. Streams come first: their row locks keep two batches from meeting in later tables. */
const TABLES: readonly TableSpec[] = [
  { name: 'stream', onConflict: 'replace' },
  { name: 'event', onConflict: 'none' },
  { name: 'timer', onConflict: 'replace' },
  { name: 'queue_row', onConflict: 'replace' },
  { name: 'queue_count', onConflict: 'add' },
  { name: 'case_search', onConflict: 'replace' },
  { name: 'parcel_case', onConflict: 'replace' },
  { name: 'outgoing', onConflict: 'none', generated: ['tx', 'position'] },
  { name: 'reading', onConflict: 'replace' },
  { name: 'pull_cursor', onConflict: 'replace' },
]

function insertSql(
  { name, key, onConflict, generated = [] }: Table,
  columns: readonly string[],
  shard: number,
): string {
  const writtenColumns = columns.filter((column) => !generated.includes(column))
  const values = writtenColumns.map((column) => (column === 'shard' ? String(shard) : column))
  const order = onConflict === 'none' ? '' : ` ORDER BY ${key.join(', ')}`
  const updatedColumns = writtenColumns.filter((column) => !key.includes(column))
  const update =
    onConflict === 'add'
      ? 'n = old.n + excluded.n'
      : updatedColumns.map((column) => `${column} = excluded.${column}`).join(', ')
  const conflict =
    onConflict === 'none'
      ? ''
      : ` ON CONFLICT (${key.join(', ')}) DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`
  return `INSERT INTO ${name} AS old (${writtenColumns.join(', ')})
    SELECT ${values.join(', ')} FROM json_populate_recordset(NULL::${name}, $1)${order}${conflict}`
}

const deleteSql = ({ name, key }: Table): string =>
  `DELETE FROM ${name} t USING json_populate_recordset(NULL::${name}, $1) r WHERE ${key.map((k) => `t.${k} = r.${k}`).join(' AND ')}`

/** Writes the recorded batches over `connections` connections; returns the number of claimed messages (or timers). */
export async function writeRecordedBatches(
  url: string,
  batches: readonly RecordedBatch[],
  connections: number,
  claimStatement: ClaimStatement = CLAIM_MESSAGES,
): Promise<number> {
  const queue = [...batches]
  const writeInLane = async (shard: number): Promise<number> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    let claimedRows = 0
    try {
      const tables: Table[] = []
      for (const table of TABLES) tables.push({ ...table, key: await primaryKeyOf(client, table.name) })
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
        const claimed = await writeBatch(client, tables, batch, shard, claimStatement)
        claimedRows += claimed
      }
    } finally {
      await client.end()
    }
    return claimedRows
  }
  const totals = await Promise.all(Array.from({ length: connections }, (_, shard) => writeInLane(shard)))
  return totals.reduce((sum, n) => sum + n, 0)
}

async function writeBatch(
  client: Client,
  tables: readonly Table[],
  { deletedRows: gone, writtenRows: set }: RecordedBatch,
  shard: number,
  claimStatement: ClaimStatement,
): Promise<number> {
  await client.query('BEGIN')
  const claimedRows = await client.query(
    claimStatement.sql,
    claimStatement.values(gone[claimStatement.table]?.length ?? 0),
  )
  for (const table of tables) {
    const deleted = table.name === claimStatement.table ? undefined : gone[table.name]
    if (deleted !== undefined) await client.query(deleteSql(table), [JSON.stringify(deleted)])
    const rows = set[table.name]
    const [first] = rows ?? []
    if (first !== undefined) await client.query(insertSql(table, Object.keys(first), shard), [JSON.stringify(rows)])
  }
  await client.query('COMMIT')
  return claimedRows.rowCount ?? 0
}
