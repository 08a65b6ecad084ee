import { hash } from 'node:crypto'

/** Where two records of one case differ, e.g. `cases 7000…  status.raw: "6" → "7"`. Personal data stays sealed. */
export interface Difference {
  readonly projection: string
  /** The case, or the message, by our id. */
  readonly of: string
  readonly at: string
  readonly recorded: string
  readonly replayed: string
}

const MOST_PER_RECORD = 40
const LONGEST_TEXT = 60
/** Fields that show a buyer, or that may contain a buyer's words; only a hash of these is shown. */
const PERSONAL =
  /(?:^|\.)(?:buyer|reason|firstReason|text|title|note|explanation|identity\.buyer)(?:\.|$)|_mask$|_hash$|reason_text|goods_title/i

/** Field by field; a field that only one of them has is `–` in the other. */
export function differencesBetween(projection: string, of: string, recorded: unknown, replayed: unknown): Difference[] {
  const found: Difference[] = []
  const walk = (a: unknown, b: unknown, at: string): void => {
    if (found.length >= MOST_PER_RECORD || JSON.stringify(a) === JSON.stringify(b)) return
    if (isObject(a) && isObject(b) && Array.isArray(a) === Array.isArray(b)) {
      const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
      const before = found.length
      for (const key of keys)
        walk((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], at === '' ? key : `${at}.${key}`)
      // The same fields in another order: not the same bytes.
      if (found.length === before)
        found.push({ projection, of, at: at === '' ? '*' : at, recorded: 'order of fields', replayed: 'another' })
      return
    }
    found.push({ projection, of, at, recorded: shown(a, at), replayed: shown(b, at) })
  }
  walk(recorded, replayed, '')
  return found
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function shown(value: unknown, at: string): string {
  if (value === undefined) return '–'
  const text = JSON.stringify(value) ?? '–'
  if (PERSONAL.test(at) || isObject(value)) return `sealed:${hash('sha256', text, 'hex').slice(0, 8)}`
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}
