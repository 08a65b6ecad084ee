import { ACTIONS, DEADLINES, INTENT_STATES, TURNS, amountAtRiskOf, nextDeadlineOf, turnOf } from '#after-sale'
import type { AfterSaleCase, Intent } from '#after-sale'
import { actorField, wayField } from './case-events'
import { FACET_SCHEMAS, optionalFacets } from './facets'
import type { PublishedFacet } from './facets'
import type { Schema } from './schema'
import { count, fen, instant, list, nonEmptyText, optional, shape, text, openEnum } from './schema'

export const CASE_SNAPSHOT = 'case-snapshot.v1'

const action = shape({
  intent: nonEmptyText,
  action: openEnum(ACTIONS),
  by: actorField,
  way: wayField,
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
  firstReason: optional(FACET_SCHEMAS.reason),
  firstReasonCode: optional(FACET_SCHEMAS.reasonCode),
  ...optionalFacets,
  actions: optional(list(action)),
})

const PUBLISHED_FACETS = Object.keys(FACET_SCHEMAS) as readonly PublishedFacet[]

/** The public state of a case. Fields are picked one by one, so that a new field of the model is not published by accident. */
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
  // Assigned one by one: spreading objects takes twenty times as long, and the publisher spends most of its time here.
  for (const facet of PUBLISHED_FACETS) snapshot[facet] = afterSale[facet]
  snapshot['actions'] = afterSale.intents?.map(actionOf)
  return snapshot
}

const actionOf = ({ id, action: { name: action }, by, way, amount, state, since, code }: Intent): object => ({
  intent: id,
  action,
  by,
  way,
  amountFen: amount,
  state,
  since,
  code,
})
