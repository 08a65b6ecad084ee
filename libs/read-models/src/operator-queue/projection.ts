import type { EntityManager } from 'typeorm'
import type { AfterSaleCase } from '#after-sale'
import type { Change } from '#event-store'
import { uuidArray, numberArray, prepared, textArray, awaitPipelined } from '#event-store'
import type { ReadModel } from '../question'
import type { QueueRowValues } from './queue-row'
import { buildQueueRow, areEqualRows } from './queue-row'
import type { CountDifference } from './queue-totals'
import { addToCounts, queueTotals } from './queue-totals'

/**
 * The rows and counts of the queue. The previous row is derived from the previous case instead of being read. Only rows
 * that differ are written, and the counts change by the difference. `changes` must contain each case once. `updated_at` is
 * when the row last changed; a rebuilt row has the time of its newest event.
 */
export const queueRows: ReadModel = {
  name: 'operator-queue',
  tables: [{ name: 'queue_row', caseColumn: 'case_id', notCompared: ['updated_at'] }],
  totals: queueTotals,
  async apply(manager, changes) {
    const rows: QueueRow[] = []
    const countDifferences = new CountDifferences()
    for (const change of changes) {
      const after = buildQueueRow(change.after)
      const before = change.before === undefined ? undefined : buildQueueRow(change.before)
      if (before !== undefined && areEqualRows(before, after)) continue
      rows.push({ case_id: change.id, org: change.org, store: change.store, updated_at: change.at, ...after })
      if (before?.lane === after.lane && before.kind_number === after.kind_number) continue
      if (before !== undefined) countDifferences.add(change, before, -1)
      countDifferences.add(change, after, 1)
    }
    if (rows.length === 0) return
    const upserted = manager.query(
      UPSERT_QUEUE_ROWS,
      Object.entries(COLUMNS).map(([name, type]) => TO_ARRAY[type](rows, name as Column)),
    )
    await awaitPipelined([upserted, countDifferences.write(manager)])
  },
}

/** Differences of the counts, by store, lane and kind. */
class CountDifferences {
  private readonly lanes = new Map<string, CountDifference>()

  add({ org, store }: Change<AfterSaleCase>, { lane, kind_number: kind }: QueueRowValues, difference: number): void {
    const key = `${store}/${lane}/${kind}`
    this.lanes.set(key, { org, store, lane, kind, n: (this.lanes.get(key)?.n ?? 0) + difference })
  }

  async write(manager: EntityManager): Promise<void> {
    const nonZero = [...this.lanes.values()].filter(({ n }) => n !== 0)
    if (nonZero.length > 0) await addToCounts(manager, nonZero)
  }
}

type QueueRow = QueueRowValues & {
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

const toNumberArray = (rows: readonly QueueRow[], column: Column): string =>
  numberArray(rows.map((row) => row[column] as number | null))
const TO_ARRAY: Readonly<Record<ColumnType, (rows: readonly QueueRow[], column: Column) => string>> = {
  uuid: (rows, column) => uuidArray(rows.map((row) => row[column] as string)),
  smallint: toNumberArray,
  int: toNumberArray,
  bigint: toNumberArray,
  text: (rows, column) => textArray(rows.map((row) => row[column] as string | null)),
}

/** Columns that identify the case; an update leaves them out because they never change. */
const IDENTITY_COLUMNS: readonly string[] = ['case_id', 'org', 'store', 'marketplace', 'case_number']

const UPSERT_QUEUE_ROWS = prepared(`
  INSERT INTO queue_row (${Object.keys(COLUMNS).join(', ')})
  SELECT * FROM unnest(${Object.values(COLUMNS)
    .map((type, i) => `$${i + 1}::${type}[]`)
    .join(', ')}) ORDER BY 1
  ON CONFLICT (case_id) DO UPDATE SET
    ${Object.keys(COLUMNS)
      .filter((column) => !IDENTITY_COLUMNS.includes(column))
      .map((column) => `${column} = excluded.${column}`)
      .join(', ')}`)
