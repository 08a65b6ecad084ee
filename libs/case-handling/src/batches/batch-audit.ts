import type { EntityManager } from 'typeorm'

/** What a batch did to one case, for the person who started it or called it back. */
export interface BatchAuditEntry {
  readonly org: number
  /** As the audit names the person. */
  readonly actor: string
  readonly action: 'case.acted' | 'case.action-closed'
  readonly caseId: string
  readonly details: Readonly<Record<string, string | number | readonly string[]>>
}

/** Appends the entries in the transaction that changes the cases, as its last statements. Implemented by `access`. */
export type BatchAudit = (manager: EntityManager, entries: readonly BatchAuditEntry[]) => Promise<void>
