import { Table } from 'antd'
import type { TableRef } from 'antd/es/table'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { Row } from '../api/shapes'
import { useWords } from '../i18n/use-words'
import { columnsFor } from './columns'
import { useFlashes } from './changed-rows'
import { useRowKeys } from '../components/use-row-keys'
import { useRoom } from './use-size'

interface Props {
  rows: Row[]
  /** Rows are shown that belong to the question before. */
  stale: boolean
  more: (() => void) | undefined
}

const HEAD = 38
/** Every row is as high as the table's library assumes for its default size, so that places can be reckoned, not measured. */
const ROW = 53
/** Ask for the next page this far before the end is seen. */
const EARLY = 12 * ROW

/** The row that was opened last: whoever comes back finds the list where it was left. */
let lastOpened: string | undefined

export function CaseTable({ rows, stale, more }: Props) {
  const words = useWords()
  const navigate = useNavigate()
  const { box, room } = useRoom()
  const table = useRef<TableRef>(null)
  const [marked, setMarked] = useState(lastOpened)
  const flashes = useFlashes(rows)
  const { language, meta } = words
  // The words change with the language and with the glossary only.
  const { columns, width } = useMemo(() => columnsFor(words, room.width), [language, meta, room.width])

  const open = (row: Row): void => {
    lastOpened = row.caseId
    void navigate(`/cases/${encodeURIComponent(row.caseId)}`)
  }
  const place = rows.findIndex((row) => row.caseId === marked)
  const seen = useRef(0)
  const body = room.height - HEAD

  /** Brings a row into view with the least movement. */
  const reveal = (index: number): void => {
    const top = index * ROW
    if (top < seen.current) table.current?.scrollTo({ top })
    else if (top + ROW > seen.current + body) table.current?.scrollTo({ top: top + ROW - body })
  }

  useRowKeys({
    step: (by) => {
      const index = Math.min(rows.length - 1, Math.max(0, place + by))
      setMarked(rows[index]?.caseId)
      reveal(index)
      if (index > rows.length - 10) more?.()
    },
    open: () => {
      const row = rows[place]
      if (row !== undefined) open(row)
    },
  })

  const ready = room.height > 0
  useEffect(() => {
    if (ready && place > 0) reveal(place)
    // Only when the list comes back; afterwards it moves by the reader's hand alone.
  }, [ready])

  return (
    <div ref={box} className={stale ? 'table-box table-stale' : 'table-box'} data-testid="cases">
      {ready && (
        <Table<Row>
          ref={table}
          virtual
          rowKey="caseId"
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: width, y: body }}
          rowClassName={(row) =>
            [
              'case-row',
              row.caseId === marked ? 'case-row-marked' : '',
              flashes.has(row.caseId) ? 'case-row-flash' : '',
            ].join(' ')
          }
          onRow={(row) => ({ onClick: () => open(row) })}
          onScroll={(event) => {
            seen.current = event.currentTarget.scrollTop
            if (seen.current + body > rows.length * ROW - EARLY) more?.()
          }}
        />
      )}
    </div>
  )
}
