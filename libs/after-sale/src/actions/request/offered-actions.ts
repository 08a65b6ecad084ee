import type { AfterSaleCase } from '../../case'
import type { Fen } from '../../facets'
import type { Way } from '../action-names'
import type { ActionName } from '../action-names'
import { ACTIONS } from '../action-names'
import { costByName } from './action-cost'
import { refusalNow } from './refusal-now'
import type { ActionRefusal } from './refusals'

/** An action that a person may choose for a case, before its parameters are known. */
export interface OfferedAction {
  readonly name: ActionName
  readonly way: 'API' | 'ASSISTED'
  /** Why it is not possible now; absent: it may be requested. The guards still judge the complete request. */
  readonly refusal?: ActionRefusal
  /** What it costs at most, fen; `null`: unknown, or up to the amount that the person gives. */
  readonly amount: Fen | null
}

/** Refusals that stay for the life of a case; actions with one are not offered at all. */
const PERMANENT_REFUSALS: ReadonlySet<ActionRefusal> = new Set<ActionRefusal>(['AlreadyFinished', 'NotForThisKind'])

/**
 * The actions of a case, in the order of the glossary: what its kind has at its marketplace, and for each whether it is
 * possible now. Pure; the same checks decide the request itself.
 */
export function offeredActions(afterSale: AfterSaleCase, wayOf: (name: ActionName) => Way): readonly OfferedAction[] {
  return (Object.keys(ACTIONS) as ActionName[]).flatMap((name): OfferedAction[] => {
    const way = wayOf(name)
    if (way !== 'API' && way !== 'ASSISTED') return []
    const refusal = refusalNow(afterSale, name)
    if (refusal !== undefined && PERMANENT_REFUSALS.has(refusal)) return []
    return [{ name, way, ...(refusal !== undefined && { refusal }), amount: costByName(name, afterSale) ?? null }]
  })
}
