import { sampleActions, plainTerms } from '../../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Facets } from '../../facets'
import { DEFAULT_NEGOTIATION } from '../../negotiation/terms'
import type { GoodsStage } from '../../glossary/rails'
import type { Action } from '../action'
import type { ActionFacts } from '../facts/facts'
import type { Guard } from './guard'
import { REJECT_GUARDS } from './guards'
import { chatBeforeRejecting } from './chat-before-rejecting'
import { escalationFollows } from './escalation-follows'
import { negotiationContinues } from './negotiation-continues'
import { proofAfterReturn } from './proof-after-return'
import { rejectionIsComplete } from './rejection-is-complete'
import { goodsSentBack, STALLED_AFTER, traceStalled } from './risks-of-rejecting'
import { roundsBeforeRejecting } from './rounds-before-rejecting'
import { sevenDayGoods } from './seven-day-goods'

const caseOf = (overrides: Partial<Facets> = {}): AfterSaleCase => caseAfter(reported(0, aRefundRequest(overrides)))
const goods = (stage: GoodsStage): Partial<Facets> => ({ goods: { stage, parcels: [] } })
const negotiating = { ...plainTerms, negotiation: DEFAULT_NEGOTIATION }
const ROUND_WAIT = DEFAULT_NEGOTIATION.wait.value
const { reject } = sampleActions
const evidence = [{ hash: 'aa', kind: 'image' }] as const

interface GuardCase {
  readonly facts?: ActionFacts
  readonly overrides?: Partial<Facets>
  readonly action?: Action
  readonly terms?: typeof negotiating | typeof plainTerms
  readonly now?: number
}
const objections = (
  guard: Guard,
  { facts = {}, overrides, action = reject, terms = negotiating, now = NOON }: GuardCase,
): string[] =>
  guard({ afterSale: caseOf(overrides), action, facts, terms, now }).map((o) =>
    o.type === 'refused' ? `no: ${o.reason}` : `careful: ${o.warning}`,
  )

describe('R036, R056: a rejection says why, and shows it', () => {
  const rejecting = (overrides: object): Action => ({ ...reject, ...overrides }) as Action
  it.each<[string, object, ActionFacts, string[]]>([
    ['all is there', {}, { evidenceWanted: true }, []],
    ['no reason', { reason: ' ' }, {}, ['no: ReasonMissing']],
    ['no explanation', { explanation: '' }, {}, ['no: ExplanationMissing']],
    ['neither', { reason: '', explanation: '' }, {}, ['no: ReasonMissing', 'no: ExplanationMissing']],
    ['no evidence where it is wanted', { evidence: [] }, { evidenceWanted: true }, ['no: EvidenceMissing']],
    ['no evidence where none is wanted', { evidence: [] }, { evidenceWanted: false }, []],
    ['no evidence where it is unknown whether it is wanted', { evidence: [] }, {}, ['careful: CannotBeToldApart']],
  ])('%s', (_, overrides, facts, expected) => {
    expect(objections(rejectionIsComplete, { action: rejecting(overrides), facts })).toEqual(expected)
  })
})

describe('R173: returned goods are rejected with proof of their state only', () => {
  it.each<[GoodsStage, string[]]>([
    ['in-transit', []],
    ['delivered', []],
    ['returning', []],
    ['received', ['no: EvidenceMissing']],
    ['inspected-fit', ['no: EvidenceMissing']],
    ['inspected-unfit', ['no: EvidenceMissing']],
  ])('%s', (stage, expected) => {
    const bare = { ...reject, evidence: [] } as Action
    expect(objections(proofAfterReturn, { overrides: goods(stage), action: bare })).toEqual(expected)
    expect(objections(proofAfterReturn, { overrides: goods(stage) })).toEqual([])
  })

  it('needs proof also if only the status shows the arrival', () => {
    const overrides = { status: { status: 'awaiting-merchant-receipt', raw: '11' }, ...goods('returning') } as const
    expect(objections(proofAfterReturn, { overrides, action: { ...reject, evidence: [] } as Action })).toEqual([
      'no: EvidenceMissing',
    ])
  })
})

describe('R014, R015, R020: no rejection without having talked to the buyer', () => {
  it.each<[string, ActionFacts, string[], string[]]>([
    ['no chat', { chatExists: false }, ['no: NotNegotiatedYet'], ['careful: NoChatYet']],
    ['unknown whether there was a chat', {}, ['careful: CannotBeToldApart'], ['careful: CannotBeToldApart']],
    [
      'a chat, but nothing was offered (R020)',
      { chatExists: true, rounds: [] },
      ['careful: ContactBuyerFirst'],
      ['careful: ContactBuyerFirst'],
    ],
    ['a chat and an offer', { chatExists: true, rounds: [{ startedAt: NOON }] }, [], []],
  ])('%s; R090: a risk where the marketplace has no negotiation', (_, facts, withNegotiation, withoutNegotiation) => {
    expect(objections(chatBeforeRejecting, { facts })).toEqual(withNegotiation)
    expect(objections(chatBeforeRejecting, { facts, terms: plainTerms })).toEqual(withoutNegotiation)
  })
})

describe('R016, R048, R052, R055: two rounds and their waits come before a rejection', () => {
  const twoRounds = [{ startedAt: NOON - ROUND_WAIT }, { startedAt: NOON }]
  it.each<[string, ActionFacts, number, string[]]>([
    ['no round yet', { rounds: [] }, NOON, ['no: NotNegotiatedYet']],
    ['one is over', { rounds: twoRounds.slice(0, 1) }, NOON, ['no: NotNegotiatedYet']],
    ['the second waits', { rounds: twoRounds }, NOON + ROUND_WAIT - 1, ['no: BuyerMayStillReply']],
    ['the second wait is over', { rounds: twoRounds }, NOON + ROUND_WAIT, []],
    [
      'the buyer replied to the second',
      { rounds: [twoRounds[0]!, { startedAt: NOON, repliedAt: NOON + HOUR }] },
      NOON + HOUR,
      [],
    ],
    ['unknown', {}, NOON, ['careful: CannotBeToldApart']],
  ])('%s', (_, facts, now, expected) => {
    expect(objections(roundsBeforeRejecting, { facts, now })).toEqual(expected)
  })

  it('R058: requires no rounds if the marketplace has no such tool', () => {
    expect(objections(roundsBeforeRejecting, { terms: plainTerms })).toEqual([])
  })
})

describe('R050: rejecting unseen goods ends at the platform', () => {
  it.each<[GoodsStage, string[]]>([
    ['unknown', ['careful: CannotBeToldApart']],
    ['not-shipped', []],
    ['in-transit', []],
    ['delivered', []],
    ['refused', []],
    ['returning', ['careful: GoodsSentBack']],
    ['received', ['careful: GoodsSentBack']],
    ['inspected-unfit', ['careful: GoodsSentBack']],
  ])('goods %s', (stage, expected) => {
    expect(objections(goodsSentBack, { overrides: goods(stage) })).toEqual(expected)
  })
  it('goods of which nothing is known', () =>
    expect(objections(goodsSentBack, {})).toEqual(['careful: CannotBeToldApart']))

  it.each<[string, GoodsStage, number | undefined, string[]]>([
    ['stood still just as long as is allowed', 'in-transit', STALLED_AFTER.value, []],
    ['stood still a moment longer', 'in-transit', STALLED_AFTER.value + 1, ['careful: TraceStalled']],
    ['stood still on the way back', 'returning', STALLED_AFTER.value + 1, ['careful: TraceStalled']],
    ['has unknown tracking', 'in-transit', undefined, ['careful: CannotBeToldApart']],
    ['does not travel', 'delivered', undefined, []],
    ['never left', 'not-shipped', undefined, []],
  ])('a parcel that %s', (_, stage, idleMs, expected) => {
    const facts = idleMs === undefined ? {} : { traceMovedAt: NOON - idleMs }
    expect(objections(traceStalled, { overrides: goods(stage), facts })).toEqual(expected)
  })

  it('the time after which tracking counts as stopped is a setting of the store', () => {
    const terms = { ...negotiating, stalledAfter: { value: HOUR, rule: 'ours', from: '2026-11-22' } as const }
    expect(
      objections(traceStalled, { overrides: goods('in-transit'), facts: { traceMovedAt: NOON - HOUR - 1 }, terms }),
    ).toEqual(['careful: TraceStalled'])
  })
})

describe('R118, R171: goods that may come back without reason are not rejected at will', () => {
  const returning = { kind: { kind: 'return-and-refund' } } as const
  it.each<[string, Partial<Facets>, ActionFacts, string[]]>([
    ['marked so', { ...returning, flags: ['seven-day-return'] }, {}, ['careful: SevenDayGoods']],
    ['known to be so', returning, { sevenDayGoods: true }, ['careful: SevenDayGoods']],
    ['known not to be so', returning, { sevenDayGoods: false }, []],
    ['without a mark', { ...returning, flags: [] }, {}, ['careful: CannotBeToldApart']],
    ['of an exchange', { kind: { kind: 'exchange' } }, { sevenDayGoods: true }, ['careful: SevenDayGoods']],
    ['that do not come back', { kind: { kind: 'refund-only' } }, {}, []],
  ])('goods %s', (_, overrides, facts, expected) => {
    expect(objections(sevenDayGoods, { overrides, facts })).toEqual(expected)
  })
})

it('R017, R018, R029: a rejection allows escalation, and the warning says so', () => {
  expect(objections(escalationFollows, {})).toEqual(['careful: BuyerMayEscalate'])
  expect(objections(escalationFollows, { action: sampleActions['approve-refund'] })).toEqual([])
})

describe('R052, R054: the next round', () => {
  const firstRound = [{ startedAt: NOON }]
  it.each<[string, ActionFacts, boolean, number, string[]]>([
    [
      'is not started while the buyer may reply',
      { rounds: firstRound },
      true,
      NOON + ROUND_WAIT - 1,
      ['no: BuyerMayStillReply'],
    ],
    ['is started when the time to reply is over', { rounds: firstRound }, true, NOON + ROUND_WAIT, []],
    [
      'needs evidence where the platform prompts for it',
      { rounds: firstRound, evidenceWanted: true },
      false,
      NOON + ROUND_WAIT,
      ['no: EvidenceMissing'],
    ],
    ['needs none where it does not', { rounds: firstRound, evidenceWanted: false }, false, NOON + ROUND_WAIT, []],
    [
      'may need it where that is unknown',
      { rounds: firstRound },
      false,
      NOON + ROUND_WAIT,
      ['careful: CannotBeToldApart'],
    ],
    ['needs none when it is the first', { rounds: [] }, false, NOON, []],
    ['is the platform’s to judge where the others are unknown', {}, false, NOON, []],
  ])('%s', (_, facts, withEvidence, now, expected) => {
    const action: Action = {
      name: 'negotiate',
      plan: 'exchange',
      text: '可为您换货',
      evidence: withEvidence ? evidence : [],
    }
    expect(objections(negotiationContinues, { action, facts, now })).toEqual(expected)
  })
})

it('R056: a complete rejection after all rounds leaves only its risks to be confirmed', () => {
  const facts: ActionFacts = {
    chatExists: true,
    rounds: [{ startedAt: NOON - 2 * ROUND_WAIT }, { startedAt: NOON - ROUND_WAIT }],
    sevenDayGoods: false,
    evidenceWanted: true,
  }
  expect(REJECT_GUARDS.flatMap((guard) => objections(guard, { facts, overrides: goods('delivered') }))).toEqual([
    'careful: BuyerMayEscalate',
  ])
})
