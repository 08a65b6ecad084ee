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

/** A case number of nineteen digits, as marketplaces have: more than a double can hold exactly. */
export const caseNumberOf = (n: number): string => `70008931140${String(n).padStart(8, '0')}`

/** Timeouts are stated for an idle machine and multiplied by this; only a failing test waits that long. */
const BUSY_MACHINE_FACTOR = 4

/** Polls until the condition holds; after the timeout it throws an error that names `what` was waited for. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms * BUSY_MACHINE_FACTOR
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`waited ${ms * BUSY_MACHINE_FACTOR} ms without success: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** JSON with keys sorted at every level: equal values give equal texts. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`
}

/** SHA-256 over rows: equal for equal rows in the same order. */
export const hashOf = (rows: readonly unknown[]): string => {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(canonical(row)).update('\n')
  return hash.digest('hex')
}
