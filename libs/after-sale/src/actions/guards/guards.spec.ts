import fc from 'fast-check'
import { sampleActions, plainTerms } from '../../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../../test/support/cases'
import type { Facets } from '../../facets'
import { DEFAULT_GROUP } from '../../group/terms'
import type { StoreTerms } from '../../store-terms/store-terms'
import type { GoodsStage } from '../../glossary/rails'
import type { Action } from '../action'
import type { ActionFacts } from '../facts/facts'
import { DEFAULT_AMOUNT_LIMITS } from './amount-limits'
import { GUARDS } from './guards'
import { ACTIONS, type ActionName } from '../action-names'

const goods = (stage: GoodsStage): Partial<Facets> => ({ goods: { stage, parcels: [] } })
const paid = { order: { orderNumber: '1', lines: [], paid: 100_000 } }
const withPaymentLimit = (value: number): Partial<StoreTerms> => ({
  amountLimits: { ...DEFAULT_AMOUNT_LIMITS, payment: { value, rule: 'ours', from: '2026-11-22' } },
})
const sentBack = { goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: '1' }] } } as const

/** The objections to an action: `R001 no: …` for a refusal, `R001 careful: …` for a warning. */
function objectionsTo(
  action: Action,
  overrides: Partial<Facets> = {},
  facts: ActionFacts = {},
  terms: Partial<StoreTerms> = {},
): string[] {
  const afterSale = caseAfter(reported(0, aRefundRequest(overrides)))
  const guardInput = { afterSale, action, facts, terms: { ...plainTerms, ...terms }, now: NOON }
  return (GUARDS[action.name] ?? []).flatMap((guard) =>
    guard(guardInput).map((o) => `${o.rule} ${o.type === 'refused' ? `no: ${o.reason}` : `careful: ${o.warning}`}`),
  )
}

describe('R001: a parcel is caught while it can be', () => {
  it.each<[string, Partial<Facets>, ActionFacts, string[]]>([
    ['its waybill has just been printed', goods('not-shipped'), {}, []],
    ['shipped a moment less than a day ago', goods('in-transit'), { shippedAt: NOON - 24 * HOUR + 1 }, []],
    ['shipped a day ago', goods('in-transit'), { shippedAt: NOON - 24 * HOUR }, ['R001 no: TooLateToIntercept']],
    ['in transit since an unknown time', goods('in-transit'), {}, ['R001 careful: CannotBeToldApart']],
    ['of which nothing is known', {}, {}, ['R001 careful: CannotBeToldApart']],
    ['delivered', goods('delivered'), {}, ['R001 no: TooLateToIntercept']],
    ['refused at the door', goods('refused'), {}, ['R001 no: TooLateToIntercept']],
    ['coming back', goods('returning'), {}, ['R001 no: TooLateToIntercept']],
    ['being caught already', goods('intercepting'), {}, ['R001 no: AlreadyDecided']],
  ])('%s', (_, overrides, facts, expected) =>
    expect(objectionsTo(sampleActions.intercept, overrides, facts)).toEqual(expected),
  )
})

describe('R005, R007, R008: a refund on refusal of the parcel', () => {
  const ready: ActionFacts = { category: 'shoes', chatExists: true }
  const terms = { refusalCategories: ['shoes'] }
  it.each<[string, Partial<Facets>, ActionFacts, Partial<StoreTerms>, string[]]>([
    ['is agreed to while the parcel is under way', goods('in-transit'), ready, terms, []],
    ['not before it is shipped', goods('not-shipped'), ready, terms, ['R005 no: NotInThisStatus']],
    ['not once it is delivered', goods('delivered'), ready, terms, ['R005 no: NotInThisStatus']],
    ['with care where it is unknown where it is', {}, ready, terms, ['R005 careful: CannotBeToldApart']],
    [
      'not in another category',
      goods('in-transit'),
      { ...ready, category: 'food' },
      terms,
      ['R007 no: CategoryDoesNotAllow'],
    ],
    [
      'not where no category allows it',
      goods('in-transit'),
      ready,
      { refusalCategories: [] },
      ['R007 no: CategoryDoesNotAllow'],
    ],
    [
      'with care where the category is unknown',
      goods('in-transit'),
      { chatExists: true },
      terms,
      ['R007 careful: CannotBeToldApart'],
    ],
    [
      'with care where the allowed ones are unknown',
      goods('in-transit'),
      ready,
      {},
      ['R007 careful: CannotBeToldApart'],
    ],
    [
      'with care where the buyer does not know how to refuse',
      goods('in-transit'),
      { ...ready, chatExists: false },
      terms,
      ['R008 careful: ContactBuyerFirst'],
    ],
  ])('%s', (_, overrides, facts, allowed, expected) =>
    expect(objectionsTo(sampleActions['approve-refusal'], overrides, facts, allowed)).toEqual(expected),
  )
})

describe('R011: a small payment', () => {
  const pay = (amount: number): Action => ({ name: 'send-small-payment', amount, text: '补偿' })
  it.each<[string, Partial<Facets>, string[]]>([
    ['is sent once the goods are delivered', goods('delivered'), []],
    ['is sent for goods on their way back from the buyer (R086)', sentBack, []],
    ['is not sent before', goods('in-transit'), ['R011 no: OnlyWhenDelivered']],
    ['is not sent for goods refused at the door', goods('refused'), ['R011 no: OnlyWhenDelivered']],
    [
      'is sent with care where a refused parcel may be coming back',
      goods('returning'),
      ['R011 careful: CannotBeToldApart'],
    ],
    ['is sent with care where that is unknown', {}, ['R011 careful: CannotBeToldApart']],
  ])('%s', (_, overrides, expected) => expect(objectionsTo(pay(500), { ...overrides, ...paid })).toEqual(expected))

  const limit = withPaymentLimit(30_000)
  const expensiveCase = { ...goods('delivered'), amounts: { total: 50_000, legs: {} }, ...paid }
  it.each<[string, number, Partial<Facets>, ActionFacts, string[]]>([
    ['of nothing is none', 0, expensiveCase, {}, ['R011 no: AmountMissing']],
    ['of no number is none', Number.NaN, expensiveCase, {}, ['R011 no: AmountMissing']],
    ['a fen below the store’s limit', 29_999, expensiveCase, {}, []],
    ['at the store’s limit', 30_000, expensiveCase, {}, []],
    ['a fen above the store’s limit', 30_001, expensiveCase, {}, ['R011 no: AmountTooHigh']],
    ['that reaches the limit with the ones before', 20_000, expensiveCase, { smallPaid: 10_000 }, []],
    ['that passes it with the ones before', 20_001, expensiveCase, { smallPaid: 10_000 }, ['R011 no: AmountTooHigh']],
    ['of all that is asked', 8_900, { ...goods('delivered'), ...paid }, {}, []],
    ['of more than is asked', 8_901, { ...goods('delivered'), ...paid }, {}, ['R011 no: AmountTooHigh']],
    [
      'in an exchange, which asks for no money',
      1_200,
      { ...goods('delivered'), ...paid, kind: { kind: 'exchange' }, amounts: { total: 0, legs: {} } },
      {},
      [],
    ],
  ])('%s', (_, amount, overrides, facts, expected) =>
    expect(objectionsTo(pay(amount), overrides, facts, limit)).toEqual(expected),
  )
})

it('R011: small payments never exceed the limit or the requested amount, however many are tried', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1, max: 9_000 }), { maxLength: 20 }),
      fc.nat(20_000),
      fc.nat(20_000),
      (amounts, total, value) => {
        const terms = withPaymentLimit(value)
        let smallPaid = 0
        for (const amount of amounts) {
          const pay: Action = { name: 'send-small-payment', amount, text: '' }
          const objections = objectionsTo(
            pay,
            { ...goods('delivered'), amounts: { total, legs: {} }, ...paid },
            { smallPaid },
            terms,
          )
          if (objections.length === 0) smallPaid += amount
          expect(objections.length === 0 ? amount : 1).toBeGreaterThan(0)
        }
        expect(smallPaid).toBeLessThanOrEqual(Math.min(value, total))
      },
    ),
  )
})

describe('R063: a buyer who sends back gets the address', () => {
  const noAddress = { returnAddressId: '' }
  it.each<[string, Action, Partial<StoreTerms>, string[]]>([
    ['a return with its address', sampleActions['approve-return'], noAddress, []],
    ['a return to the store’s address', { name: 'approve-return' }, { returnAddressId: '900' }, []],
    ['a return to nowhere', { name: 'approve-return' }, noAddress, ['R063 no: ReturnAddressMissing']],
    ['a blank address', { name: 'approve-return', addressId: ' ' }, noAddress, ['R063 no: ReturnAddressMissing']],
    ['an exchange to nowhere', { name: 'approve-exchange' }, noAddress, ['R063 no: ReturnAddressMissing']],
    [
      'a repair to be sent in, to nowhere',
      { name: 'approve-repair', sendBack: true },
      noAddress,
      ['R063 no: ReturnAddressMissing'],
    ],
    ['a repair where nothing is sent in', { name: 'approve-repair', sendBack: false }, noAddress, []],
  ])('%s', (_, action, terms, expected) => expect(objectionsTo(action, {}, {}, terms)).toEqual(expected))
})

describe('R109: the order of a group is not refunded before the group has formed', () => {
  const terms = { group: DEFAULT_GROUP }
  it.each<[string, Partial<Facets>, ActionFacts, string[]]>([
    ['formed', {}, { groupFormed: true }, []],
    ['not formed', {}, { groupFormed: false }, ['R109 no: GroupNotFormed']],
    ['unknown', goods('not-shipped'), {}, []],
    ['unknown, but the goods were shipped', goods('in-transit'), {}, []],
  ])('%s', (_, overrides, facts, expected) =>
    expect(objectionsTo(sampleActions['approve-refund'], overrides, facts, terms)).toEqual(expected),
  )

  it('is not checked at a marketplace without group orders', () => {
    expect(objectionsTo(sampleActions['approve-refund'], {}, { groupFormed: false })).toEqual([])
  })
})

describe('R174: only the buyer changes the amount', () => {
  const propose = (amount: number): Action => ({ name: 'propose-amount', amount, text: '扣除折旧' })
  it.each<[string, Action, Partial<Facets>, ActionFacts, string[]]>([
    ['a proposal of a fen less', propose(8_899), {}, {}, []],
    ['a proposal of all of it', propose(8_900), {}, {}, ['R174 no: AmountTooHigh']],
    ['a proposal of nothing', propose(0), {}, {}, ['R174 no: AmountMissing']],
    ['an agreement where nothing else was agreed', sampleActions['approve-refund'], {}, {}, []],
    [
      'an agreement before the buyer has put in what was agreed',
      sampleActions['approve-refund'],
      {},
      { agreedRefund: 8_899 },
      ['R174 no: OnlyTheBuyerChangesTheAmount'],
    ],
    [
      'an agreement after the buyer has',
      sampleActions['approve-refund'],
      { amounts: { total: 8_899, legs: {} } },
      { agreedRefund: 8_899 },
      [],
    ],
    [
      'turning a return into a refund before the buyer has',
      sampleActions['turn-into-refund'],
      {},
      { agreedRefund: 100 },
      ['R174 no: OnlyTheBuyerChangesTheAmount'],
    ],
  ])('%s', (_, action, overrides, facts, expected) =>
    expect(objectionsTo(action, { ...paid, ...overrides }, facts)).toEqual(expected),
  )

  it('warns about a proposal if the requested amount is unknown', () => {
    const afterSale = caseAfter(reported(0, { status: { status: 'awaiting-merchant-decision', raw: '6' } }))
    const guardInput = { afterSale, action: propose(1), facts: {}, terms: plainTerms, now: NOON }
    expect(GUARDS['propose-amount']?.flatMap((guard) => guard(guardInput))).toEqual([
      { type: 'warned', warning: 'CannotBeToldApart', rule: 'R174' },
      { type: 'warned', warning: 'PaidUnknown', rule: 'R174' },
    ])
  })
})

it.each(Object.keys(ACTIONS) as ActionName[])(
  '%s: every objection names its rule and nothing throws, whatever is unknown',
  (name) => {
    const bare = caseAfter(reported(0, {}))
    const terms = { ...plainTerms, group: DEFAULT_GROUP }
    for (const guard of GUARDS[name] ?? [])
      for (const { rule } of guard({ afterSale: bare, action: sampleActions[name], facts: {}, terms, now: NOON }))
        expect(rule).toMatch(/^R\d{3}$/)
  },
)
