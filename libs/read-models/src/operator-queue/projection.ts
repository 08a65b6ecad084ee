import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change, Projection } from '#event-store'
import { ids, numbers, prepared, texts, pipelined } from '#event-store'
import type { StoredRow } from './queue-row'
import { rowOf, sameRow } from './queue-row'

/**
 * Keeps the queue's rows and counts. What a row was before is derived from the case before, never read: only rows that
 * look different are written, and the counts move by the difference. One change a case and call.
 */
export const operatorQueue: Projection<AfterSaleCase> = {
  name: 'operator-queue',
  async apply(manager, changes) {
    const rows: QueueRow[] = []
    const tally = new Tally()
    for (const change of changes) {
      const after = rowOf(change.after)
      const before = change.before === undefined ? undefined : rowOf(change.before)
      if (before !== undefined && sameRow(before, after)) continue
      rows.push({ case_id: change.id, org: change.org, store: change.store, updated_at: change.at, ...after })
      if (before?.lane === after.lane && before.kind_number === after.kind_number) continue
      if (before !== undefined) tally.add(change, before, -1)
      tally.add(change, after, 1)
    }
    if (rows.length === 0) return
    const shown = manager.query(
      UPSERT,
      Object.entries(COLUMNS).map(([name, type]) => ARRAY_OF[type](rows, name as Column)),
    )
    await pipelined([shown, tally.write(manager)])
  },
}

/** Differences of the counts, a lane at a time. */
class Tally {
  private readonly lanes = new Map<string, { org: number; store: number; lane: number; kind: number; n: number }>()

  add({ org, store }: Change<AfterSaleCase>, { lane, kind_number: kind }: StoredRow, n: number): void {
    const key = `${store}/${lane}/${kind}`
    const known = this.lanes.get(key)
    if (known === undefined) this.lanes.set(key, { org, store, lane, kind, n })
    else known.n += n
  }

  async write(manager: EntityManager): Promise<void> {
    const moved = [...this.lanes.values()].filter(({ n }) => n !== 0)
    if (moved.length === 0) return
    await manager.query(COUNT, [
      numbers(moved.map((l) => l.org)),
      numbers(moved.map((l) => l.store)),
      numbers(moved.map((l) => l.lane)),
      numbers(moved.map((l) => l.kind)),
      numbers(moved.map((l) => l.n)),
    ])
  }
}

type QueueRow = StoredRow & {
  readonly case_id: string
  readonly org: number
  readonly store: number
  readonly updated_at: number
}
type Column = keyof QueueRow
type ColumnType = 'uuid' | 'smallint' | 'int' | 'bigint' | 'text'

const COLUMNS: Readonly<Record<Column, ColumnType>> = {
  case_id: 'uuid',
  org: 'int',
  store: 'int',
  lane: 'smallint',
  kind_number: 'smallint',
  due_at: 'bigint',
  risk_fen: 'bigint',
  amount_fen: 'bigint',
  refunded_fen: 'bigint',
  applied_at: 'bigint',
  updated_at: 'bigint',
  goods_count: 'int',
  marketplace: 'text',
  case_number: 'text',
  order_number: 'text',
  turn: 'text',
  status: 'text',
  kind: 'text',
  variant: 'text',
  outcome: 'text',
  due_kind: 'text',
  due_source: 'text',
  due_breach: 'text',
  reason_text: 'text',
  reason_code: 'text',
  goods_title: 'text',
  name_mask: 'text',
  phone_mask: 'text',
}

const ofNumbers = (rows: readonly QueueRow[], column: Column): string =>
  numbers(rows.map((row) => row[column] as number | null))
const ARRAY_OF: Readonly<Record<ColumnType, (rows: readonly QueueRow[], column: Column) => string>> = {
  uuid: (rows, column) => ids(rows.map((row) => row[column] as string)),
  smallint: ofNumbers,
  int: ofNumbers,
  bigint: ofNumbers,
  text: (rows, column) => texts(rows.map((row) => row[column] as string | null)),
}

/** What never changes: whose case it is. */
const FIXED: readonly string[] = ['case_id', 'org', 'store', 'marketplace', 'case_number']

const UPSERT = prepared(`
  INSERT INTO queue_row (${Object.keys(COLUMNS).join(', ')})
  SELECT * FROM unnest(${Object.values(COLUMNS)
    .map((type, i) => `$${i + 1}::${type}[]`)
    .join(', ')}) ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET
    ${Object.keys(COLUMNS)
      .filter((column) => !FIXED.includes(column))
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`)

// Each transaction that counts at the same time as others takes the first shard that is free, until it ends. With two
// workers two shards are ever used. Should all sixteen be taken, it waits for the rows of the first, which is right too.
const COUNT = prepared(`
  WITH mine AS MATERIALIZED (
    SELECT s FROM generate_series(0, 15) AS s WHERE pg_try_advisory_xact_lock(7340031, s) LIMIT 1
  )
  INSERT INTO queue_count AS c (org, store, lane, kind_number, shard, n)
  SELECT d.org, d.store, d.lane, d.kind, coalesce((SELECT s FROM mine), 0), d.n
  FROM unnest($1::int[], $2::int[], $3::smallint[], $4::smallint[], $5::bigint[]) AS d(org, store, lane, kind, n)
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (org, store, lane, kind_number, shard) DO UPDATE SET n = c.n + excluded.n`)
