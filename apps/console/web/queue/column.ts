import type { CaseRow } from '../api/schema'
import type { ColumnType } from '../components/virtual-table'

/** A column of the table of cases; its width in px is always known, so that the goods column can take the rest. */
export type Column = ColumnType<CaseRow> & { width: number }
