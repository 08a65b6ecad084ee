import { Overloaded, ConcurrentWrite } from '#event-store'
import { BudgetConflict } from '#ledgers'

/** SQLSTATE classes: connection, rollback, resources, locks, operator intervention, system error. */
const TRANSIENT_CLASSES = ['08', '40', '53', '55', '57', '58']
/** Of Node's network layer, and one of PostgreSQL. */
const TRANSIENT_CODES = [
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT'],
  ...['EAI_AGAIN', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'],
  // idle_in_transaction_session_timeout
  '25P03',
]
/**
 * Errors of the driver and of TypeORM that have no code, by the start of their message. Only the start counts: a
 * permanent error may mention a connection, too, and would be retried forever, blocking everything behind it.
 */
const TRANSIENT_MESSAGES = [
  'Connection terminated',
  'Connection with postgres database is not established',
  'Client has encountered a connection error',
  'Client was closed',
  'Cannot use a pool after calling end',
  'Query read timeout',
  'Query runner already released',
  // TypeORM's other words for the same: a transaction asks for a repository or runs SQL after its connection broke.
  'Database connection provided by a query runner was already released',
  'timeout exceeded when trying to connect',
]

/** Our own errors for a concurrent writer and for a full queue. */
const CONCURRENT_OR_BUSY = [ConcurrentWrite, BudgetConflict, Overloaded]

/** Unique constraints that concurrent writers violate: the second finds the row of the first when it retries. */
const RACE_CONSTRAINTS = ['event_pkey', 'stream_pkey', 'action_id_once']

/**
 * Whether a retry of the same work may succeed: the connection failed, the server restarts, a deadlock, a concurrent
 * writer. Nothing is quarantined for such an error.
 */
export function isTransient(error: unknown): boolean {
  if (CONCURRENT_OR_BUSY.some((errorClass) => error instanceof errorClass)) return true
  if (!(error instanceof Error)) return false
  const { code, constraint } = driverErrorOf(error)
  if (code === undefined) return TRANSIENT_MESSAGES.some((beginning) => error.message.startsWith(beginning))
  if (code === '23505') return RACE_CONSTRAINTS.includes(constraint ?? '')
  return TRANSIENT_CODES.includes(code) || (code.length === 5 && TRANSIENT_CLASSES.includes(code.slice(0, 2)))
}

function driverErrorOf(error: Error): { code?: string; constraint?: string } {
  const driverError = (error as { driverError?: unknown }).driverError
  return (driverError instanceof Error ? driverError : error) as { code?: string; constraint?: string }
}
