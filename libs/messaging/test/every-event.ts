/** One case event of every type, each field set, with personal data in it that must never leave in a message. */
import type { CaseEvent, CaseEventType, Facets } from '#after-sale'
import { NOON, anyIdentity } from '../../../test/support/cases'

export const STREAM = '0e9b2a34-0000-8000-a000-000000000001'
/** What must never leave: a name, two numbers, an address, what is sealed, and who pressed the button. */
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
const [buyerName, phone, dashed, card, mail, address, sealed, hash, person] = SECRETS as [
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
  reason: { text: `不想要了，电话${phone}或${dashed}，${card}，${mail}` },
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
  buyer: { sealed, nameMask: buyerName, phoneMask: phone, nameHash: hash, phoneHash: hash, phoneTailHash: hash },
  flags: ['speed-refund'],
}

export const by = { kind: 'person', id: person } as const
export const strategy = { kind: 'strategy', id: '12', version: 3 } as const
const of = { intent: 'i-1', at: NOON }
const action = { name: 'reject', reason: buyerName, explanation: address, evidence: [] } as const
const moved = <F extends keyof Facets>(facet: F): { from: Facets[F]; to: Facets[F] } => ({
  from: facets[facet],
  to: facets[facet],
})

/** One of every kind, full to the brim. Total: a kind that is forgotten here does not compile. */
export const EVERY: { readonly [T in CaseEventType]: Extract<CaseEvent, { type: T }> } = {
  CaseOpened: { type: 'CaseOpened', identity: anyIdentity, openedAt: NOON, appliedAt: NOON, facets },
  StatusMoved: { type: 'StatusMoved', ...moved('status') },
  KindChanged: { type: 'KindChanged', ...moved('kind') },
  AmountsChanged: { type: 'AmountsChanged', ...moved('amounts') },
  AmountAgreed: { type: 'AmountAgreed', ...moved('amountAgreed') },
  AmountRefunded: { type: 'AmountRefunded', ...moved('amountRefunded') },
  ReasonChanged: { type: 'ReasonChanged', ...moved('reason') },
  ReasonCodeChanged: { type: 'ReasonCodeChanged', ...moved('reasonCode') },
  DeadlineMoved: { type: 'DeadlineMoved', from: facets.deadline, to: { due: null, forRaw: '6' } },
  OrderKnown: { type: 'OrderKnown', ...moved('order') },
  GoodsMoved: { type: 'GoodsMoved', ...moved('goods') },
  MoneyMoved: { type: 'MoneyMoved', ...moved('money') },
  DisputeMoved: { type: 'DisputeMoved', ...moved('dispute') },
  BuyerKnown: { type: 'BuyerKnown', ...moved('buyer') },
  FlagsChanged: { type: 'FlagsChanged', ...moved('flags') },
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
  ActionIntended: { type: 'ActionIntended', action, by, way: 'API', judged: NOON, amount: 8900, ...of },
  ActionAnswered: { type: 'ActionAnswered', answer: { type: 'refused', code: '50002' }, sentAt: NOON, ...of },
  ActionAttested: { type: 'ActionAttested', by, ...of },
  ActionConfirmed: { type: 'ActionConfirmed', by, ...of },
  ActionOvertaken: { type: 'ActionOvertaken', ...of },
  ActionLapsed: { type: 'ActionLapsed', by, ...of },
  ActionWithdrawn: { type: 'ActionWithdrawn', by, ...of },
  FactsAttested: { type: 'FactsAttested', facts: {}, by, at: NOON },
  AppealItemDecided: { type: 'AppealItemDecided', id: 'i-1', kind: 'liability', result: 'won', at: NOON, by },
}
