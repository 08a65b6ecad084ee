import type { ActionName } from '../actions/vocabulary'
import type { AfterSaleCase } from '../case'
import { isFinal } from '../turn'

/**
 * What the merchant may still do while the platform looks at the case (R146: keep talking before *and after* asking, and
 * settle where both can live with it). All of these give the buyer what he wants, or go on talking; none decides
 * against him, for that is the platform's now (R142).
 */
const SETTLING: ReadonlySet<ActionName> = new Set<ActionName>([
  'approve-return',
  'approve-refund',
  'approve-exchange',
  'approve-resend',
  'approve-repair',
  'turn-into-refund',
  'propose-amount',
  'send-small-payment',
  'negotiate',
  'submit-evidence',
  'answer-work-order',
  'add-remark',
])

/** R146: whether this action may settle a case that lies with the platform. What the marketplace allows, its answer says. */
export const settlesDuringIntervention = (name: ActionName): boolean => SETTLING.has(name)

/**
 * R146: the platform had stepped in, never ruled, and the case ended all the same: the two settled it, or the buyer let go.
 * `undefined`: it has not ended, or nobody told of a dispute.
 */
export function settledDuringIntervention(afterSale: AfterSaleCase): boolean | undefined {
  if (!isFinal(afterSale) || afterSale.dispute === undefined) return undefined
  const stages = ['platform-intervened', 'evidence-wanted', 'evidence-given']
  const steppedIn = stages.some((stage) => afterSale.reached[`dispute:${stage}`] !== undefined)
  const ruled = ['ruled-for-buyer', 'ruled-for-merchant'].some(
    (stage) => afterSale.reached[`dispute:${stage}`] !== undefined,
  )
  return steppedIn && !ruled
}
