import type { CaseRow } from '../api/schema'
import { Money } from '../components/money'
import { yuanText } from '../components/yuan'

/** Below the money at risk: what was actually refunded, if known; else what is asked for, if it differs. */
export function Risk({ row, asked, refunded }: { row: CaseRow; asked: string; refunded: string }) {
  const isRefunded = row.refundedFen !== null
  const second = isRefunded ? row.refundedFen : row.riskFen === row.amountFen ? null : row.amountFen
  return (
    <>
      <Money fen={row.riskFen} strong />
      {second !== null && (
        <div className="second number" title={isRefunded ? refunded : asked}>
          {isRefunded && '↩ '}
          {yuanText(second)}
        </div>
      )}
    </>
  )
}
