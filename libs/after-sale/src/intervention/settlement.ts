import type { ActionName } from '../actions/action-names'
import type { AfterSaleCase } from '../case'
import { isFinal } from '../turn'

/**
 * What the merchant may still do while the platform handles the case (R146: keep talking before *and after* asking, and
 * settle where both agree). All of these grant what the buyer wants, or continue the talks; none decides against the
 * buyer, for that is now the platform's decision (R142).
 */
const SETTLING_ACTIONS: ReadonlySet<ActionName> = new Set<ActionName>([
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

/** R146: whether this action may settle a case that the platform is handling. The marketplace may still refuse it. */
export const settlesDuringIntervention = (name: ActionName): boolean => SETTLING_ACTIONS.has(name)

/**
 * R146: whether the case ended after the platform had stepped in and without a ruling: the two settled it, or the buyer
 * gave up. `undefined` where it has not ended, or no dispute is known.
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
