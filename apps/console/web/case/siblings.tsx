import { Link } from 'react-router'
import type { CaseRow } from '../api/schema'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/** Other cases of the same order. */
export function Siblings({ rows }: { rows: CaseRow[] }) {
  const { t, name } = useWords()
  return (
    <Panel title={t('case.siblings')}>
      {rows.length === 0 ? (
        <p className="faint">{t('case.noSiblings')}</p>
      ) : (
        <table className="ledger">
          <tbody>
            {rows.map((row) => (
              <tr key={row.caseId}>
                <td>
                  <Link className="number" to={`/cases/${encodeURIComponent(row.caseId)}`}>
                    {row.caseNumber}
                  </Link>
                </td>
                <td>{name('kinds', row.kind)}</td>
                <td>
                  <span className={`status status-${row.turn}`}>{name('statuses', row.status)}</span>
                </td>
                <td className="end">
                  <Money fen={row.amountFen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
