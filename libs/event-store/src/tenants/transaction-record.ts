import type { ChangeRecord } from './change-record'
import { currentChangeRecord } from './change-record'

export type SendStatement = () => Promise<unknown>
/** Sends a statement of its own on the same connection. */
export type ExecuteStatement = (sql: string, values?: readonly unknown[]) => Promise<unknown>
/** Sends what the work sends in one packet. */
export type SendTogether = <T>(work: () => T) => T

const CHANGES_ROWS = /\b(?:INSERT\s+INTO|DELETE\s+FROM|MERGE\s+INTO|UPDATE\s+(?!SKIP|NOWAIT|OF\b)["\w])/i

/** Whether a statement may change rows; `FOR UPDATE` only locks them. */
export const mayChangeRows = (sql: string): boolean => CHANGES_ROWS.test(sql)

/** Watches one connection for transactions that change rows, and ends these with the record of the running work. */
export class TransactionRecord {
  private hasChanged = false

  constructor(private readonly together: SendTogether) {}

  begin(): void {
    this.hasChanged = false
  }

  watch(sql: string, answer: Promise<unknown>): Promise<unknown> {
    if (this.hasChanged || currentChangeRecord() === undefined || !mayChangeRows(sql)) return answer
    return answer.then((result) => {
      this.hasChanged ||= hasRows(result)
      return result
    })
  }

  commit(commit: SendStatement, execute: ExecuteStatement): Promise<unknown> {
    const record = currentChangeRecord()
    return record !== undefined && this.hasChanged ? this.withRecord(record, commit, execute) : commit()
  }

  /** For a statement that is a transaction of its own: whether it changed a row is not known yet, so the text decides. */
  commitOne(sql: string, commit: SendStatement, execute: ExecuteStatement): Promise<unknown> {
    const record = currentChangeRecord()
    return record !== undefined && mayChangeRows(sql) ? this.withRecord(record, commit, execute) : commit()
  }

  private async withRecord(record: ChangeRecord, commit: SendStatement, execute: ExecuteStatement): Promise<unknown> {
    const statement = record.statement()
    if (statement === undefined) return commit()
    // Where the record fails, COMMIT rolls back, and the caller must hear of it.
    const [recorded, ended] = this.together(() => [execute(statement.sql, statement.values), commit()] as const)
    ended.catch(() => undefined)
    const isWritten = hasRows(await recorded)
    const result = await ended
    record.isWritten ||= isWritten
    return result
  }
}

/** The rows of an answer: changed ones, or those that a statement returned of what it changed. */
const hasRows = (result: unknown): boolean => ((result as { rowCount?: number | null }).rowCount ?? 0) > 0
