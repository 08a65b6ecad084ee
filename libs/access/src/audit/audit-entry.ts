/** Facts of what was done: ids, numbers, codes. Never a name, a phone, a text that a person typed, or a secret. */
export type AuditDetails = Readonly<Record<string, AuditDetail>>
type AuditDetail = string | number | boolean | null | readonly (string | number)[]

export interface NewAuditEntry {
  readonly org: number
  /** `person:<id>`, `key:<id>` or `process:<name>`; `anonymous`: not authenticated. */
  readonly actor: string
  /** What was done, as `<thing>.<past tense>`: `case.acted`, `session.opened`, `access.denied`. */
  readonly action: string
  /** What it was done to: `<thing>:<id>`. */
  readonly subject: string
  readonly details: AuditDetails
}

export interface AuditEntry extends NewAuditEntry {
  /** Counts from 1 in each organisation, without a gap. */
  readonly n: number
  /** UTC ms. */
  readonly at: number
}

export interface AuditFilter {
  readonly actor?: string
  /** A whole action, or its beginning up to the dot: `case.`. */
  readonly action?: string
  readonly subject?: string
  readonly from?: number
  readonly until?: number
  /** Entries before this number: the page before. */
  readonly before?: number
  /** At most 1,000. */
  readonly limit: number
}
