import type { TableColumnsType } from 'antd'
import type { Row } from '../api/shapes'

export type Column = TableColumnsType<Row>[number] & { width: number }
