import type { CaseFile } from '../api/shapes'
import { Money } from '../parts/money'
import { Panel } from '../parts/panel'
import { useWords } from '../words/use-words'

/** Goods, freight and compensation are refunded by different rules (R122), so they are told apart. */
export function Amounts({ amounts }: { amounts: CaseFile['amounts'] }) {
  const { t, name } = useWords()
  const payers = amounts.legs.some(({ payer }) => payer !== null)
  const states = amounts.legs.some(({ state }) => state !== null)
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
            <td colSpan={1 + Number(payers) + Number(states)}>{t('case.total')}</td>
            <td className="end">
              <Money fen={amounts.totalFen} strong />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  )
}
