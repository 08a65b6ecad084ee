import type { AmountFacet, AmountsFacet, Facets } from '#after-sale'
import type { Json } from '../../contract'
import { asFen } from '../../contract'
import type { StatusFacts } from '../statuses'

/** The money fields of one message: a push, a list row and a detail differ only in how they name the total. */
export interface AmountFields {
  /** The requested amount including freight, fen. */
  readonly total: Json | undefined
  readonly freight: Json | undefined
  /** `real_refund_amount`: what was actually refunded; fen. The documented list and push do not have it. */
  readonly refunded: Json | undefined
}

/** Why a case is read once its refund has arrived: only the detail has `real_refund_amount`. */
export const REFUND_ONLY_IN_DETAIL = 'only the detail has what was actually refunded'

/** The requested, agreed and actually refunded amounts, each only where the message has it. */
export function amountsOf(
  { total, freight, refunded }: AmountFields,
  facts: StatusFacts,
): Pick<Partial<Facets>, 'amounts' | 'amountAgreed' | 'amountRefunded'> {
  const amounts = amountsFacetOf(total, freight)
  const agreed = amounts === undefined ? undefined : amountAgreedOf(amounts.total, facts)
  const paid = amountRefundedOf(refunded, facts)
  return {
    ...(amounts === undefined ? {} : { amounts }),
    ...(agreed === undefined ? {} : { amountAgreed: agreed }),
    ...(paid === undefined ? {} : { amountRefunded: paid }),
  }
}

function amountsFacetOf(total: Json | undefined, freight: Json | undefined): AmountsFacet | undefined {
  const totalFen = asFen(total)
  if (totalFen === undefined) return undefined
  const freightFen = asFen(freight)
  const legs =
    freightFen === undefined || freightFen > totalFen ? {} : { GOODS: totalFen - freightFen, FREIGHT: freightFen }
  return { total: totalFen, legs }
}

/** Exchange, resend and repair ask for no money. */
const WITHOUT_MONEY: ReadonlySet<StatusFacts['type']> = new Set([3, 7, 8] as const)

/** Code 12 means that the refund is agreed, and an agreement pays the amount requested at that time (R174). */
const amountAgreedOf = (total: number, { code, type }: StatusFacts): AmountFacet | undefined =>
  code === 12 && !WITHOUT_MONEY.has(type) ? { total } : undefined

/**
 * Reported only once the money has moved: before that, or after a refund that failed, the field holds nothing that was paid.
 * Zero is the wire's default and means nothing.
 */
function amountRefundedOf(value: Json | undefined, { refund, code }: StatusFacts): AmountFacet | undefined {
  const total = asFen(value)
  if (total === undefined || total === 0) return undefined
  const hasMoneyMoved = refund === 3 || refund === 5 || (refund === undefined && code === 12)
  return hasMoneyMoved ? { total } : undefined
}
