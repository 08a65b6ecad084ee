import { ACTIONS, APPEAL_KINDS, BREACHES, DEADLINES, KINDS, STATUSES, TURNS } from '#after-sale'
import { FACETS, everyFacet } from './facets'
import type { ToldFacet } from './facets'
import type { Schema } from './schema'
import { count, fen, instant, list, name, optional, shape, text, word } from './schema'

/** Where the case stands after what happened: in every event, so that many need no other source. */
const standing = {
  marketplace: name,
  store: name,
  caseNumber: name,
  orderNumber: optional(name),
  version: count,
  kind: optional(word(KINDS)),
  status: optional(word(STATUSES)),
  turn: word(TURNS),
  /** What is asked for. */
  amountFen: optional(fen),
  agreedFen: optional(fen),
  refundedFen: optional(fen),
  atRiskFen: fen,
  due: optional(instant),
}

const told = (change: Schema): Schema => shape({ ...standing, change })
const moved = (facet: ToldFacet): Schema => told(shape({ from: optional(FACETS[facet]), to: FACETS[facet] }))

/** Who wanted it. Of a person it is told only that it was one; a strategy is named with its version. */
export const actor = shape({ kind: word(['person', 'strategy']), id: optional(name), version: optional(count) })
export const way = word(['API', 'ASSISTED'])

const ofIntent = told(shape({ intent: name }))
const answer = shape({ type: word(['done', 'refused', 'stale', 'in-doubt']), code: optional(text) })

/** What is told of cases: the name with its version, what it says in words, and its shape. */
export const CASE_EVENTS: Readonly<Record<string, { readonly what: string; readonly schema: Schema }>> = {
  'case-opened.v1': {
    what: 'A case is known for the first time, with all that its first report told.',
    schema: told(shape(everyFacet)),
  },
  'status-moved.v1': { what: 'The marketplace shows another status.', schema: moved('status') },
  'kind-changed.v1': { what: 'The buyer asks for something else now.', schema: moved('kind') },
  'amounts-changed.v1': { what: 'Another amount is asked for.', schema: moved('amounts') },
  'amount-agreed.v1': { what: 'An amount was agreed to be refunded.', schema: moved('amountAgreed') },
  'amount-refunded.v1': {
    what: 'The marketplace tells what was actually refunded.',
    schema: moved('amountRefunded'),
  },
  'reason-changed.v1': { what: 'The reason has other words.', schema: moved('reason') },
  'reason-code-changed.v1': { what: 'The reason has another number.', schema: moved('reasonCode') },
  'deadline-moved.v1': {
    what: 'The clock that the marketplace shows was set anew, or stopped.',
    schema: moved('deadline'),
  },
  'order-known.v1': { what: 'The order of the case is known, or better known.', schema: moved('order') },
  'goods-moved.v1': { what: 'The goods are somewhere else.', schema: moved('goods') },
  'money-moved.v1': { what: 'The money got further, or back.', schema: moved('money') },
  'dispute-moved.v1': { what: 'The dispute got further.', schema: moved('dispute') },
  'flags-changed.v1': { what: 'The marketplace marks the case otherwise.', schema: moved('flags') },
  'deadline-passed.v1': {
    what: 'A due time came and, as far as is known, nobody had acted.',
    schema: told(shape({ kind: word(DEADLINES), due: instant, breach: word(BREACHES) })),
  },
  'first-reason-found.v1': {
    what: 'An earlier report came late and showed what the buyer said first (R172).',
    schema: told(shape({ reason: optional(FACETS.reason), reasonCode: optional(FACETS.reasonCode) })),
  },
  'application-dated.v1': {
    what: 'It is known when the buyer applied, or that it was earlier.',
    schema: told(shape({ appliedAt: instant })),
  },
  'stages-dated.v1': {
    what: 'An earlier report came late and showed since when the case had been at a stage; a due time that is reckoned from it moves.',
    schema: told(shape({ stages: list(shape({ stage: text, since: instant })) })),
  },
  'action-decided.v1': {
    what: 'Somebody decided on an action; it is done at most once.',
    schema: told(shape({ intent: name, action: word(ACTIONS), by: actor, way, amountFen: fen })),
  },
  'action-answered.v1': {
    what: 'The marketplace answered the call, or nobody knows.',
    schema: told(shape({ intent: name, answer })),
  },
  'action-attested.v1': { what: 'A person says that it was done by hand.', schema: ofIntent },
  'action-confirmed.v1': { what: 'The marketplace shows it.', schema: ofIntent },
  'action-overtaken.v1': { what: 'Something else happened instead.', schema: ofIntent },
  'action-lapsed.v1': { what: 'It did not happen and cannot happen any more.', schema: ofIntent },
  'action-withdrawn.v1': { what: 'It was taken back before it was sent.', schema: ofIntent },
  'appeal-decided.v1': {
    what: 'The platform decided on one item of an appeal, as a person reports.',
    schema: told(
      shape({
        intent: name,
        kind: word(APPEAL_KINDS),
        result: word(['won', 'partly', 'lost']),
        recoveredFen: optional(fen),
      }),
    ),
  },
}
