import type { Measure } from './measure'
import { equals, is, isKnown, isNot, isUnknown } from './measure'

const ofCases = (day: string, ...where: NonNullable<Measure['where']>): Measure => ({ source: 'case', day, where })

/**
 * Everything that is added up, by name. A name is stored in the roll-ups: a changed meaning is a new name, and is filled by
 * `npm run rebuild -- analytics`.
 */
export const MEASURES = {
  cases: ofCases('asked_day'),

  dispute_refunds: ofCases('ruled_day', is('dispute_refund')),
  disputes_unknown: ofCases('asked_day', isUnknown('dispute_refund')),
  interventions: ofCases('asked_day', is('intervened')),
  interventions_known: ofCases('asked_day', isKnown('intervened')),
  interventions_unknown: ofCases('asked_day', isUnknown('intervened')),
  rejected_then_intervened: ofCases('asked_day', is('rejected_then_intervened')),
  rejected_known: ofCases('asked_day', isKnown('rejected_then_intervened')),
  rejected_unknown: ofCases('asked_day', is('rejected'), isUnknown('rejected_then_intervened')),

  quality_returns: ofCases('asked_day', is('quality_return')),
  returns_known: ofCases('asked_day', isKnown('quality_return')),
  returns_unknown: ofCases('asked_day', is('counts_as_return'), isUnknown('quality_return')),

  timeout_refunds: ofCases('finished_day', is('refunded_by_timeout')),
  timeout_refunds_known: ofCases('finished_day', isKnown('refunded_by_timeout')),
  timeout_refund_fen: {
    ...ofCases('finished_day', is('refunded_by_timeout'), is('refund_cost_reported')),
    sum: 'refund_cost_fen',
  },
  timeout_refund_estimated_fen: {
    ...ofCases('finished_day', is('refunded_by_timeout'), isNot('refund_cost_reported')),
    sum: 'refund_cost_fen',
  },

  first_answer_time: { ...ofCases('first_answer_day'), histogram: 'first_answer_bucket' },
  completion_time: { ...ofCases('finished_day'), histogram: 'completion_bucket' },
  self_completion_time: { ...ofCases('finished_day', is('self_completed')), histogram: 'completion_bucket' },

  decided_by_strategy: ofCases('decided_day', equals('decided_by', 'strategy')),
  decided_by_us: ofCases('decided_day', isKnown('decided_day')),

  asked_fen: { ...ofCases('asked_day'), sum: 'asked_fen' },
  refunded_fen: { ...ofCases('refunded_day', is('refunded')), sum: 'refunded_fen' },
  refunds_without_amount: ofCases('refunded_day', is('refunded'), isUnknown('refunded_fen')),
  compared_asked_fen: {
    ...ofCases('refunded_day', is('refunded'), isKnown('asked_fen'), isKnown('refunded_fen')),
    sum: 'asked_fen',
  },
  compared_refunded_fen: {
    ...ofCases('refunded_day', is('refunded'), isKnown('asked_fen'), isKnown('refunded_fen')),
    sum: 'refunded_fen',
  },

  strategy_actions: { source: 'action', day: 'requested_day', where: [equals('requested_by', 'strategy')] },
  strategy_actions_effective: {
    source: 'action',
    day: 'requested_day',
    where: [equals('requested_by', 'strategy'), is('took_effect')],
  },
  strategy_actions_overruled: {
    source: 'action',
    day: 'requested_day',
    where: [equals('requested_by', 'strategy'), is('overruled')],
  },
  strategy_cost_fen: {
    source: 'action',
    day: 'requested_day',
    where: [equals('requested_by', 'strategy'), is('took_effect')],
    sum: 'amount_fen',
  },
  small_payment_fen: {
    source: 'action',
    day: 'requested_day',
    where: [equals('action', 'send-small-payment'), is('took_effect')],
    sum: 'amount_fen',
  },
  small_payments_uncertain: {
    source: 'action',
    day: 'requested_day',
    where: [equals('action', 'send-small-payment'), is('uncertain')],
  },

  appeals_decided: { source: 'appeal', day: 'decided_day', where: [is('decided')] },
  appeals_won: { source: 'appeal', day: 'decided_day', where: [is('won')] },
  recovered_fen: { source: 'appeal', day: 'decided_day', where: [is('won')], sum: 'recovered_fen' },
  recovered_unknown: { source: 'appeal', day: 'decided_day', where: [is('recovered_unknown')] },

  deadlines_breached: { source: 'deadline', day: 'due_day', where: [is('ours')] },
} as const satisfies Readonly<Record<string, Measure>>

export type MeasureName = keyof typeof MEASURES
export const ALL_MEASURES: readonly (readonly [MeasureName, Measure])[] = Object.entries(MEASURES) as [
  MeasureName,
  Measure,
][]
