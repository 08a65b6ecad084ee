import { ACTIONS, APPEAL_KINDS, BREACHES, DEADLINES, KINDS, STATUSES, TURNS } from '#after-sale'
import { FACETS, everyFacet } from './facets'
import type { PublishedFacet } from './facets'
import type { Schema } from './schema'
import { count, fen, instant, list, nonEmptyText, optional, shape, text, openEnum } from './schema'

/** The state of the case after the event: in every event, so that many consumers need no other source. */
const caseFields = {
  marketplace: nonEmptyText,
  store: nonEmptyText,
  caseNumber: nonEmptyText,
  orderNumber: optional(nonEmptyText),
  version: count,
  kind: optional(openEnum(KINDS)),
  status: optional(openEnum(STATUSES)),
  turn: openEnum(TURNS),
  /** What is asked for. */
  amountFen: optional(fen),
  agreedFen: optional(fen),
  refundedFen: optional(fen),
  atRiskFen: fen,
  due: optional(instant),
}

const eventWith = (change: Schema): Schema => shape({ ...caseFields, change })
const facetMoved = (facet: PublishedFacet): Schema =>
  eventWith(shape({ from: optional(FACETS[facet]), to: FACETS[facet] }))

/** Who decided it: `person` without a name, or a strategy with its version. */
export const actor = shape({
  kind: openEnum(['person', 'strategy']),
  id: optional(nonEmptyText),
  version: optional(count),
})
export const way = openEnum(['API', 'ASSISTED'])

const intentOnly = eventWith(shape({ intent: nonEmptyText }))
const answer = shape({ type: openEnum(['done', 'refused', 'stale', 'in-doubt']), code: optional(text) })

/** Events of cases: the type with its version, a description, and the schema. */
export const CASE_EVENTS: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  'case-opened.v1': {
    description: 'A case is known for the first time, with everything in its first report.',
    schema: eventWith(shape(everyFacet)),
  },
  'status-moved.v1': { description: 'The marketplace shows another status.', schema: facetMoved('status') },
  'kind-changed.v1': { description: 'The buyer asks for something else now.', schema: facetMoved('kind') },
  'amounts-changed.v1': { description: 'Another amount is asked for.', schema: facetMoved('amounts') },
  'amount-agreed.v1': { description: 'An amount was agreed to be refunded.', schema: facetMoved('amountAgreed') },
  'amount-refunded.v1': {
    description: 'The marketplace reports what was actually refunded.',
    schema: facetMoved('amountRefunded'),
  },
  'reason-changed.v1': { description: 'The reason has other words.', schema: facetMoved('reason') },
  'reason-code-changed.v1': { description: 'The reason has another number.', schema: facetMoved('reasonCode') },
  'deadline-moved.v1': {
    description: 'The clock that the marketplace shows was set anew, or stopped.',
    schema: facetMoved('deadline'),
  },
  'order-known.v1': { description: 'The order of the case is known, or better known.', schema: facetMoved('order') },
  'goods-moved.v1': { description: 'The goods are somewhere else.', schema: facetMoved('goods') },
  'money-moved.v1': { description: 'The money got further, or back.', schema: facetMoved('money') },
  'dispute-moved.v1': { description: 'The dispute got further.', schema: facetMoved('dispute') },
  'flags-changed.v1': { description: 'The marketplace marks the case otherwise.', schema: facetMoved('flags') },
  'deadline-passed.v1': {
    description: 'A due time has passed and no action is known.',
    schema: eventWith(shape({ kind: openEnum(DEADLINES), due: instant, breach: openEnum(BREACHES) })),
  },
  'first-reason-found.v1': {
    description: 'An earlier report came late and showed what the buyer said first (R172).',
    schema: eventWith(shape({ reason: optional(FACETS.reason), reasonCode: optional(FACETS.reasonCode) })),
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
    schema: eventWith(shape({ intent: nonEmptyText, action: openEnum(ACTIONS), by: actor, way, amountFen: fen })),
  },
  'action-answered.v1': {
    description: 'The marketplace answered the call, or the outcome is unknown.',
    schema: eventWith(shape({ intent: nonEmptyText, answer })),
  },
  'action-attested.v1': { description: 'A person says that it was done by hand.', schema: intentOnly },
  'action-confirmed.v1': { description: 'The marketplace shows it.', schema: intentOnly },
  'action-overtaken.v1': { description: 'Something else happened instead.', schema: intentOnly },
  'action-lapsed.v1': { description: 'It did not happen and cannot happen any more.', schema: intentOnly },
  'action-withdrawn.v1': { description: 'It was taken back before it was sent.', schema: intentOnly },
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
