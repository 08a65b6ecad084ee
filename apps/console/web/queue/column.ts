import type { TableColumnsType } from 'antd'
import type { CaseRow } from '../api/schema'

export type Column = TableColumnsType<CaseRow>[number] & { width: number }
