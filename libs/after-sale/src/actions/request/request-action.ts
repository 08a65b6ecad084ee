import type { AfterSaleCase } from '../../case'
import type { Decision } from '../../decision'
import { noChange } from '../../decision'
import type { Instant } from '../../facets'
import { settlesDuringIntervention } from '../../intervention/settlement'
import type { StoreTerms } from '../../store-terms/store-terms'
import { isFinal, turnOf } from '../../turn'
import { ALLOWANCES } from './action-allowances'
import type { RequestAction } from '../commands'
import { costOf } from './action-cost'
import { GUARDS } from '../guards/guards'
import { isDeciding, isOpen } from '../intents/intent'
import type { ActionRefusal } from './refusals'
import type { ActionName } from '../action-names'
import { withoutTexts } from './without-texts'

/**
 * Decides a requested action: it is refused with a named reason, or intended from now on. Repeating a request with the
 * same id changes nothing. The texts are only in the effect, whether a call or a person carries the action out.
 */
export function requestAction(afterSale: AfterSaleCase | undefined, request: RequestAction): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  if (afterSale.intents?.some((intent) => intent.id === request.intent)) return noChange
  const reason = refusalOf(afterSale, request)
  if (reason !== undefined) return { type: 'refused', reason }
  const guardInput = {
    afterSale,
    action: request.action,
    facts: { ...afterSale.facts, ...request.facts },
    terms: request.terms,
    now: request.now,
  }
  const objections = (GUARDS[request.action.name] ?? []).flatMap((guard) => guard(guardInput))
  for (const objection of objections)
    if (objection.type === 'refused') return { type: 'refused', reason: objection.reason, rule: objection.rule }
  const warnings = [...new Set(objections.flatMap((o) => (o.type === 'warned' ? [o.warning] : [])))]
  // All warnings are listed, not only the unconfirmed ones: a person confirms the whole list as it is shown.
  if (warnings.some((warning) => !request.confirmed.includes(warning)))
    return { type: 'refused', reason: 'MustBeConfirmed', warnings }
  return intend(afterSale, request)
}

function intend(afterSale: AfterSaleCase, request: RequestAction): Decision {
  const { intent, action, by, judged, terms, verdict, now, way } = request
  if (way !== 'API' && way !== 'ASSISTED') return { type: 'refused', reason: 'NotOfferedHere' }
  const amount = costOf(action, afterSale)
  // A strategy does not spend an unknown amount.
  if (by.kind === 'strategy' && (amount === undefined || amount > (request.budgetLeft ?? 0)) && amount !== 0)
    return { type: 'refused', reason: 'BudgetExhausted' }
  return {
    type: 'decided',
    events: [
      {
        type: 'ActionIntended',
        intent,
        action: withoutTexts(action),
        by,
        way,
        judged,
        amount: amount ?? 0,
        ...(verdict === undefined ? {} : { verdict }),
        at: now,
      },
    ],
    effects: [{ type: 'Perform', intent, action, way, judged, ...returnAddressOf(terms) }],
  }
}

const returnAddressOf = ({ returnAddressId }: StoreTerms): Pick<StoreTerms, 'returnAddressId'> =>
  returnAddressId === undefined ? {} : { returnAddressId }

function refusalOf(afterSale: AfterSaleCase, { action, judged }: RequestAction): ActionRefusal | undefined {
  const { kinds, statuses, afterwards } = ALLOWANCES[action.name]
  if (isFinal(afterSale) && afterwards === undefined) return 'AlreadyFinished'
  const revisionRefusal = revisionProblem(afterSale, judged)
  if (revisionRefusal !== undefined) return revisionRefusal
  if (kinds !== undefined && (afterSale.kind === undefined || !kinds.includes(afterSale.kind.kind)))
    return 'NotForThisKind'
  const conflict = conflictWith(afterSale, action.name)
  if (conflict !== undefined) return conflict
  // R146: while the platform handles the case, the two may still settle; decisions against the buyer are the platform's
  // (R142).
  if (isDeciding(action.name) && turnOf(afterSale) === 'platform' && !settlesDuringIntervention(action.name))
    return 'PlatformDecides'
  if (statuses !== undefined && (afterSale.status === undefined || !statuses.includes(afterSale.status.status)))
    return 'NotInThisStatus'
  return undefined
}

/**
 * Only the revision that the case shows now can be acted upon. A newer one was never shown: accepting it would disable
 * the comparison with later revisions.
 */
function revisionProblem({ lastSeen }: AfterSaleCase, judged: Instant): ActionRefusal | undefined {
  if (judged === lastSeen?.revision) return undefined
  return lastSeen !== undefined && judged < lastSeen.revision ? 'JudgedOldRevision' : 'JudgedUnseenRevision'
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
