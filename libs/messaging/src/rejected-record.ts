/** Error types of the broker that are caused by the record itself: a retry cannot help. */
const REJECTED = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'CORRUPT_MESSAGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
])

/** Whether a producer failed because of the record itself, not because the broker is away. The client wraps its errors. */
export function isRejectedRecord(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof TypeError || at instanceof RangeError) return true
    const { type } = at as { type?: unknown }
    if (typeof type === 'string' && REJECTED.has(type)) return true
  }
  return false
}
