import { Link } from 'react-router'
import type { CaseRow } from '../api/schema'
import { Ago } from '../components/ago'
import { Copyable } from '../components/copyable'
import { Countdown } from '../components/countdown'
import { StoreName } from '../components/marketplace-mark'
import type { Wording } from '../i18n/use-words'
import type { Column } from './column'
import { PHONE, phoneColumns } from './phone-columns'
import { PresenceMark } from '../teamwork/presence'
import { Risk } from './risk'

/** Below this width, kind and reason move under the goods, and the last column is left out. */
const ROOMY_WIDTH = 1240
const WIDE = {
  due: 160,
  case: 180,
  store: 146,
  kind: 112,
  status: 132,
  reason: 126,
  goods: 160,
  risk: 108,
  buyer: 124,
  updated: 82,
}
const NARROW = { ...WIDE, due: 158, case: 176, store: 104, status: 112, goods: 114, risk: 92, buyer: 112 }

/** The table's columns for a width in pixels; the goods take what is left. */
export function columnsFor(
  words: Wording,
  available: number,
  select: Column | undefined,
): { columns: Column[]; width: number } {
  if (available < PHONE) return phoneColumns(words, available, select)
  const { t, name } = words
  const roomy = available >= ROOMY_WIDTH
  const wide = roomy ? WIDE : NARROW
  const kind = (row: CaseRow) => (
    <>
      <div className={row.variant === null ? 'two-lines' : 'ellipsis'}>{name('kinds', row.kind)}</div>
      {row.variant !== null && <div className="second ellipsis">{name('variants', row.variant)}</div>}
    </>
  )
  const status = (row: CaseRow) => (
    <span className={`status status-${row.turn} two-lines`} title={name('statuses', row.status)}>
      {name('statuses', row.status)}
      {row.outcome !== null && <small className="second">{name('outcomes', row.outcome)}</small>}
    </span>
  )
  const reason = (row: CaseRow) => <Clipped text={row.reason?.text ?? row.reason?.code} />

  const columns: Column[] = [
    ...(select === undefined ? [] : [select]),
    {
      key: 'due',
      title: t('column.due'),
      width: wide.due,
      fixed: 'start',
      className: 'due-cell',
      render: (_, row) => (
        <>
          <Countdown due={row.due} />
          <PresenceMark caseId={row.caseId} />
        </>
      ),
    },
    { key: 'case', title: t('column.case'), width: wide.case, render: (_, row) => <CaseAndOrderNumber row={row} /> },
    {
      key: 'store',
      title: t('column.store'),
      width: wide.store,
      render: (_, row) => (
        <>
          <StoreName id={row.marketplace} name={row.store.name} />
          {row.assignee !== null && (
            <div className="second ellipsis assignee" title={row.assignee.name}>
              {row.assignee.name}
            </div>
          )}
        </>
      ),
    },
    ...(roomy
      ? [
          { key: 'kind', title: t('column.kind'), width: wide.kind, render: (_: unknown, row: CaseRow) => kind(row) },
          {
            key: 'status',
            title: t('column.status'),
            width: wide.status,
            render: (_: unknown, row: CaseRow) => status(row),
          },
          {
            key: 'reason',
            title: t('column.reason'),
            width: wide.reason,
            render: (_: unknown, row: CaseRow) => reason(row),
          },
        ]
      : [
          {
            key: 'status',
            title: t('column.status'),
            width: wide.status,
            render: (_: unknown, row: CaseRow) => status(row),
          },
        ]),
    {
      key: 'goods',
      title: t('column.goods'),
      width: 0,
      render: (_, row) => (
        <>
          <Goods row={row} />
          {!roomy && (
            <div className="second ellipsis">
              {name('kinds', row.kind)} · {row.reason?.text ?? row.reason?.code ?? t('none')}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'risk',
      title: t('column.risk'),
      width: wide.risk,
      align: 'end',
      render: (_, row) => <Risk row={row} asked={t('case.amount')} refunded={t('case.refunded')} />,
    },
    {
      key: 'buyer',
      title: t('column.buyer'),
      width: wide.buyer,
      className: 'buyer-cell',
      render: (_, row) => (
        <>
          <div className="ellipsis">{row.buyer?.name ?? <span className="faint">{t('none')}</span>}</div>
          <div className="second number">{row.buyer?.phone}</div>
        </>
      ),
    },
    ...(roomy
      ? [
          {
            key: 'updated',
            title: t('column.updated'),
            width: wide.updated,
            render: (_: unknown, row: CaseRow) => <Ago at={row.updatedAt} />,
          },
        ]
      : []),
  ]

  const otherWidths = columns.reduce((sum, column) => sum + column.width, 0)
  const goodsWidth = Math.max(wide.goods, available - otherWidths)
  return {
    columns: columns.map((column) => (column.key === 'goods' ? { ...column, width: goodsWidth } : column)),
    width: otherWidths + goodsWidth,
  }
}

function CaseAndOrderNumber({ row }: { row: CaseRow }) {
  return (
    <>
      <Link
        to={`/cases/${encodeURIComponent(row.caseId)}`}
        className="number"
        onClick={(event) => event.stopPropagation()}
      >
        {row.caseNumber}
      </Link>
      <div className="second">{row.orderNumber === null ? '—' : <Copyable text={row.orderNumber} />}</div>
    </>
  )
}

function Goods({ row }: { row: CaseRow }) {
  if (row.goods === null) return <span className="faint">—</span>
  const { title, count } = row.goods
  return (
    <span className="goods">
      <span className="ellipsis" title={title ?? ''}>
        {title ?? '—'}
      </span>
      {count !== null && count > 1 && <span className="times">×{count}</span>}
    </span>
  )
}

function Clipped({ text }: { text: string | null | undefined }) {
  if (text === null || text === undefined || text === '') return <span className="faint">—</span>
  return (
    <span className="two-lines" title={text}>
      {text}
    </span>
  )
}
