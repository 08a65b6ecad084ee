import { currentTenants } from './tenants'

type Send = () => Promise<unknown>
type Tell = (sql: string) => Promise<unknown>

const BEGINS = /^\s*(?:START TRANSACTION|BEGIN)\b/i
const ENDS = /^\s*(?:COMMIT|END|ROLLBACK|ABORT)\b(?!\s+(?:WORK\s+|TRANSACTION\s+)?TO\b)/i
const GOES_BACK = /^\s*ROLLBACK\s+(?:WORK\s+|TRANSACTION\s+)?TO\b/i

const setting = (tenants: string | undefined): string => `SET LOCAL shouhou.orgs = '${tenants ?? ''}'`

/**
 * Tells the server the organisations of the running work (`withTenants`), on one connection. They are set for a transaction
 * only, so that none outlives it on a pooled connection, and travel with its first statement: no round trip of their own.
 */
export class TransactionTenants {
  private inTransaction = false
  /** What the server was told in this transaction. `null`: unknown, after a return to a savepoint. */
  private told: string | null | undefined

  /** @param tell sends a text without parameters; everything sent is done in its order */
  send(sql: string, send: Send, tell: Tell): Promise<unknown> {
    const wanted = currentTenants()
    if (BEGINS.test(sql)) {
      this.inTransaction = true
      this.told = wanted
      return wanted === undefined ? send() : tell(`${sql}; ${setting(wanted)}`)
    }
    if (ENDS.test(sql)) {
      this.inTransaction = false
      this.told = undefined
      return send()
    }
    if (GOES_BACK.test(sql)) {
      this.told = null
      return send()
    }
    if (!this.inTransaction) return wanted === undefined ? send() : inOwnTransaction(wanted, send, tell)
    if (this.told !== wanted) {
      this.told = wanted
      // In a transaction that failed already this fails like the statement behind it.
      tell(setting(wanted)).catch(() => undefined)
    }
    return send()
  }
}

/** The server would forget a setting for one transaction after a statement that stands alone, so it gets one. */
function inOwnTransaction(wanted: string, send: Send, tell: Tell): Promise<unknown> {
  tell(`BEGIN; ${setting(wanted)}`).catch(() => undefined)
  const answered = send()
  // After a statement that failed this ends the transaction as a rollback.
  const ended = tell('COMMIT')
  ended.catch(() => undefined)
  return answered.then((answer) => ended.then(() => answer))
}
