import { ACTIONS, APPEAL_KINDS, BREACHES, DEADLINES, KINDS, STATUSES, TURNS } from '#after-sale'
import { FACET_SCHEMAS, optionalFacets } from './facets'
import type { PublishedFacet } from './facets'
import type { Schema } from './schema'
import { count, fen, instant, list, nonEmptyText, optional, shape, text, openEnum } from './schema'

/** The state of the case after the event: in every event, so that many consumers need no other source. */
const stateFields = {
  marketplace: nonEmptyText,
  store: nonEmptyText,
  caseNumber: nonEmptyText,
  orderNumber: optional(nonEmptyText),
  version: count,
  kind: optional(openEnum(KINDS)),
  status: optional(openEnum(STATUSES)),
  turn: openEnum(TURNS),
  /** The amount that the buyer asks for. */
  amountFen: optional(fen),
  agreedFen: optional(fen),
  refundedFen: optional(fen),
  atRiskFen: fen,
  due: optional(instant),
}

const eventWith = (change: Schema): Schema => shape({ ...stateFields, change })
const facetEvent = (facet: PublishedFacet): Schema =>
  eventWith(shape({ from: optional(FACET_SCHEMAS[facet]), to: FACET_SCHEMAS[facet] }))

/** Who decided an action: a person, without a name, or a strategy with its version. */
export const actorField = shape({
  kind: openEnum(['person', 'strategy']),
  id: optional(nonEmptyText),
  version: optional(count),
})
export const wayField = openEnum(['API', 'ASSISTED'])

const intentEvent = eventWith(shape({ intent: nonEmptyText }))
const answerField = shape({ type: openEnum(['done', 'refused', 'stale', 'in-doubt']), code: optional(text) })

/** The published events of cases, by type: description and schema. */
export const CASE_EVENTS: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  'case-opened.v1': {
    description: 'A case is known for the first time, with everything in its first report.',
    schema: eventWith(shape(optionalFacets)),
  },
  'status-moved.v1': { description: 'The marketplace shows another status.', schema: facetEvent('status') },
  'kind-changed.v1': { description: 'The buyer asks for something else now.', schema: facetEvent('kind') },
  'amounts-changed.v1': { description: 'Another amount is asked for.', schema: facetEvent('amounts') },
  'amount-agreed.v1': { description: 'An amount was agreed to be refunded.', schema: facetEvent('amountAgreed') },
  'amount-refunded.v1': {
    description: 'The marketplace reports what was actually refunded.',
    schema: facetEvent('amountRefunded'),
  },
  'reason-changed.v1': { description: 'The reason has other words.', schema: facetEvent('reason') },
  'reason-code-changed.v1': { description: 'The reason has another number.', schema: facetEvent('reasonCode') },
  'deadline-moved.v1': {
    description: 'The clock that the marketplace shows was set again, or stopped.',
    schema: facetEvent('deadline'),
  },
  'order-known.v1': { description: 'The order of the case is known, or better known.', schema: facetEvent('order') },
  'goods-moved.v1': { description: 'The goods are somewhere else.', schema: facetEvent('goods') },
  'money-moved.v1': { description: 'The money got further, or back.', schema: facetEvent('money') },
  'dispute-moved.v1': { description: 'The dispute got further.', schema: facetEvent('dispute') },
  'flags-changed.v1': { description: 'The marketplace marks the case otherwise.', schema: facetEvent('flags') },
  'deadline-passed.v1': {
    description: 'A due time has passed and no action is known.',
    schema: eventWith(shape({ kind: openEnum(DEADLINES), due: instant, breach: openEnum(BREACHES) })),
  },
  'first-reason-found.v1': {
    description: 'An earlier report came late and showed what the buyer said first (R172).',
    schema: eventWith(
      shape({ reason: optional(FACET_SCHEMAS.reason), reasonCode: optional(FACET_SCHEMAS.reasonCode) }),
    ),
  },
  'application-dated.v1': {
    description: 'It is known when the buyer applied, or that it was earlier.',
    schema: eventWith(shape({ appliedAt: instant })),
  },
  'stages-dated.v1': {
    description:
      'An earlier report came late and showed since when the case had been at a stage; a due time that is reckoned from it moves.',
    schema: eventWith(shape({ stages: list(shape({ stage: text, since: instant })) })),
  },
  'action-decided.v1': {
    description: 'A person or a strategy decided on an action; it is done at most once.',
    schema: eventWith(
      shape({ intent: nonEmptyText, action: openEnum(ACTIONS), by: actorField, way: wayField, amountFen: fen }),
    ),
  },
  'action-answered.v1': {
    description: 'The marketplace answered the call, or the outcome is unknown.',
    schema: eventWith(shape({ intent: nonEmptyText, answer: answerField })),
  },
  'action-attested.v1': { description: 'A person says that it was done by hand.', schema: intentEvent },
  'action-confirmed.v1': { description: 'The marketplace shows it.', schema: intentEvent },
  'action-overtaken.v1': { description: 'Something else happened instead.', schema: intentEvent },
  'action-lapsed.v1': { description: 'It did not happen and cannot happen any more.', schema: intentEvent },
  'action-withdrawn.v1': { description: 'It was taken back before it was sent.', schema: intentEvent },
  'appeal-decided.v1': {
    description: 'The platform decided on one item of an appeal, as a person reports.',
    schema: eventWith(
      shape({
        intent: nonEmptyText,
        kind: openEnum(APPEAL_KINDS),
        result: openEnum(['won', 'partly', 'lost']),
        recoveredFen: optional(fen),
      }),
    ),
  },
}
