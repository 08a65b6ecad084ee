import type { AfterSaleCase } from '../../case'
import type { Decision } from '../../decision'
import { noChange } from '../../decision'
import type { Instant } from '../../facets'
import type { StoreTerms } from '../../store-terms/store-terms'
import { isFinal } from '../../turn'
import { ALLOWANCES } from './action-allowances'
import type { RequestAction } from '../commands'
import { costOf } from './action-cost'
import { GUARDS } from '../guards/guards'
import { refusalNow } from './refusal-now'
import type { ActionRefusal } from './refusals'
import { undoWindowOf } from './undo-window'
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
  const holdMs = undoWindowOf(afterSale, request, amount)
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
        ...(holdMs === 0 ? {} : { heldUntil: now + holdMs }),
        at: now,
      },
    ],
    effects: [
      {
        ...{ type: 'Perform', intent, action, way, judged },
        ...(holdMs === 0 ? {} : { holdMs }),
        ...returnAddressOf(terms),
      },
    ],
  }
}

const returnAddressOf = ({ returnAddressId }: StoreTerms): Pick<StoreTerms, 'returnAddressId'> =>
  returnAddressId === undefined ? {} : { returnAddressId }

function refusalOf(afterSale: AfterSaleCase, { action, judged }: RequestAction): ActionRefusal | undefined {
  if (isFinal(afterSale) && ALLOWANCES[action.name].afterwards === undefined) return 'AlreadyFinished'
  return revisionProblem(afterSale, judged) ?? refusalNow(afterSale, action.name)
}

/**
 * Only the revision that the case shows now can be acted upon. A newer one was never shown: accepting it would disable
 * the comparison with later revisions.
 */
function revisionProblem({ lastSeen }: AfterSaleCase, judged: Instant): ActionRefusal | undefined {
  if (judged === lastSeen?.revision) return undefined
  return lastSeen !== undefined && judged < lastSeen.revision ? 'JudgedOldRevision' : 'JudgedUnseenRevision'
}
