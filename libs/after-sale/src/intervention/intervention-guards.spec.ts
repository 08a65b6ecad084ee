import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { Guard, Objection } from '../actions/guards/guard'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { DEFAULT_NEGOTIATION } from '../negotiation/terms'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import {
  INTERVENTION_RISK,
  groundsToIntervene,
  interventionIsDescribed,
  interventionRiskIsKnown,
  platformHasNotSteppedIn,
  triedYourselfFirst,
} from './intervention-guards'
import { settledDuringIntervention, settlesDuringIntervention } from './settlement'
import type { InterventionTrigger } from './triggers'
import { INTERVENTION_TRIGGERS, mayInterveneFor, triggersOf } from './triggers'

const ROUND_WAIT = DEFAULT_NEGOTIATION.wait.value
const aCase = (overrides: Partial<Facets> = {}): AfterSaleCase => caseAfter(reported(0, aRefundRequest(overrides)))
const toSendBack = (due?: number): AfterSaleCase =>
  aCase({
    status: { status: 'awaiting-buyer-return', raw: '7' },
    ...(due === undefined ? {} : { deadline: { due, forRaw: '7' } }),
  })
const interventionRequest = (text = '买家寄回空包'): Action => ({
  name: 'request-intervention',
  text,
  evidence: [{ hash: 'a', kind: 'image' }],
})
const objectionTexts = (
  guard: Guard,
  facts: ActionFacts = {},
  afterSale = aCase(),
  now = NOON,
  action = interventionRequest(),
): string[] =>
  guard({ afterSale, action, facts, terms: defaultStoreTerms, now }).map(
    (o: Objection) => `${o.type === 'refused' ? o.reason : o.warning} ${o.rule}`,
  )
const trueTriggers = (afterSale: AfterSaleCase, facts: ActionFacts, now = NOON): InterventionTrigger[] =>
  triggersOf(afterSale, facts, DEFAULT_NEGOTIATION, now).flatMap(({ trigger, truth }) =>
    truth === 'true' ? [trigger] : [],
  )
const twoRounds = [{ startedAt: NOON }, { startedAt: NOON + ROUND_WAIT }]
const NO_FACTS: ActionFacts = { rounds: [], buyerEvidenceMissing: false, grounds: [] }

describe('why the platform may be asked', () => {
  it.each<[string, AfterSaleCase, ActionFacts, number, InterventionTrigger[]]>([
    [
      'R134: two rounds of negotiation are over',
      aCase(),
      { rounds: twoRounds },
      NOON + 2 * ROUND_WAIT,
      ['negotiation-exhausted'],
    ],
    ['R134: the second round still waits', aCase(), { rounds: twoRounds }, NOON + 2 * ROUND_WAIT - 1, []],
    ['R134: the buyer gave no evidence', aCase(), { buyerEvidenceMissing: true }, NOON, ['buyer-evidence-missing']],
    ['R135: the moment the buyer’s time is over', toSendBack(NOON + HOUR), {}, NOON + HOUR, ['buyer-late']],
    ['R135: a moment before', toSendBack(NOON + HOUR), {}, NOON + HOUR - 1, []],
    ['R136: a false return', aCase(), { grounds: ['false-return'] }, NOON, ['false-return']],
    ['R137: malice', aCase(), { grounds: ['malice'] }, NOON, ['malice']],
    ['R138: a broken promise', aCase(), { grounds: ['promise-broken'] }, NOON, ['promise-broken']],
  ])('%s', (_why, afterSale, facts, now, triggers) => {
    expect(trueTriggers(afterSale, facts, now)).toEqual(triggers)
  })

  it('R134, R135: a missing fact is unknown, and unknown is not false', () => {
    expect(triggersOf(toSendBack(), {}, DEFAULT_NEGOTIATION, NOON).map(({ truth }) => truth)).toEqual(
      Array(6).fill('unknown'),
    )
    expect(mayInterveneFor(triggersOf(aCase(), NO_FACTS, DEFAULT_NEGOTIATION, NOON))).toBe('false')
    expect(mayInterveneFor(triggersOf(aCase(), { grounds: ['malice'] }, DEFAULT_NEGOTIATION, NOON))).toBe('true')
  })

  it('R134–R138: each has two names and its rule', () => {
    const rules = Object.values(INTERVENTION_TRIGGERS).map(({ rule }) => rule)
    expect(rules).toEqual(['R134', 'R134', 'R135', 'R136', 'R137', 'R138'])
  })
})

describe('asking the platform to step in', () => {
  it.each<[string, ActionFacts, string[]]>([
    ['with a reason', { grounds: ['malice'] }, []],
    ['without any', NO_FACTS, ['NoGroundsToIntervene R134']],
    ['where it is unknown', {}, ['CannotBeToldApart R134']],
  ])('R134: %s', (_how, facts, objections) => {
    expect(objectionTexts(groundsToIntervene, facts)).toEqual(objections)
  })

  it.each<[string, ActionFacts, string[]]>([
    ['after an attempt of the merchant', { ownAttempt: true }, []],
    ['after a round of negotiation', { rounds: [{ startedAt: NOON }] }, []],
    ['without', { ownAttempt: false }, ['NotTriedYourselfYet R144']],
    ['where there is a chat about an unknown subject', { chatExists: true }, ['CannotBeToldApart R144']],
  ])('R144: %s', (_how, facts, objections) => {
    expect(objectionTexts(triedYourselfFirst, facts)).toEqual(objections)
  })

  it('R141: needs a description', () => {
    expect(objectionTexts(interventionIsDescribed, {}, aCase(), NOON, interventionRequest(' '))).toEqual([
      'ExplanationMissing R141',
    ])
    expect(objectionTexts(interventionIsDescribed)).toEqual([])
  })

  it.each([
    ['none', []],
    ['rejected', []],
    ['platform-intervened', ['AlreadyDecided R142']],
    ['evidence-wanted', ['AlreadyDecided R142']],
    ['evidence-given', ['AlreadyDecided R142']],
  ] as const)('R142: is refused once the platform has stepped in: %s', (stage, objections) => {
    expect(objectionTexts(platformHasNotSteppedIn, {}, aCase({ dispute: { stage } }))).toEqual(objections)
  })

  it('R018, R047, R072: shows its risk each time, in both languages', () => {
    expect(objectionTexts(interventionRiskIsKnown)).toEqual(['MayCountAsDispute R018'])
    expect([INTERVENTION_RISK.zh, INTERVENTION_RISK.en]).toEqual([
      expect.stringContaining('纠纷退款率'),
      expect.stringContaining('dispute refund rate'),
    ])
  })
})

describe('while the platform handles a case', () => {
  it.each([
    ['approve-refund', true],
    ['negotiate', true],
    ['propose-amount', true],
    ['reject', false],
    ['intercept', false],
  ] as const)('R146: %s may settle it: %s', (name, isAllowed) =>
    expect(settlesDuringIntervention(name)).toBe(isAllowed),
  )

  it('R146: a case that ends without a ruling was settled by the two', () => {
    const intervened = reported(0, aRefundRequest({ dispute: { stage: 'platform-intervened' } }))
    const ended = { status: { status: 'succeeded', outcome: 'refunded', raw: '10' } } as const
    const settled = caseAfter(intervened, reported(HOUR, ended))
    const ruled = caseAfter(intervened, reported(HOUR, { ...ended, dispute: { stage: 'ruled-for-buyer' } }))
    expect([caseAfter(intervened), settled, ruled].map(settledDuringIntervention)).toEqual([undefined, true, false])
  })
})
