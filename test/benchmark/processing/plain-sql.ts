/**
 * What a careful person writes by hand when every value is known beforehand: one statement a table, one JSON parameter
 * a statement, one transaction a batch. No model, no messages to open, nothing to load.
 */
import { Client } from 'pg'
import { keyOf } from '../server'
import type { RecordedBatch } from './recording'

/** How a batch takes what it works on: so many rows of this table. */
export interface Claiming {
  readonly table: 'pending' | 'timer'
  readonly sql: string
  values(count: number): unknown[]
}

const MESSAGES: Claiming = {
  table: 'pending',
  sql: `DELETE FROM pending WHERE message_id IN (
    SELECT message_id FROM pending WHERE not_before <= $2 ORDER BY message_id LIMIT $1 FOR UPDATE SKIP LOCKED
  ) RETURNING message_id`,
  values: (count) => [count, 0],
}

interface Written {
  readonly name: string
  /** What becomes of a row that is there: replaced, never met, or counted on. */
  readonly met: 'replaced' | 'never' | 'counted'
  /** Given by the database. */
  readonly given?: readonly string[]
}

interface Table extends Written {
  readonly key: readonly string[]
}

/** In the order in which they are written: whoever has locked the streams meets nobody afterwards. */
const TABLES: readonly Written[] = [
  { name: 'stream', met: 'replaced' },
  { name: 'event', met: 'never' },
  { name: 'timer', met: 'replaced' },
  { name: 'queue_row', met: 'replaced' },
  { name: 'queue_count', met: 'counted' },
  { name: 'case_search', met: 'replaced' },
  { name: 'parcel_case', met: 'replaced' },
  { name: 'outgoing', met: 'never', given: ['tx', 'position'] },
  { name: 'reading', met: 'replaced' },
  { name: 'pull_cursor', met: 'replaced' },
]

function insertion({ name, key, met, given = [] }: Table, columns: readonly string[], shard: number): string {
  const told = columns.filter((column) => !given.includes(column))
  const values = told.map((column) => (column === 'shard' ? String(shard) : column))
  const order = met === 'never' ? '' : ` ORDER BY ${key.join(', ')}`
  const moved = told.filter((column) => !key.includes(column))
  const update =
    met === 'counted' ? 'n = old.n + excluded.n' : moved.map((column) => `${column} = excluded.${column}`).join(', ')
  const conflict =
    met === 'never' ? '' : ` ON CONFLICT (${key.join(', ')}) DO ${update === '' ? 'NOTHING' : `UPDATE SET ${update}`}`
  return `INSERT INTO ${name} AS old (${told.join(', ')})
    SELECT ${values.join(', ')} FROM json_populate_recordset(NULL::${name}, $1)${order}${conflict}`
}

const removal = ({ name, key }: Table): string =>
  `DELETE FROM ${name} t USING json_populate_recordset(NULL::${name}, $1) r WHERE ${key.map((k) => `t.${k} = r.${k}`).join(' AND ')}`

/** Writes the recorded batches over so many connections; answers how many messages (or timers) were taken. */
export async function replay(
  url: string,
  batches: readonly RecordedBatch[],
  connections: number,
  claiming: Claiming = MESSAGES,
): Promise<number> {
  const queue = [...batches]
  const lane = async (shard: number): Promise<number> => {
    const client = new Client({ connectionString: url })
    await client.connect()
    let taken = 0
    try {
      const tables: Table[] = []
      for (const table of TABLES) tables.push({ ...table, key: await keyOf(client, table.name) })
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
        const claimed = await write(client, tables, batch, shard, claiming)
        taken += claimed
      }
    } finally {
      await client.end()
    }
    return taken
  }
  const totals = await Promise.all(Array.from({ length: connections }, (_, shard) => lane(shard)))
  return totals.reduce((sum, n) => sum + n, 0)
}

async function write(
  client: Client,
  tables: readonly Table[],
  { gone, set }: RecordedBatch,
  shard: number,
  claiming: Claiming,
): Promise<number> {
  await client.query('BEGIN')
  const taken = await client.query(claiming.sql, claiming.values(gone[claiming.table]?.length ?? 0))
  for (const table of tables) {
    const leaving = table.name === claiming.table ? undefined : gone[table.name]
    if (leaving !== undefined) await client.query(removal(table), [JSON.stringify(leaving)])
    const rows = set[table.name]
    const [first] = rows ?? []
    if (first !== undefined) await client.query(insertion(table, Object.keys(first), shard), [JSON.stringify(rows)])
  }
  await client.query('COMMIT')
  return taken.rowCount ?? 0
}
