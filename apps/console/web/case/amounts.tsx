import type { CaseFile } from '../api/shapes'
import { Money } from '../components/money'
import { Panel } from '../components/panel'
import { useWords } from '../i18n/use-words'

/**
 * Goods, freight and compensation are refunded by different rules (R122), so they are told apart. So are what is asked, what
 * was agreed and what was actually refunded: any of them may be unknown.
 */
export function Amounts({ amounts }: { amounts: CaseFile['amounts'] }) {
  const { t, name } = useWords()
  const payers = amounts.legs.some(({ payer }) => payer !== null)
  const states = amounts.legs.some(({ state }) => state !== null)
  const span = 1 + Number(payers) + Number(states)
  return (
    <Panel title={t('case.amounts')}>
      <table className="ledger">
        <thead>
          <tr>
            <th>{t('case.leg')}</th>
            {payers && <th>{t('case.legPayer')}</th>}
            {states && <th>{t('case.legState')}</th>}
            <th className="end">{t('case.legFen')}</th>
          </tr>
        </thead>
        <tbody>
          {amounts.legs.map((leg) => (
            <tr key={leg.leg}>
              <td>{name('legs', leg.leg)}</td>
              {payers && <td>{leg.payer === null ? '—' : name('payers', leg.payer)}</td>}
              {states && <td>{leg.state === null ? '—' : name('money', leg.state)}</td>}
              <td className="end">
                <Money fen={leg.fen} />
              </td>
            </tr>
          ))}
          <tr className="total">
            <td colSpan={span}>{t('case.amount')}</td>
            <td className="end">
              <Money fen={amounts.totalFen} strong />
            </td>
          </tr>
          <tr data-testid="amount-agreed">
            <td colSpan={span}>{t('case.agreed')}</td>
            <td className="end">
              <Money fen={amounts.agreedFen} />
            </td>
          </tr>
          <tr className="total" data-testid="amount-refunded">
            <td colSpan={span}>{t('case.refunded')}</td>
            <td className="end">
              <Money fen={amounts.refundedFen} strong />
            </td>
          </tr>
          <tr data-testid="full-refund">
            <td colSpan={span}>{t('case.fullRefund')}</td>
            <td className="end">{t(`case.fullRefundIs.${amounts.fullRefund}`)}</td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}
