import type { AfterSaleCase } from '../case'
import type { Fen } from '../facets'
import { isFinal } from '../turn'
import type { Kind } from '../glossary/vocabulary'

/** Fen formatted in yuan: `1234` → `12.34`. */
export const formatYuan = (fen: Fen): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

/** The requested amount, fen; `undefined`: unknown. */
export const askedOf = ({ amounts }: AfterSaleCase): Fen | undefined => amounts?.total
/** The agreed refund, fen; `undefined`: nothing was agreed, or the marketplace does not report it. */
export const agreedOf = ({ amountAgreed }: AfterSaleCase): Fen | undefined => amountAgreed?.total
/** What was actually refunded, fen; `undefined`: nothing was, or the marketplace does not report it. */
export const refundedOf = ({ amountRefunded }: AfterSaleCase): Fen | undefined => amountRefunded?.total

const ASKS_FOR_MONEY: Readonly<Record<Kind, boolean>> = {
  'refund-only': true,
  'return-and-refund': true,
  exchange: false,
  resend: false,
  repair: false,
}

/** Whether cases of this kind ask for money. */
export const isRefundKind = (kind: Kind): boolean => ASKS_FOR_MONEY[kind]

/**
 * What the merchant can still lose on this case, in fen: the requested amount minus what was already refunded, while
 * the case is open. Money that the platform advanced stays at risk until the case ends (R148: it is advanced, not
 * given). An exchange, a resend or a repair asks for no money, whatever amount is shown with it, unless money has moved
 * anyway.
 */
export function amountAtRiskOf(afterSale: AfterSaleCase): Fen {
  const asked = askedOf(afterSale)
  if (isFinal(afterSale) || asked === undefined) return 0
  const stage = afterSale.money?.stage
  if (stage === 'refunded' || stage === 'recovered') return 0
  const moneyMoves = stage === 'advanced' || stage === 'refunding' || stage === 'partly-refunded'
  if (afterSale.kind !== undefined && !isRefundKind(afterSale.kind.kind) && !moneyMoves) return 0
  if (stage === 'advanced') return asked
  return Math.max(0, asked - (refundedOf(afterSale) ?? 0))
}

/** Which of the three amounts a figure is based on. Only `refunded` was really paid to the buyer. */
export type AmountSource = 'refunded' | 'agreed' | 'asked'

/** An amount in fen, and which of the three amounts it is. */
export interface SourcedAmount {
  readonly fen: Fen
  readonly source: AmountSource
}

/**
 * The cost of a refund that took place: the amount actually refunded; where the marketplace does not report it, the
 * agreed amount, then the requested one, as given by `source`. `undefined`: none of the three is known. Call it only
 * for cases that were refunded: it does not check that.
 */
export function refundCostOf(afterSale: AfterSaleCase): SourcedAmount | undefined {
  const refunded = refundedOf(afterSale)
  if (refunded !== undefined) return { fen: refunded, source: 'refunded' }
  const agreed = agreedOf(afterSale)
  if (agreed !== undefined) return { fen: agreed, source: 'agreed' }
  const asked = askedOf(afterSale)
  return asked === undefined ? undefined : { fen: asked, source: 'asked' }
}
