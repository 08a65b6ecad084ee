import type { OrderLine } from '../api/schema'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/** The order lines that the case is about. */
export function Lines({ lines }: { lines: OrderLine[] }) {
  const { t } = useWords()
  return (
    <Panel title={t('case.lines')}>
      {lines.length === 0 ? (
        <p className="faint">{t('case.noLines')}</p>
      ) : (
        <table className="ledger">
          <thead>
            <tr>
              <th>{t('case.lines')}</th>
              <th>{t('case.sku')}</th>
              <th className="end">{t('case.quantity')}</th>
              <th className="end">{t('case.paid')}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.lineId}>
                <td>{line.title ?? t('unknown')}</td>
                <td>{line.sku ?? '—'}</td>
                <td className="end number">{line.quantity ?? '—'}</td>
                <td className="end">
                  <Money fen={line.paidFen} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
