import { currentTenants } from './tenants'

type Send = () => Promise<unknown>
type Execute = (sql: string) => Promise<unknown>

const BEGINS_TRANSACTION = /^\s*(?:START TRANSACTION|BEGIN)\b/i
const ENDS_TRANSACTION = /^\s*(?:COMMIT|END|ROLLBACK|ABORT)\b(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b)/i
const RETURNS_TO_SAVEPOINT = /^\s*ROLLBACK\s+(?:WORK\s+|TRANSACTION\s+)?TO\b/i

const setTenantsSql = (tenants: string | undefined): string => `SET LOCAL shouhou.orgs = '${tenants ?? ''}'`

/**
 * Sets the organisations of the running work (`withTenants`) on one connection. They are set for a transaction only, so that
 * none outlives it on a pooled connection, and are sent with its first statement: no round trip of their own.
 */
export class TransactionTenants {
  private inTransaction = false
  /** The organisations set in this transaction. `null`: unknown, after a return to a savepoint. */
  private current: string | null | undefined

  /** @param execute sends a text without parameters; the server executes everything in the order of sending */
  send(sql: string, send: Send, execute: Execute): Promise<unknown> {
    const tenants = currentTenants()
    if (BEGINS_TRANSACTION.test(sql)) {
      this.inTransaction = true
      this.current = tenants
      return tenants === undefined ? send() : execute(`${sql}; ${setTenantsSql(tenants)}`)
    }
    if (ENDS_TRANSACTION.test(sql)) {
      this.inTransaction = false
      this.current = undefined
      return send()
    }
    if (RETURNS_TO_SAVEPOINT.test(sql)) {
      this.current = null
      return send()
    }
    if (!this.inTransaction) return tenants === undefined ? send() : inOwnTransaction(tenants, send, execute)
    if (this.current !== tenants) {
      this.current = tenants
      // In a failed transaction this fails, and so does the statement after it, which reports the error.
      execute(setTenantsSql(tenants)).catch(() => undefined)
    }
    return send()
  }
}

/** A setting lasts for a transaction, so a statement outside of one gets its own. */
function inOwnTransaction(tenants: string, send: Send, execute: Execute): Promise<unknown> {
  execute(`BEGIN; ${setTenantsSql(tenants)}`).catch(() => undefined)
  const answered = send()
  // After a failed statement, COMMIT rolls back.
  const ended = execute('COMMIT')
  ended.catch(() => undefined)
  return answered.then((answer) => ended.then(() => answer))
}
