/** Error types of the broker that are caused by the record itself, so that a retry cannot help. */
const REJECTED_TYPES = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'CORRUPT_MESSAGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'INVALID_TOPIC_EXCEPTION',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
])

/** Whether a producer failed because of the record itself, not because the broker is unreachable. */
export function isRejectedRecord(error: unknown): boolean {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if (cause instanceof TypeError || cause instanceof RangeError) return true
    const { type } = cause as { type?: unknown }
    if (typeof type === 'string' && REJECTED_TYPES.has(type)) return true
  }
  return false
}
