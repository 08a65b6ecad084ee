import { Overloaded, WrittenMeanwhile } from '#event-store'
import { OverspentMeanwhile } from '#ledgers'

const PASSING_CLASSES = ['08', '40', '53', '55', '57', '58']
const PASSING_CODES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT'],
  ...['EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'],
  // Whoever stood still for long with a transaction open lost it.
  '25P03',
]
/**
 * Driver and TypeORM give these no code. Their whole beginnings, since an error of ours or of the data may speak of
 * connections, too, and would be tried for ever, with all that is pending behind it.
 */
const PASSING_WORDS = [
  'Connection terminated',
  'Connection with postgres database is not established',
  'Client has encountered a connection error',
  'Client was closed',
  'Cannot use a pool after calling end',
  'Query read timeout',
  'Query runner already released',
  'timeout exceeded when trying to connect',
]

const QUICKER_OR_BUSY = [WrittenMeanwhile, OverspentMeanwhile, Overloaded]

/** Where two who write the same at once meet; the later one finds it there when he tries again. */
const QUICKER_CONSTRAINTS = ['event_pkey', 'stream_pkey', 'action_id_once']

/**
 * Trouble that is not in the data: the connection, a restart, a deadlock, somebody quicker. The same work may succeed
 * in a moment; nothing is quarantined for it. The primary key of an event is the mark of somebody quicker.
 */
export function isTransient(error: unknown): boolean {
  if (QUICKER_OR_BUSY.some((one) => error instanceof one)) return true
  if (!(error instanceof Error)) return false
  const { code, constraint } = errorOfDriver(error)
  if (code === undefined) return PASSING_WORDS.some((words) => error.message.startsWith(words))
  if (code === '23505') return QUICKER_CONSTRAINTS.includes(constraint ?? '')
  return PASSING_CODES.includes(code) || (code.length === 5 && PASSING_CLASSES.includes(code.slice(0, 2)))
}

function errorOfDriver(error: Error): { code?: string; constraint?: string } {
  const inner = (error as { driverError?: unknown }).driverError
  return (inner instanceof Error ? inner : error) as { code?: string; constraint?: string }
}
