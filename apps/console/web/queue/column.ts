import type { TableColumnsType } from 'antd'
import type { CaseRow } from '../api/schema'

/** A column of the table of cases; its width in px is always known, so that the goods column can take the rest. */
export type Column = TableColumnsType<CaseRow>[number] & { width: number }
