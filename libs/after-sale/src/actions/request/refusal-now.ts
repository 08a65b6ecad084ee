import type { AfterSaleCase } from '../../case'
import { settlesDuringIntervention } from '../../intervention/settlement'
import { isFinal, turnOf } from '../../turn'
import type { ActionName } from '../action-names'
import { isDeciding, isOpen } from '../intents/intent'
import { ALLOWANCES } from './action-allowances'
import type { ActionRefusal } from './refusals'

/** Why the case does not allow the action now, whatever its parameters are; `undefined`: it may be requested. */
export function refusalNow(afterSale: AfterSaleCase, name: ActionName): ActionRefusal | undefined {
  const { kinds, statuses, afterwards } = ALLOWANCES[name]
  if (isFinal(afterSale) && afterwards === undefined) return 'AlreadyFinished'
  if (kinds !== undefined && (afterSale.kind === undefined || !kinds.includes(afterSale.kind.kind)))
    return 'NotForThisKind'
  const underWay = conflictWith(afterSale, name)
  if (underWay !== undefined) return underWay
  // R146: while the platform handles the case, the two may still settle; decisions against the buyer are the platform's
  // (R142).
  if (isDeciding(name) && turnOf(afterSale) === 'platform' && !settlesDuringIntervention(name)) return 'PlatformDecides'
  if (statuses !== undefined && (afterSale.status === undefined || !statuses.includes(afterSale.status.status)))
    return 'NotInThisStatus'
  return undefined
}

/**
 * Refuses the same action twice, two open decisions on one application, and a refund whose money is already on its way.
 */
function conflictWith(afterSale: AfterSaleCase, name: ActionName): ActionRefusal | undefined {
  const openIntents = afterSale.intents?.filter(isOpen) ?? []
  if (openIntents.some((intent) => intent.action.name === name)) return 'AlreadyDecided'
  if (isDeciding(name) && openIntents.some((intent) => isDeciding(intent.action.name))) return 'AnotherUnderWay'
  const stage = afterSale.money?.stage
  const alreadyPaid = stage === 'refunding' || stage === 'refunded' || stage === 'advanced'
  return alreadyPaid && (name === 'approve-refund' || name === 'turn-into-refund') ? 'AlreadyDecided' : undefined
}
