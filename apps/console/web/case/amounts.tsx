import type { CaseAmounts } from '../api/schema'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/**
 * Goods, freight and compensation are refunded by different rules (R122), so they are shown separately. So are the amounts asked
 * for, agreed and actually refunded: any of them may be unknown.
 */
export function Amounts({ amounts }: { amounts: CaseAmounts }) {
  const { t, name } = useWords()
  return (
    <Panel title={t('case.amounts')}>
      <table className="ledger">
        <thead>
          <tr>
            <th>{t('case.leg')}</th>
            <th className="end">{t('case.legFen')}</th>
          </tr>
        </thead>
        <tbody>
          {amounts.legs.map((leg) => (
            <tr key={leg.leg}>
              <td>{name('legs', leg.leg)}</td>
              <td className="end">
                <Money fen={leg.fen} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <td>{t('case.amount')}</td>
            <td className="end">
              <Money fen={amounts.totalFen} strong />
            </td>
          </tr>
          <tr data-testid="amount-agreed">
            <td>{t('case.agreed')}</td>
            <td className="end">
              <Money fen={amounts.agreedFen} />
            </td>
          </tr>
          <tr className="total" data-testid="amount-refunded">
            <td>{t('case.refunded')}</td>
            <td className="end">
              <Money fen={amounts.refundedFen} strong />
            </td>
          </tr>
          <tr data-testid="full-refund">
            <td>{t('case.fullRefund')}</td>
            <td className="end">{t(`case.fullRefundIs.${amounts.fullRefund}`)}</td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}
