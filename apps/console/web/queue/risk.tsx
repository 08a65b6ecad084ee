import type { Row } from '../api/shapes'
import { Money } from '../components/money'
import { yuanText } from '../components/yuan'

/** Beneath the money at risk: what was actually refunded, where that is known; else what is asked, where it differs. */
export function Risk({ row, asked, refunded }: { row: Row; asked: string; refunded: string }) {
  const back = row.refundedFen !== null
  const beneath = back ? row.refundedFen : row.riskFen === row.amountFen ? null : row.amountFen
  return (
    <>
      <Money fen={row.riskFen} strong />
      {beneath !== null && (
        <div className="second number" title={back ? refunded : asked}>
          {back && '↩ '}
          {yuanText(beneath)}
        </div>
      )}
    </>
  )
}
