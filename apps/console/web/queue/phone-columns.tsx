import { Link } from 'react-router'
import type { CaseRow } from '../api/schema'
import { Countdown } from '../components/countdown'
import { MarketplaceMark } from '../components/marketplace-mark'
import type { Wording } from '../i18n/use-words'
import type { Column } from './column'
import { PresenceMark } from '../teamwork/presence'
import { Risk } from './risk'

/** Below this width, pixels, the table shows three columns and does not scroll sideways. */
export const PHONE = 600
const DUE = 112
const RISK = 94
const LEAST_CASE = 110

/** Time left, case and amount; the rest is on the case's page. Rows keep their height of two lines. */
export function phoneColumns(
  { t, name }: Wording,
  available: number,
  select: Column | undefined,
): { columns: Column[]; width: number } {
  const others = DUE + RISK + (select?.width ?? 0)
  const rest = Math.max(LEAST_CASE, available - others)
  const columns: Column[] = [
    ...(select === undefined ? [] : [select]),
    { key: 'due', title: t('column.due'), width: DUE, render: (_, row) => <Countdown due={row.due} /> },
    {
      key: 'case',
      title: t('column.case'),
      width: rest,
      render: (_, row: CaseRow) => (
        <>
          <Link
            to={`/cases/${encodeURIComponent(row.caseId)}`}
            className="number ellipsis"
            onClick={(event) => event.stopPropagation()}
          >
            {row.caseNumber}
          </Link>
          <div className="second phone-case">
            <MarketplaceMark id={row.marketplace} />
            <PresenceMark caseId={row.caseId} />
            {row.assignee !== null && <span className="assignee">{row.assignee.name}</span>}
            <span className="ellipsis">
              {name('kinds', row.kind)} · {name('statuses', row.status)}
            </span>
          </div>
        </>
      ),
    },
    {
      key: 'risk',
      title: t('column.risk'),
      width: RISK,
      align: 'end',
      render: (_, row) => <Risk row={row} asked={t('case.amount')} refunded={t('case.refunded')} />,
    },
  ]
  return { columns, width: others + rest }
}
