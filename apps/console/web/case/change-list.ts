/** One field that an event changed. `before` is absent if nothing was known before. */
export interface Change {
  field: string
  before?: unknown
  after: unknown
}

/** Not shown: sealed values, hashes, the bookkeeping of reports, and what the summary of an action says already. */
const HIDDEN = new Set(['seen', 'type', 'sealed', 'nameHash', 'phoneHash', 'phoneTailHash', 'forRaw', 'action', 'way'])
/** Shown only where there is an amount: a rejection costs nothing. */
const HIDDEN_IF_ZERO = new Set(['amountFen'])

/**
 * Flattens the changes of an event: `{amount: {from, to}}`, `{from: {...}, to: {...}}` and plain values all become a list of fields
 * with before and after. What stayed the same, or is empty, is left out.
 */
export function listChanges(changes: Readonly<Record<string, unknown>>): Change[] {
  if (isBeforeAndAfter(changes)) return flattenChange('', changes.from, changes.to)
  return Object.entries(changes).flatMap(([field, value]) =>
    isBeforeAndAfter(value) ? flattenChange(field, value.from, value.to) : flattenChange(field, undefined, value),
  )
}

function flattenChange(field: string, before: unknown, after: unknown): Change[] {
  if (HIDDEN.has(field) || after === undefined || isSame(before, after)) return []
  if (HIDDEN_IF_ZERO.has(field) && before === undefined && after === 0) return []
  if (isRecord(after) && (before === undefined || before === null || isRecord(before))) {
    const previous = isRecord(before) ? before : {}
    return Object.entries(after).flatMap(([name, value]) => flattenChange(fieldOf(name, field), previous[name], value))
  }
  if (isEmpty(before)) return isEmpty(after) ? [] : [{ field, after }]
  return [{ field, before, after }]
}

/** `goods.stage` is shown as the goods, `amountRefunded.total` as what was refunded: the inner name alone would be ambiguous. */
function fieldOf(name: string, within: string): string {
  const ownTotal = name === 'total' && (within === 'amountAgreed' || within === 'amountRefunded')
  return ownTotal || (within !== '' && (name === 'stage' || name === 'text')) ? within : name
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function isSame(before: unknown, after: unknown): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after)
}

function isBeforeAndAfter(value: unknown): value is { from?: unknown; to: unknown } {
  return isRecord(value) && 'to' in value && Object.keys(value).every((key) => /^(?:from|to|seen|type)$/.test(key))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
