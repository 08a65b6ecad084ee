import { ACTION_COLUMNS, actionFactsOf } from './action-fact'
import { APPEAL_COLUMNS, appealFactsOf } from './appeal-fact'
import { CASE_COLUMNS } from './case-columns'
import type { FactSubject } from './case-fact'
import { caseFactOf } from './case-fact'
import type { FactColumn, FactRow } from './column'
import { DEADLINE_COLUMNS, deadlineFactsOf } from './deadline-fact'

/** What a row is about. */
export type FactSource = 'case' | 'action' | 'appeal' | 'deadline'

/** A table of facts: which rows a case has in it follows from the case's state alone. */
export interface FactTable {
  readonly source: FactSource
  readonly name: string
  readonly columns: Readonly<Record<string, FactColumn>>
  /** The key, beginning with the case. */
  readonly key: readonly string[]
  readonly rowsOf: (subject: FactSubject) => readonly FactRow[]
  /** Columns by which its figures are divided, beside store, marketplace, kind and day. */
  readonly dimensions: readonly string[]
}

export const FACT_TABLES: Readonly<Record<FactSource, FactTable>> = {
  case: {
    source: 'case',
    name: 'case_fact',
    columns: CASE_COLUMNS,
    key: ['case_id'],
    rowsOf: (subject) => [caseFactOf(subject)],
    dimensions: ['reason_first', 'reason', 'outcome', 'decided_by', 'strategy', 'products', 'couriers'],
  },
  action: {
    source: 'action',
    name: 'action_fact',
    columns: ACTION_COLUMNS,
    key: ['case_id', 'intent'],
    rowsOf: actionFactsOf,
    dimensions: ['reason_first', 'action', 'requested_by', 'strategy'],
  },
  appeal: {
    source: 'appeal',
    name: 'appeal_fact',
    columns: APPEAL_COLUMNS,
    key: ['case_id', 'appeal'],
    rowsOf: appealFactsOf,
    dimensions: ['reason_first', 'appeal_kind', 'result'],
  },
  deadline: {
    source: 'deadline',
    name: 'deadline_fact',
    columns: DEADLINE_COLUMNS,
    key: ['case_id', 'deadline'],
    rowsOf: deadlineFactsOf,
    dimensions: ['reason_first', 'deadline'],
  },
}

export const ALL_FACT_TABLES: readonly FactTable[] = Object.values(FACT_TABLES)
