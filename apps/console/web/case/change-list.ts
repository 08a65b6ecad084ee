/** One word that an event changed. `before` is absent where nothing was known before. */
export interface Change {
  field: string
  before?: unknown
  after: unknown
}

/** Not for people: sealed values, hashes and the bookkeeping of reports. */
const UNSAID = new Set(['seen', 'type', 'sealed', 'nameHash', 'phoneHash', 'phoneTailHash', 'forRaw'])

/**
 * Flattens what an event says it changed: `{amount: {from, to}}`, `{from: {...}, to: {...}}` and plain values all become a list of
 * words with before and after. What stayed the same, or is empty, is left out.
 */
export function changesIn(changes: Readonly<Record<string, unknown>>): Change[] {
  if (isMove(changes)) return moved('', changes.from, changes.to)
  return Object.entries(changes).flatMap(([field, value]) =>
    isMove(value) ? moved(field, value.from, value.to) : moved(field, undefined, value),
  )
}

function moved(field: string, before: unknown, after: unknown): Change[] {
  if (UNSAID.has(field) || after === undefined || same(before, after)) return []
  if (isRecord(after) && (before === undefined || before === null || isRecord(before))) {
    const was = isRecord(before) ? before : {}
    return Object.entries(after).flatMap(([name, value]) => moved(wordFor(name, field), was[name], value))
  }
  if (isNothing(before)) return isNothing(after) ? [] : [{ field, after }]
  return [{ field, before, after }]
}

/** `goods.stage` is the goods, `amountRefunded.total` what was refunded: the inner word alone would not say of what. */
function wordFor(name: string, within: string): string {
  const ownTotal = name === 'total' && (within === 'amountAgreed' || within === 'amountRefunded')
  return ownTotal || (within !== '' && (name === 'stage' || name === 'text')) ? within : name
}

/** Nothing that was and nothing that is: no word about it. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

function same(before: unknown, after: unknown): boolean {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after)
}

function isMove(value: unknown): value is { from?: unknown; to: unknown } {
  return isRecord(value) && 'to' in value && Object.keys(value).every((key) => /^(?:from|to|seen|type)$/.test(key))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
