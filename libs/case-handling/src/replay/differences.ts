import { hash } from 'node:crypto'

/** One field in which the record and the replay differ, e.g. `cases 7000…  status.raw: "6" → "7"`. Shows no personal data. */
export interface ReplayDifference {
  readonly projection: string
  /** The case, or the message, by our id. */
  readonly of: string
  readonly at: string
  readonly recorded: string
  readonly replayed: string
}

/** Enough to understand what is wrong with a record; more only hides the other records. */
const MOST_PER_RECORD = 40
const LONGEST_TEXT = 60
/** Fields about a buyer, and fields that may contain what a buyer wrote: only a hash of their value is shown. */
const PERSONAL_FIELDS =
  /(?:^|\.)(?:buyer|reason|firstReason|text|title|note|explanation|identity\.buyer)(?:\.|$)|_mask$|_hash$|reason_text|goods_title/i

/** Compares two records field by field. A missing field is shown as `–`. */
export function findDifferences(
  projection: string,
  of: string,
  recorded: unknown,
  replayed: unknown,
): ReplayDifference[] {
  const differences: ReplayDifference[] = []
  const compareValues = (recordedValue: unknown, replayedValue: unknown, at: string): void => {
    if (differences.length >= MOST_PER_RECORD || JSON.stringify(recordedValue) === JSON.stringify(replayedValue)) return
    if (
      isObject(recordedValue) &&
      isObject(replayedValue) &&
      Array.isArray(recordedValue) === Array.isArray(replayedValue)
    ) {
      const keys = [...new Set([...Object.keys(recordedValue), ...Object.keys(replayedValue)])]
      const countBefore = differences.length
      for (const key of keys)
        compareValues(
          (recordedValue as Record<string, unknown>)[key],
          (replayedValue as Record<string, unknown>)[key],
          at === '' ? key : `${at}.${key}`,
        )
      // The fields are equal but in another order, so the bytes differ.
      if (differences.length === countBefore)
        differences.push({ projection, of, at: at === '' ? '*' : at, recorded: 'order of fields', replayed: 'another' })
      return
    }
    differences.push({
      projection,
      of,
      at,
      recorded: describeValue(recordedValue, at),
      replayed: describeValue(replayedValue, at),
    })
  }
  compareValues(recorded, replayed, '')
  return differences
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

function describeValue(value: unknown, at: string): string {
  if (value === undefined) return '–'
  const text = JSON.stringify(value) ?? '–'
  if (PERSONAL_FIELDS.test(at) || isObject(value)) return `sealed:${hash('sha256', text, 'hex').slice(0, 8)}`
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}
