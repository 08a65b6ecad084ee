import { VirtualTable as Rows } from '@rc-component/table'
import type { ColumnType, Reference, VirtualTableProps } from '@rc-component/table'
import useRootClass from 'antd/es/config-provider/hooks/useCSSVarCls'
import useTableStyle from 'antd/es/table/style'
import type { Ref } from 'react'

export type { ColumnType, Reference as TableRef }

const PREFIX = 'ant-table'

type Props<Row> = Pick<
  VirtualTableProps<Row>,
  'rowKey' | 'columns' | 'data' | 'rowClassName' | 'onRow' | 'onScroll'
> & {
  ref: Ref<Reference>
  /** px: of all columns together, and of the rows that are visible. */
  scroll: { x: number; y: number }
  rowHeight: number
}

/**
 * The virtual table of antd with its style, but without what its `Table` brings along: filters, trees, menus, selection and
 * pages of its own are a fifth of what the queue would load.
 */
export function VirtualTable<Row>({ rowHeight, ...props }: Props<Row>) {
  const root = useRootClass(PREFIX)
  const [hash, variables] = useTableStyle(PREFIX, root)
  const styled = `${root} ${hash} ${variables}`
  return (
    <div className={`${PREFIX}-wrapper ${styled}`}>
      <Rows<Row> {...props} className={styled} prefixCls={PREFIX} {...{ listItemHeight: rowHeight }} />
    </div>
  )
}
