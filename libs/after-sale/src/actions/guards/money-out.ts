import type { AfterSaleCase } from '../../case'
import type { Fen } from '../../facets'
import { refundCostOf, refundedOf } from '../../money/money'
import type { ActionFacts } from '../facts/facts'
import type { Intent } from '../intents/intent'
import { isOpen } from '../intents/intent'
import type { ActionName } from '../action-names'

/** Whether the money of an action may have been paid: it is in progress, in doubt, or confirmed. */
const mayHavePaid = (intent: Intent): boolean => isOpen(intent) || intent.state === 'confirmed'

/**
 * All small payments of the case, fen: our own that are open or done, and those that the back office shows. The back
 * office may include our own, so of the completed ones the larger figure counts; an open one is added to either.
 */
export function smallPaymentsOf({ intents }: AfterSaleCase, { smallPaid = 0 }: ActionFacts): Fen {
  let open = 0
  let done = 0
  for (const intent of intents ?? []) {
    if (intent.action.name !== 'send-small-payment' || !mayHavePaid(intent)) continue
    if (isOpen(intent)) open += intent.action.amount
    else done += intent.action.amount
  }
  return open + Math.max(done, smallPaid)
}

/** Actions that refund the buyer. An agreed return does not yet: the refund is decided when the goods are back. */
const REFUND_ACTIONS: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-refund',
  'turn-into-refund',
  'approve-refusal',
  'cancel-sending',
])
/** Stages in which the marketplace shows a refund, whether it was requested by us or not. */
const MONEY_MOVING_STAGES: ReadonlySet<string> = new Set(['advanced', 'refunding', 'refunded', 'partly-refunded'])

/**
 * The refund of this case that was paid or is on its way, fen. There is only one refund: of several figures the largest
 * counts. Once the refund is shown and its actual amount is known, that amount alone counts.
 */
export function refundPaidOrPendingOf(afterSale: AfterSaleCase): Fen {
  const stage = afterSale.money?.stage ?? 'none'
  const refunded = refundedOf(afterSale)
  if (stage === 'refunded' && refunded !== undefined) return refunded
  let largest = refunded ?? 0
  for (const intent of afterSale.intents ?? [])
    if (REFUND_ACTIONS.has(intent.action.name) && mayHavePaid(intent)) largest = Math.max(largest, intent.amount)
  return MONEY_MOVING_STAGES.has(stage) ? Math.max(largest, refundCostOf(afterSale)?.fen ?? 0) : largest
}

/** What is claimed back in appeals of this case that are not lost, as far as the buyer paid it; fen. */
export function claimedAmountOf({ appeals }: AfterSaleCase): Fen {
  let sum = 0
  for (const { items } of appeals ?? [])
    for (const { kind, claimed = 0, result, recovered } of items) {
      if (kind !== 'goods-money' && kind !== 'freight') continue
      if (result === 'pending' || result === 'won') sum += claimed
      if (result === 'partly') sum += recovered ?? claimed
    }
  return sum
}
