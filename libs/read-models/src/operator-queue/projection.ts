import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import { uuidArray, numberArray, prepared, textArray, awaitPipelined } from '#event-store'
import type { ReadModel } from '../question'
import type { StoredRow } from './queue-row'
import { rowOf, sameRow } from './queue-row'
import type { CountDifference } from './totals'
import { moveCounts, queueTotals } from './totals'

/**
 * The queue's rows and counts. The row before is derived from the case before, never read: only rows that differ are
 * written, and the counts move by the difference. At most one change a case and call. `updated_at` is when the row last
 * changed; a rebuilt row has the time of its newest event.
 */
export const queueRows: ReadModel = {
  name: 'operator-queue',
  tables: [{ name: 'queue_row', caseColumn: 'case_id', notCompared: ['updated_at'] }],
  totals: queueTotals,
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
    const written = manager.query(
      UPSERT,
      Object.entries(COLUMNS).map(([name, type]) => ARRAY_OF[type](rows, name as Column)),
    )
    await awaitPipelined([written, tally.write(manager)])
  },
}

/** Differences of the counts, by store, lane and kind. */
class Tally {
  private readonly lanes = new Map<string, CountDifference>()

  add({ org, store }: Change<AfterSaleCase>, { lane, kind_number: kind }: StoredRow, by: number): void {
    const key = `${store}/${lane}/${kind}`
    this.lanes.set(key, { org, store, lane, kind, n: (this.lanes.get(key)?.n ?? 0) + by })
  }

  async write(manager: EntityManager): Promise<void> {
    const moved = [...this.lanes.values()].filter(({ n }) => n !== 0)
    if (moved.length > 0) await moveCounts(manager, moved)
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
  numberArray(rows.map((row) => row[column] as number | null))
const ARRAY_OF: Readonly<Record<ColumnType, (rows: readonly QueueRow[], column: Column) => string>> = {
  uuid: (rows, column) => uuidArray(rows.map((row) => row[column] as string)),
  smallint: ofNumbers,
  int: ofNumbers,
  bigint: ofNumbers,
  text: (rows, column) => textArray(rows.map((row) => row[column] as string | null)),
}

/** Columns that identify the case: they never change. */
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
