import type { DataSource } from 'typeorm'

type Table =
  | 'message'
  | 'pending'
  | 'event'
  | 'stream'
  | 'outgoing'
  | 'timer'
  | 'reading'
  | 'quarantine'
  | 'queue_row'
  | 'look_again'

export async function countRows(database: DataSource, table: Table): Promise<number> {
  const [row] = await database.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`)
  return row?.n ?? -1
}
