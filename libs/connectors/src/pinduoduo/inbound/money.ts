import type { Kind, MoneyRail } from '#after-sale'
import type { StatusMeaning } from '../statuses'
import { asksForMoney } from '../statuses'

/** How far a speed refund (极速退款) got. The list reports it; the detail only reports that there is one. */
export type SpeedRefund = 'none' | 'paid' | 'not-paid' | 'unknown'

/**
 * The money rail by the code. A speed refund that succeeded has reached the buyer whatever the code says; it is not
 * documented who paid it, so no payer is reported and it is not called an advance. Where only "it is a speed refund" is
 * known, an open code does not show whether the money has been paid: nothing is reported. Exchange, resend and repair
 * move no money.
 */
export function moneyOf(meaning: StatusMeaning, kind: Kind, speedRefund: SpeedRefund): MoneyRail | undefined {
  if (!asksForMoney(kind)) return { stage: 'none' }
  if (meaning.money === 'refunded' || speedRefund === 'paid') return { stage: 'refunded' }
  if (speedRefund === 'unknown') return undefined
  return { stage: meaning.money }
}
