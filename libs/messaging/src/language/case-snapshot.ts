import { ACTIONS, DEADLINES, INTENT_STATES, TURNS, amountAtRiskOf, nextDeadlineOf, turnOf } from '#after-sale'
import type { AfterSaleCase, Intent } from '#after-sale'
import { actor, way } from './case-events'
import { FACETS, everyFacet } from './facets'
import type { PublishedFacet } from './facets'
import type { Schema } from './schema'
import { count, fen, instant, list, nonEmptyText, optional, shape, text, openEnum } from './schema'

export const CASE_SNAPSHOT = 'case-snapshot.v1'

const action = shape({
  intent: nonEmptyText,
  action: openEnum(ACTIONS),
  by: actor,
  way,
  amountFen: fen,
  state: openEnum(INTENT_STATES),
  since: instant,
  code: optional(text),
})

export const caseSnapshot: Schema = shape({
  marketplace: nonEmptyText,
  store: nonEmptyText,
  caseNumber: nonEmptyText,
  version: count,
  openedAt: instant,
  appliedAt: optional(instant),
  turn: openEnum(TURNS),
  atRiskFen: fen,
  due: optional(instant),
  dueFor: optional(openEnum(DEADLINES)),
  firstReason: optional(FACETS.reason),
  firstReasonCode: optional(FACETS.reasonCode),
  ...everyFacet,
  actions: optional(list(action)),
})

const PUBLISHED_FACETS = Object.keys(FACETS) as readonly PublishedFacet[]

/** The case as others may see it, picked field by field: what the model learns later is not published by accident. */
export function snapshotOf(afterSale: AfterSaleCase): Readonly<Record<string, unknown>> {
  const { marketplace, store, caseNumber, version, openedAt, appliedAt, firstReason, firstReasonCode } = afterSale
  const due = nextDeadlineOf(afterSale)
  const snapshot: Record<string, unknown> = {
    marketplace,
    store,
    caseNumber,
    version,
    openedAt,
    appliedAt,
    firstReason,
    firstReasonCode,
    turn: turnOf(afterSale),
    atRiskFen: amountAtRiskOf(afterSale),
    due: due?.due,
    dueFor: due?.kind,
  }
  // One by one: spreading objects costs twenty times as much, and most of the publisher's time is spent here.
  for (const facet of PUBLISHED_FACETS) snapshot[facet] = afterSale[facet]
  snapshot['actions'] = afterSale.intents?.map(actionOf)
  return snapshot
}

const actionOf = ({ id, action: { name: action }, by, way: how, amount, state, since, code }: Intent): object => ({
  intent: id,
  action,
  by,
  way: how,
  amountFen: amount,
  state,
  since,
  code,
})
