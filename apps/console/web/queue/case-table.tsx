import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { CaseRow } from '../api/schema'
import { useWords } from '../i18n/use-words'
import { columnsFor } from './columns'
import { selectColumn } from './select-column'
import { extendedTo, toggled } from './selection'
import type { SelectionState } from './use-selection'
import { useChangedRows } from './changed-rows'
import { VirtualTable } from '../components/virtual-table'
import type { TableRef } from '../components/virtual-table'
import { useRowKeys } from '../components/use-row-keys'
import { useSize } from '../components/use-size'

interface Props {
  rows: CaseRow[]
  /** The rows belong to the previous filters; the new ones are being fetched. */
  stale: boolean
  /** Fetches the next page; undefined: there is none, or it is on its way. */
  fetchMore: (() => void) | undefined
  /** Undefined: the reader can do nothing with a selection. */
  selecting: SelectionState | undefined
}

/** The height of the table's header, px. */
const HEADER_HEIGHT = 38
/** Of antd's default size, px: positions are computed from it, not measured. */
const ROW_HEIGHT = 53
/** The next page is fetched this far before the end is visible. */
const PREFETCH_DISTANCE = 12 * ROW_HEIGHT

/** The row that was opened last: on the way back the list is where it was left. */
let lastOpened: string | undefined

/** The virtual table of cases: j, k and Enter mark and open, x selects; the next page is fetched while scrolling. */
export function CaseTable({ rows, stale, fetchMore, selecting }: Props) {
  const words = useWords()
  const navigate = useNavigate()
  const { box, size } = useSize()
  const table = useRef<TableRef>(null)
  const [marked, setMarked] = useState(lastOpened)
  const changed = useChangedRows(rows)
  const { language, meta } = words
  // The words change only with the language and with the names of marketplaces and stores.
  const { columns, width } = useMemo(
    () => columnsFor(words, size.width, selecting && selectColumn(words, selecting, rows)),
    [language, meta, size.width, selecting?.selection, rows],
  )

  const open = (row: CaseRow): void => {
    lastOpened = row.caseId
    void navigate(`/cases/${encodeURIComponent(row.caseId)}`)
  }
  const position = rows.findIndex((row) => row.caseId === marked)
  const scrollTop = useRef(0)
  const body = size.height - HEADER_HEIGHT

  /** Scrolls a row into view with the least movement. */
  const reveal = (index: number): void => {
    const top = index * ROW_HEIGHT
    if (top < scrollTop.current) table.current?.scrollTo({ top })
    else if (top + ROW_HEIGHT > scrollTop.current + body) table.current?.scrollTo({ top: top + ROW_HEIGHT - body })
  }

  useRowKeys({
    step: (by) => {
      const index = Math.min(rows.length - 1, Math.max(0, position + by))
      setMarked(rows[index]?.caseId)
      reveal(index)
      if (index > rows.length - 10) fetchMore?.()
    },
    open: () => {
      const row = rows[position]
      if (row !== undefined) open(row)
    },
    select:
      selecting &&
      ((extend) => {
        const row = rows[position]
        if (row === undefined) return
        const { selection, set } = selecting
        set(extend ? extendedTo(selection, rows, row.caseId) : toggled(selection, row.caseId))
      }),
  })

  const ready = size.height > 0
  useEffect(() => {
    if (ready && position > 0) reveal(position)
    // Only once: afterwards the reader alone scrolls.
  }, [ready])

  return (
    <div ref={box} className={stale ? 'table-box table-stale' : 'table-box'} data-testid="cases">
      {ready && (
        <VirtualTable<CaseRow>
          ref={table}
          rowKey="caseId"
          columns={columns}
          data={rows}
          rowHeight={ROW_HEIGHT}
          scroll={{ x: width, y: body }}
          rowClassName={(row) =>
            [
              'case-row',
              row.caseId === marked ? 'case-row-marked' : '',
              changed.has(row.caseId) ? 'case-row-flash' : '',
            ].join(' ')
          }
          onRow={(row) => ({ onClick: () => open(row) })}
          onScroll={(event) => {
            scrollTop.current = event.currentTarget.scrollTop
            if (scrollTop.current + body > rows.length * ROW_HEIGHT - PREFETCH_DISTANCE) fetchMore?.()
          }}
        />
      )}
    </div>
  )
}
