import { createHash } from 'node:crypto'

/** JSON with keys sorted at every level: equal values give equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** SHA-256 over rows: equal for equal rows in the same order. */
export const hashRows = (rows: readonly unknown[]): string => {
  const hash = createHash('sha256')
  for (const row of rows) hash.update(canonicalJson(row)).update('\n')
  return hash.digest('hex')
}
