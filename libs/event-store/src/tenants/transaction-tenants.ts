import { currentTenants } from './tenants'
import { type ExecuteStatement, type SendStatement, type SendTogether, TransactionRecord } from './transaction-record'

const BEGINS_TRANSACTION = /^\s*(?:START TRANSACTION|BEGIN)\b/i
const ENDS_TRANSACTION = /^\s*(?:COMMIT|END|ROLLBACK|ABORT)\b(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b)/i
const COMMITS_TRANSACTION = /^\s*(?:COMMIT|END)\b/i
const RETURNS_TO_SAVEPOINT = /^\s*ROLLBACK\s+(?:WORK\s+|TRANSACTION\s+)?TO\b/i

const setTenantsSql = (tenants: string | undefined): string => `SET LOCAL shouhou.orgs = '${tenants ?? ''}'`

/**
 * Sets the organisations of the running work (`withTenants`) on one connection. They are set for a transaction only, so that
 * none outlives it on a pooled connection, and are sent with its first statement: no round trip of their own. A transaction
 * that changes something ends with the record of the work (`recordingChanges`).
 */
export class TransactionTenants {
  private inTransaction = false
  /** The organisations set in this transaction. `null`: unknown, after a return to a savepoint. */
  private current: string | null | undefined
  private readonly record: TransactionRecord

  constructor(together: SendTogether) {
    this.record = new TransactionRecord(together)
  }

  /** @param execute sends a text of its own; the server executes everything in the order of sending */
  send(sql: string, send: SendStatement, execute: ExecuteStatement): Promise<unknown> {
    const tenants = currentTenants()
    if (BEGINS_TRANSACTION.test(sql)) {
      this.inTransaction = true
      this.current = tenants
      this.record.begin()
      return tenants === undefined ? send() : execute(`${sql}; ${setTenantsSql(tenants)}`)
    }
    if (ENDS_TRANSACTION.test(sql)) {
      this.inTransaction = false
      this.current = undefined
      return COMMITS_TRANSACTION.test(sql) ? this.record.commit(send, execute) : send()
    }
    if (RETURNS_TO_SAVEPOINT.test(sql)) {
      this.current = null
      return send()
    }
    if (!this.inTransaction) return tenants === undefined ? send() : this.inOwnTransaction(sql, tenants, send, execute)
    if (this.current !== tenants) {
      this.current = tenants
      // In a failed transaction this fails, and so does the statement after it, which reports the error.
      execute(setTenantsSql(tenants)).catch(() => undefined)
    }
    return this.record.watch(sql, send())
  }

  /** A setting lasts for a transaction, so a statement outside of one gets its own. */
  private async inOwnTransaction(
    sql: string,
    tenants: string,
    send: SendStatement,
    execute: ExecuteStatement,
  ): Promise<unknown> {
    execute(`BEGIN; ${setTenantsSql(tenants)}`).catch(() => undefined)
    const answered = send()
    // After a failed statement, COMMIT rolls back.
    const ended = this.record.commitOne(sql, () => execute('COMMIT'), execute)
    ended.catch(() => undefined)
    const answer = await answered
    await ended
    return answer
  }
}
