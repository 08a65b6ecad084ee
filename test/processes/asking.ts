import { createHash } from 'node:crypto'
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

export async function countOf(database: DataSource, table: Table): Promise<number> {
  const [row] = await database.query<{ n: number }[]>(`SELECT count(*)::int AS n FROM ${table}`)
  return row?.n ?? -1
}

/** A number of a case as long as the marketplace's own: nineteen digits, beyond what a double holds. */
export const caseNumberOf = (n: number): string => `70008931140${String(n).padStart(8, '0')}`

/** How much longer than on an idle machine is waited: only a test that fails ever waits so long. */
const PATIENCE = 4

/** Polls until it is so; after `ms` it throws an error that says what was waited for. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms * PATIENCE
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited ${ms * PATIENCE} ms in vain: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Keys sorted at every level: equal texts for equal values, whatever order they were written in. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

/** One short text for many rows: two are equal exactly when all rows are. */
export const hashOf = (rows: readonly unknown[]): string => {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(canonical(row)).update('\n')
  return hash.digest('hex')
}
