import type { Author } from '../strategies/strategies'

interface Queries {
  query<T>(sql: string, parameters?: unknown[]): Promise<T>
}

/** Writes of people whose own rows do not keep who made them, or only the last one who did. */
export type Logged =
  'quarantine.run-again' | 'dead-letter.send-again' | 'trial.start' | 'main-account.name' | 'evidence.judge'

export interface OperatorLogRow {
  readonly at: number
  readonly operator: string
  readonly what: Logged
  readonly subject: string
}

/** To be called in the transaction that makes the change: what is done is logged, and what is logged was done. */
export const logOperator = (
  manager: Queries,
  { org, by, at }: Author,
  what: Logged,
  subject: string | number,
): Promise<unknown> =>
  manager.query('INSERT INTO operator_log (org, at, operator, what, subject) VALUES ($1, $2, $3, $4, $5)', [
    org,
    at,
    by,
    what,
    String(subject),
  ])

/** What an organisation's people did, newest first. */
export const operatorLogOf = (database: Queries, org: number, limit = 100): Promise<OperatorLogRow[]> =>
  database.query('SELECT at, operator, what, subject FROM operator_log WHERE org = $1 ORDER BY id DESC LIMIT $2', [
    org,
    limit,
  ])
