import { Overloaded, ConcurrentWrite } from '#event-store'
import { BudgetConflict } from '#ledgers'

/** SQLSTATE classes: connection, rollback, resources, locks, operator intervention, system error. */ const TRANSIENT_CLASSES =
  ['08', '40', '53', '55', '57', '58']
const TRANSIENT_CODES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT'],
  ...['EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'],
  // idle_in_transaction_session_timeout
  '25P03',
]
/**
 * Errors without a code from the driver and TypeORM, by the start of their message: an error of ours or of the data may
 * mention connections, too, and would be retried forever, blocking everything behind it.
 */
const TRANSIENT_MESSAGES = [
  'Connection terminated',
  'Connection with postgres database is not established',
  'Client has encountered a connection error',
  'Client was closed',
  'Cannot use a pool after calling end',
  'Query read timeout',
  'Query runner already released',
  'timeout exceeded when trying to connect',
]

const CONCURRENT_OR_BUSY = [ConcurrentWrite, BudgetConflict, Overloaded]

/** Unique constraints that concurrent writers of the same thing violate; the later one finds it when it retries. */
const RACE_CONSTRAINTS = ['event_pkey', 'stream_pkey', 'action_id_once']

/**
 * Errors that are not caused by the data: the connection, a restart, a deadlock, a concurrent writer. The same work may
 * succeed on a retry; nothing is quarantined. A duplicate primary key of an event means a concurrent writer.
 */
export function isTransient(error: unknown): boolean {
  if (CONCURRENT_OR_BUSY.some((one) => error instanceof one)) return true
  if (!(error instanceof Error)) return false
  const { code, constraint } = driverErrorOf(error)
  if (code === undefined) return TRANSIENT_MESSAGES.some((words) => error.message.startsWith(words))
  if (code === '23505') return RACE_CONSTRAINTS.includes(constraint ?? '')
  return TRANSIENT_CODES.includes(code) || (code.length === 5 && TRANSIENT_CLASSES.includes(code.slice(0, 2)))
}

function driverErrorOf(error: Error): { code?: string; constraint?: string } {
  const inner = (error as { driverError?: unknown }).driverError
  return (inner instanceof Error ? inner : error) as { code?: string; constraint?: string }
}
