import { AsyncLocalStorage } from 'node:async_hooks'

/** Ids, numbers and codes. */
export type ChangeFacts = Readonly<Record<string, unknown>>

/** Inserts the record of a change. */
export interface RecordStatement {
  readonly sql: string
  readonly values: readonly unknown[]
}

/** What is recorded of the changes of one piece of work, e.g. of a request. */
export class ChangeRecord {
  /** A transaction that changed something was committed together with its record. */
  isWritten = false
  private noted: ChangeFacts = {}
  private isOver = false

  /** @param statementOf absent: the work writes its own records, and says so by `noteOwnRecord` */
  constructor(private readonly statementOf?: (facts: ChangeFacts) => RecordStatement) {}

  note(facts: ChangeFacts): void {
    this.noted = { ...this.noted, ...facts }
  }

  statement(): RecordStatement | undefined {
    return this.isOver ? undefined : this.statementOf?.(this.noted)
  }

  /** What the work has started and does not wait for is not recorded as a part of it. */
  end(): void {
    this.isOver = true
  }

  get facts(): ChangeFacts {
    return this.noted
  }
}

const currentRecord = new AsyncLocalStorage<ChangeRecord>()

/**
 * Runs the work so that each of its transactions that changes a row ends with the record's statement. It is sent together with
 * COMMIT: the change and its record become durable together or not at all, and no round trip is added.
 */
export const recordingChanges = <T>(record: ChangeRecord, work: () => T): T => currentRecord.run(record, work)

export const currentChangeRecord = (): ChangeRecord | undefined => currentRecord.getStore()

/** Adds facts that are known only within the transaction, e.g. the id of a new row. Without a record it does nothing. */
export const noteChange = (facts: ChangeFacts): void => currentRecord.getStore()?.note(facts)

/** The work has written its own record in its own transaction. */
export function noteOwnRecord(): void {
  const record = currentRecord.getStore()
  if (record !== undefined) record.isWritten = true
}
