import { requestOf, plainTerms } from '../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import type { Facets, Parcel } from '../facets'
import type { GoodsStage } from '../glossary/rails'
import { exchangeComesFirst, type ExchangeFirstSettings } from './exchange-comes-first'
import { parcelCanBeIntercepted } from './parcel-can-be-intercepted'
import { parcelMayBeRefused } from './parcel-may-be-refused'
import { smallPaymentMaySettle } from './small-payment-may-settle'
import type { Subject } from './framework/subject'

const terms = {
  ...plainTerms,
  refusalCategories: ['shoes'],
  reasons: [
    { words: '发错', class: 'wrong-goods' },
    { words: '不想要', class: 'no-reason' },
  ] as const,
}
const goods = (stage: GoodsStage, parcels: readonly Parcel[] = []): Partial<Facets> => ({ goods: { stage, parcels } })
const delivered = goods('delivered')
const caseOf = (overrides: Partial<Facets>, ...more: Command[]): AfterSaleCase =>
  caseAfter(reported(0, aRefundRequest(overrides)), ...more)
const subject = (afterSale: AfterSaleCase, facts: ActionFacts): Subject => ({ afterSale, terms, now: NOON, facts })
const paid = { facts: { smallPaid: 0 }, confirmed: ['CannotBeToldApart', 'PaidUnknown'] } as const

describe('R011: a small payment settles a case whose goods are signed for', () => {
  const agreed: ActionFacts = { agreedPayment: 500, smallPaid: 0 }
  const pay = (overrides: Partial<Facets>, facts: ActionFacts, upTo = 30_000) =>
    smallPaymentMaySettle.judge(subject(caseOf(overrides), facts), { upTo })

  it('the payment is the amount that the buyer agreed to', () => {
    expect(pay(delivered, agreed)).toMatchObject({
      outcome: 'act',
      action: { name: 'send-small-payment', amount: 500 },
    })
  })

  it.each<[string, Partial<Facets>, ActionFacts, string]>([
    ['the goods are on their way', goods('in-transit'), agreed, 'leave'],
    ['it is unknown where they are', {}, agreed, 'unsure'],
    ['they come back, refused or returned', goods('returning'), agreed, 'unsure'],
    ['the buyer sent them back', goods('returning', [{ direction: 'back', tracking: '1' }]), agreed, 'act'],
    ['it is unknown what the buyer would take', delivered, { smallPaid: 0 }, 'unsure'],
    ['the buyer would take a fen less than all', delivered, { ...agreed, agreedPayment: 8_899 }, 'act'],
    ['the buyer would take all of it', delivered, { ...agreed, agreedPayment: 8_900 }, 'leave'],
    ['the buyer would take nothing', delivered, { ...agreed, agreedPayment: 0 }, 'leave'],
    ['something was paid already', delivered, { ...agreed, smallPaid: 1 }, 'leave'],
    ['it is unknown whether anything was', delivered, { agreedPayment: 500 }, 'unsure'],
  ])('%s', (_, overrides, facts, outcome) => expect(pay(overrides, facts)?.outcome).toBe(outcome))

  it.each([
    [29_999, 'act'],
    [30_000, 'act'],
    [30_001, 'leave'],
  ])('%i fen with a limit of 300.00 yuan: %s', (agreedPayment, outcome) => {
    const overrides = { ...delivered, amounts: { total: 99_900, legs: {} } }
    expect(pay(overrides, { agreedPayment, smallPaid: 0 })?.outcome).toBe(outcome)
  })

  it('is sent once: a payment that we started counts even if it is not shown yet', () => {
    const afterSale = caseOf(delivered, requestOf('send-small-payment', paid))
    expect(afterSale.intents).toHaveLength(1)
    expect(smallPaymentMaySettle.judge(subject(afterSale, agreed), { upTo: 30_000 })?.outcome).toBe('leave')
  })

  it.each<[string, Partial<Facets>]>([
    ['an exchange', { kind: { kind: 'exchange' } }],
    ['a case that is decided', { status: { status: 'refunding', raw: '4' } }],
  ])('is none of its business: %s', (_, overrides) =>
    expect(pay({ ...delivered, ...overrides }, agreed)).toBeUndefined(),
  )
})

const settings: ExchangeFirstSettings = { reasons: ['wrong-goods'], freightUpTo: 1_500 }
const exchange = (afterSale: AfterSaleCase, facts: ActionFacts) =>
  exchangeComesFirst.judge(subject(afterSale, facts), settings)

describe('R085: an exchange is offered before money is agreed to', () => {
  const wrong = { ...delivered, reason: { text: '商家发错货' } }
  const ready: ActionFacts = { replacementAtHand: true, rounds: [] }

  it('in words that the buyer understands', () => {
    expect(exchange(caseOf(wrong), ready)).toMatchObject({
      outcome: 'act',
      action: { name: 'negotiate', plan: 'exchange' },
    })
  })

  it.each<[string, Partial<Facets>, ActionFacts, string]>([
    ['there is nothing to send', wrong, { ...ready, replacementAtHand: false }, 'leave'],
    ['nothing to send is known', wrong, { rounds: [] }, 'unsure'],
    ['the reason is another', { ...delivered, reason: { text: '不想要了' } }, ready, 'leave'],
    ['the reason is of unknown class', { ...delivered, reason: { text: '呃' } }, ready, 'unsure'],
    ['something was offered already', wrong, { ...ready, rounds: [{ startedAt: NOON }] }, 'leave'],
    ['it is unknown whether there were offers', wrong, { replacementAtHand: true }, 'unsure'],
    ['the goods have not arrived', { ...wrong, ...goods('in-transit') }, ready, 'leave'],
  ])('%s', (_, overrides, facts, outcome) => expect(exchange(caseOf(overrides), facts)?.outcome).toBe(outcome))

  it('is offered once', () => {
    const afterSale = caseOf(wrong, requestOf({ name: 'negotiate', plan: 'exchange', text: '换货', evidence: [] }))
    expect(exchange(afterSale, ready)?.outcome).toBe('leave')
  })
})

describe('R086: what the return of an exchange cost the buyer is paid back', () => {
  const sent = {
    kind: { kind: 'exchange' },
    status: { status: 'awaiting-merchant-receipt', raw: '11' },
    ...goods('returning', [{ direction: 'back', tracking: '1' }]),
  } as const
  it.each<[string, Partial<Facets>, ActionFacts, string]>([
    ['as the buyer proved it', sent, { returnFreight: 1_200, smallPaid: 0 }, 'act'],
    ['up to the limit', sent, { returnFreight: 1_500, smallPaid: 0 }, 'act'],
    ['not above it', sent, { returnFreight: 1_501, smallPaid: 0 }, 'leave'],
    ['not where it cost nothing', sent, { returnFreight: 0, smallPaid: 0 }, 'leave'],
    ['not where it is unknown', sent, { smallPaid: 0 }, 'unsure'],
    ['not twice', sent, { returnFreight: 1_200, smallPaid: 1_200 }, 'leave'],
    [
      'not before the buyer has sent it',
      { ...sent, ...goods('delivered') },
      { returnFreight: 1_200, smallPaid: 0 },
      'leave',
    ],
  ])('%s', (_, overrides, facts, outcome) => expect(exchange(caseOf(overrides), facts)?.outcome).toBe(outcome))

  it('is paid back in full', () => {
    expect(exchange(caseOf(sent), { returnFreight: 1_200, smallPaid: 0 })?.action).toMatchObject({
      name: 'send-small-payment',
      amount: 1_200,
    })
  })
})

it('R001, R005, R011: a case is caught first, refused later, and settled by a payment only once it has arrived', () => {
  const parcels: Parcel[] = [{ direction: 'out', tracking: 'SF1', carrier: 'SF' }]
  const facts: ActionFacts = { category: 'shoes', chatExists: true, agreedPayment: 500, smallPaid: 0, shippedAt: NOON }
  const actingPolicies = (afterSale: AfterSaleCase, now: number): string[] => {
    const seen = { ...subject(afterSale, facts), now }
    return [
      parcelCanBeIntercepted.judge(seen, { worthFrom: 0 }),
      parcelMayBeRefused.judge(seen, { upTo: 30_000 }),
      smallPaymentMaySettle.judge(seen, { upTo: 30_000 }),
    ].flatMap((verdict) => (verdict?.outcome === 'act' ? [verdict.policy] : []))
  }
  const shipped = caseOf(goods('in-transit', parcels))
  const arrived = caseOf(goods('in-transit', parcels), reported(SECOND, delivered))
  expect(actingPolicies(shipped, NOON + 24 * HOUR - 1)).toEqual(['parcelCanBeIntercepted'])
  expect(actingPolicies(shipped, NOON + 24 * HOUR)).toEqual(['parcelMayBeRefused'])
  expect(actingPolicies(arrived, NOON + HOUR)).toEqual(['smallPaymentMaySettle'])
})
