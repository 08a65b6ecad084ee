import { ACTIONS, DEADLINES, INTENT_STATES, TURNS, amountAtRiskOf, nextDeadlineOf, turnOf } from '#after-sale'
import type { AfterSaleCase, Intent } from '#after-sale'
import { actor, way } from './case-events'
import { FACETS, everyFacet } from './facets'
import type { Schema } from './parts'
import { count, fen, instant, list, name, optional, shape, text, word } from './parts'

export const CASE_SNAPSHOT = 'case-snapshot.v1'

const action = shape({
  intent: name,
  action: word(ACTIONS),
  by: actor,
  way,
  amountFen: fen,
  state: word(INTENT_STATES),
  since: instant,
  code: optional(text),
})

export const caseSnapshot: Schema = shape({
  marketplace: name,
  store: name,
  caseNumber: name,
  version: count,
  openedAt: instant,
  appliedAt: optional(instant),
  turn: word(TURNS),
  atRiskFen: fen,
  due: optional(instant),
  dueFor: optional(word(DEADLINES)),
  firstReason: optional(FACETS.reason),
  firstReasonCode: optional(FACETS.reasonCode),
  ...everyFacet,
  actions: optional(list(action)),
})

/** The case as others may see it: all that is known of it, without the buyer and without what only we need. */
export function snapshotOf(file: AfterSaleCase): Readonly<Record<string, unknown>> {
  const { organisation, buyer, firstSaid, stamps, reached, passed, lastSeen, intents, ...shown } = file
  const due = nextDeadlineOf(file)
  return {
    ...shown,
    turn: turnOf(file),
    atRiskFen: amountAtRiskOf(file),
    due: due?.due,
    dueFor: due?.kind,
    actions: intents?.map(actionShown),
  }
}

const actionShown = ({ id, action: { name: action }, by, way: how, amount, state, since, code }: Intent): object => ({
  intent: id,
  action,
  by,
  way: how,
  amountFen: amount,
  state,
  since,
  code,
})
