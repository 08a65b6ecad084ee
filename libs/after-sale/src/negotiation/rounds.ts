import type { NegotiationRound } from '../actions/facts/facts'
import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { NegotiationTerms } from './terms'

/** `waiting`: the buyer may still reply. `replied`: the buyer did. `silent`: the time to reply is over (R016). */
export type RoundState = 'waiting' | 'replied' | 'silent'

/** One round of negotiation, as of a given time. UTC ms. */
export interface Round {
  readonly number: number
  readonly state: RoundState
  /**
   * Until when the buyer may reply (the platform's own time limit where that is known), and where that time comes from.
   */
  readonly due: Instant
  readonly source: DeadlineSource
  /** Since when the round is over: the time of the reply, or the end of the wait. Absent while it is not over. */
  readonly over?: Instant
}

/** The state of the negotiation before a rejection, and what is allowed now. */
export interface Negotiation {
  readonly rounds: readonly Round[]
  readonly finished: number
  readonly waiting: boolean
  /** Another round can be started: no round waits for a reply, and not all rounds are used (R054). */
  readonly mayStart: boolean
  /** Enough rounds are over, and the buyer owes no reply (R055). */
  readonly mayReject: boolean
}

/** What can be done next, possible from `due` on; a `due` in the past means now. UTC ms. */
export interface NextStep {
  readonly step: 'start-round' | 'reject'
  /** Which round would be started. */
  readonly round?: number
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: RuleId
}

/** The negotiation at `now`. `rounds` may be in any order; rounds and replies later than `now` are ignored. */
export function negotiationOf(rounds: readonly NegotiationRound[], terms: NegotiationTerms, now: Instant): Negotiation {
  const startedRounds = rounds
    .filter(({ startedAt }) => startedAt <= now)
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((round, index) => roundOf(round, index + 1, terms, now))
  const finished = startedRounds.filter(({ over }) => over !== undefined).length
  const waiting = finished < startedRounds.length
  const hasEnoughRounds = finished >= terms.rounds.value
  return {
    rounds: startedRounds,
    finished,
    waiting,
    mayStart: !waiting && !hasEnoughRounds,
    mayReject: !waiting && hasEnoughRounds,
  }
}

/** The next step and when it is possible: at once, or when the buyer's time to reply is over. */
export function nextStepOf(negotiation: Negotiation, terms: NegotiationTerms, now: Instant): NextStep {
  const { rounds } = negotiation
  const last = rounds.reduce<Round | undefined>(
    (a, b) => (a === undefined || roundEndOf(b) > roundEndOf(a) ? b : a),
    undefined,
  )
  // An early reply ends the wait sooner; until then only the end of the wait is certain.
  const due = last === undefined ? now : roundEndOf(last)
  const source = last === undefined ? 'DERIVED' : last.state === 'replied' ? 'OBSERVED' : last.source
  if (rounds.length >= terms.rounds.value) return { step: 'reject', due, source, rule: 'R055' }
  const round = rounds.length + 1
  return { step: 'start-round', round, due, source, rule: round === 1 ? 'R048' : 'R054' }
}

/**
 * The latest start of the next round that leaves the buyer the full reply time in every remaining round before the
 * merchant's own deadline (R055, R089).
 */
export function latestStartOf(
  sellerDue: Instant,
  { rounds, finished }: Negotiation,
  terms: NegotiationTerms,
): { readonly due: Instant; readonly source: DeadlineSource; readonly rule: RuleId } | undefined {
  const roundsLeft = terms.rounds.value - Math.max(rounds.length, finished)
  return roundsLeft <= 0
    ? undefined
    : { due: sellerDue - roundsLeft * terms.wait.value, source: 'ASSUMED', rule: 'R089' }
}

const roundEndOf = ({ over, due }: Round): Instant => over ?? due

/** The wait is over at the instant `due` itself, as with every deadline of a case. */
function roundOf(attested: NegotiationRound, number: number, terms: NegotiationTerms, now: Instant): Round {
  const due = attested.replyDue ?? attested.startedAt + terms.wait.value
  const source = attested.replyDue === undefined ? 'ASSUMED' : 'OBSERVED'
  if (attested.repliedAt !== undefined && attested.repliedAt <= now)
    return { number, state: 'replied', due, source, over: attested.repliedAt }
  return now >= due ? { number, state: 'silent', due, source, over: due } : { number, state: 'waiting', due, source }
}
