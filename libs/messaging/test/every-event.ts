/** One case event of each type with every field set, and with personal data that must never be published. */
import type { CaseEvent, CaseEventType, Facets } from '#after-sale'
import { NOON, anyIdentity } from '../../../test/support/cases'

export const CASE_ID = '0e9b2a34-0000-8000-a000-000000000001'
/** The personal data: name, phone numbers, identity card, email, address, sealed data, hashes, and who decided an action. */
export const SECRETS = [
  '王小明',
  '13812345678',
  '138-1234-5678',
  '110101199003070000',
  'xiaoming@example.com',
  '长安街1号',
  'sealed-bytes',
  'hash-of-a-name',
  'lin-of-the-desk',
]
const [buyerName, phone, dashedPhone, identityCard, email, address, sealed, personHash, person] = SECRETS as [
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
  string,
]

export const facets: Facets = {
  status: { status: 'awaiting-merchant-decision', outcome: 'refunded', raw: '6' },
  kind: { kind: 'return-and-refund', variant: 'shipped' },
  amounts: { total: 8900, legs: { GOODS: 8000, FREIGHT: 900 } },
  amountAgreed: { total: 8900 },
  amountRefunded: { total: 8000 },
  reason: { text: `不想要了，电话${phone}或${dashedPhone}，${identityCard}，${email}` },
  reasonCode: { code: '83' },
  deadline: { due: NOON, forRaw: '6' },
  order: {
    orderNumber: '6919342672311424568',
    lines: [{ lineId: '1', title: `衬衫 ${phone}`, sku: 'S-1', quantity: 1, paid: 8000, freight: 900 }],
    paid: 8900,
    paidAt: NOON,
  },
  goods: {
    stage: 'returning',
    parcels: [{ direction: 'back', tracking: 'SF1234567890123', carrier: 'SF', state: `派件员 ${phone}` }],
    deliveredAt: NOON,
  },
  money: { stage: 'asked', payer: 'merchant' },
  dispute: { stage: 'negotiating', id: '77', evidenceDue: NOON },
  buyer: {
    sealed,
    nameMask: buyerName,
    phoneMask: phone,
    nameHash: personHash,
    phoneHash: personHash,
    phoneTailHash: personHash,
  },
  flags: ['speed-refund'],
}

export const by = { kind: 'person', id: person } as const
export const strategy = { kind: 'strategy', id: '12', version: 3 } as const
const intentFields = { intent: 'i-1', at: NOON }
const action = { name: 'reject', reason: buyerName, explanation: address, evidence: [] } as const
const change = <F extends keyof Facets>(facet: F): { from: Facets[F]; to: Facets[F] } => ({
  from: facets[facet],
  to: facets[facet],
})

/** One event of each type with every field set. Total: a type that is missing here does not compile. */
export const EVERY_EVENT: { readonly [T in CaseEventType]: Extract<CaseEvent, { type: T }> } = {
  CaseOpened: { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, appliedAt: NOON, facets },
  StatusMoved: { type: 'StatusMoved', ...change('status') },
  KindChanged: { type: 'KindChanged', ...change('kind') },
  AmountsChanged: { type: 'AmountsChanged', ...change('amounts') },
  AmountAgreed: { type: 'AmountAgreed', ...change('amountAgreed') },
  AmountRefunded: { type: 'AmountRefunded', ...change('amountRefunded') },
  ReasonChanged: { type: 'ReasonChanged', ...change('reason') },
  ReasonCodeChanged: { type: 'ReasonCodeChanged', ...change('reasonCode') },
  DeadlineMoved: { type: 'DeadlineMoved', from: facets.deadline, to: { due: null, forRaw: '6' } },
  OrderKnown: { type: 'OrderKnown', ...change('order') },
  GoodsMoved: { type: 'GoodsMoved', ...change('goods') },
  MoneyMoved: { type: 'MoneyMoved', ...change('money') },
  DisputeMoved: { type: 'DisputeMoved', ...change('dispute') },
  BuyerKnown: { type: 'BuyerKnown', ...change('buyer') },
  FlagsChanged: { type: 'FlagsChanged', ...change('flags') },
  FirstReasonFound: { type: 'FirstReasonFound', reason: facets.reason, reasonCode: facets.reasonCode, revision: NOON },
  ApplicationDated: { type: 'ApplicationDated', appliedAt: NOON },
  EarlierStageFound: { type: 'EarlierStageFound', reached: { 'status:6': NOON } },
  RevisionSeen: { type: 'RevisionSeen', seen: { stamp: { revision: NOON, observedAt: NOON }, facets: [] } },
  DeadlinePassed: {
    type: 'DeadlinePassed',
    kind: 'SELLER_RESPONSE',
    due: NOON,
    breach: 'platform-refunds',
    atRisk: 8900,
  },
  ActionIntended: { type: 'ActionIntended', action, by, way: 'API', judged: NOON, amount: 8900, ...intentFields },
  ActionAnswered: { type: 'ActionAnswered', answer: { type: 'refused', code: '50002' }, sentAt: NOON, ...intentFields },
  ActionAttested: { type: 'ActionAttested', by, ...intentFields },
  ActionConfirmed: { type: 'ActionConfirmed', by, ...intentFields },
  ActionOvertaken: { type: 'ActionOvertaken', ...intentFields },
  ActionLapsed: { type: 'ActionLapsed', by, ...intentFields },
  ActionWithdrawn: { type: 'ActionWithdrawn', by, ...intentFields },
  BuyerErased: { type: 'BuyerErased', at: NOON, why: 'buyer-asked', by: 'lin' },
  FactsAttested: { type: 'FactsAttested', facts: {}, by, at: NOON },
  AppealItemDecided: { type: 'AppealItemDecided', id: 'i-1', kind: 'liability', result: 'won', at: NOON, by },
}
