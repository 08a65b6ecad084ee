import fc from 'fast-check'
import { sampleActions, requestOf, plainTerms } from '../../../../../test/support/action-commands'
import { property } from '../../../../../test/property'
import { NOON, SECOND, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Facets } from '../../facets'
import type { Action, AppealItem } from '../action'
import { DEFAULT_AMOUNT_LIMITS } from './amount-limits'
import type { ActionFacts } from '../facts/facts'
import type { Intent, IntentState } from '../intents/intent'
import { INTENT_STATES } from '../intents/intent'
import { amountIsBounded } from './amount-is-bounded'

const DELIVERED: Partial<Facets> = { goods: { stage: 'delivered', parcels: [] } }
const paidFor = (paid: number): Partial<Facets> => ({ order: { orderNumber: '1', lines: [{ lineId: '1', paid }] } })
const caseOf = (overrides: Partial<Facets>, intents: readonly Intent[] = []): AfterSaleCase => {
  const afterSale = given(reported(0, aRefundRequest({ ...DELIVERED, ...overrides })))
  if (afterSale === undefined) throw new Error('no case')
  return { ...afterSale, intents }
}
const pay = (amount: number): Action => ({ name: 'send-small-payment', amount, text: '补偿' })
const propose = (amount: number): Action => ({ name: 'propose-amount', amount, text: '折旧' })
const claim = (...items: [AppealItem['kind'], number][]): Action => ({
  name: 'appeal',
  items: items.map(([kind, amount]) => ({ kind, amount, text: '说明' })),
  evidence: [],
})
const intent = (action: Action, state: IntentState, amount: number): Intent => ({
  id: 'i',
  action,
  by: { kind: 'person', id: '1' },
  way: 'API',
  at: NOON,
  judged: NOON,
  amount,
  state,
  since: NOON,
})
const objectionsTo = (action: Action, afterSale: AfterSaleCase, facts: ActionFacts = {}): string[] =>
  amountIsBounded({ afterSale, action, facts, terms: plainTerms, now: NOON }).map((o) =>
    o.type === 'refused' ? o.reason : o.warning,
  )
const PAYMENT_LIMIT = DEFAULT_AMOUNT_LIMITS.payment.value
const TOO_HIGH = ['AmountTooHigh']

describe('every amount that a person enters has an upper bound (fault A20)', () => {
  it('999,999.99 yuan on a delivered case is refused by name, by every action that carries an amount', () => {
    const hugeAmount = 99_999_999
    for (const paid of [paidFor(8900), paidFor(hugeAmount), {}])
      for (const action of [
        pay(hugeAmount),
        propose(hugeAmount),
        claim(['goods-money', hugeAmount]),
        claim(['other', hugeAmount]),
      ]) {
        if (paid.order?.lines[0]?.paid === hugeAmount && (action.name === 'propose-amount' || action.name === 'appeal'))
          continue
        expect(objectionsTo(action, caseOf(paid))).toEqual(TOO_HIGH)
      }
  })

  it('an excessive request leads to no intent, whatever warnings are confirmed', () => {
    const afterSale = given(
      reported(0, aRefundRequest({ ...DELIVERED, amounts: { total: 99_999_999, legs: {} } })),
      reported(SECOND, {}),
      requestOf(pay(99_999_999), {
        confirmed: ['PaidUnknown', 'CannotBeToldApart'],
        judged: NOON + SECOND,
      }),
    )
    expect(afterSale?.intents).toBeUndefined()
  })

  it.each<[string, Action, AfterSaleCase, ActionFacts, string[]]>([
    ['a payment at the limit', pay(PAYMENT_LIMIT), caseOf(paidFor(90_000)), {}, []],
    ['a payment a fen above the limit', pay(PAYMENT_LIMIT + 1), caseOf(paidFor(90_000)), {}, TOO_HIGH],
    ['a payment of all that was paid', pay(8900), caseOf(paidFor(8900)), {}, []],
    ['a payment a fen above what was paid', pay(8901), caseOf(paidFor(8900)), {}, TOO_HIGH],
    ['what was paid is unknown, at the limit', pay(PAYMENT_LIMIT), caseOf({}), {}, ['PaidUnknown']],
    ['what was paid is unknown, a fen above the limit', pay(PAYMENT_LIMIT + 1), caseOf({}), {}, TOO_HIGH],
    ['the back office shows payments, up to the limit', pay(5_000), caseOf(paidFor(90_000)), { smallPaid: 15_000 }, []],
    ['the back office shows payments, beyond it', pay(5_001), caseOf(paidFor(90_000)), { smallPaid: 15_000 }, TOO_HIGH],
    ['a proposal of all that was paid', propose(8900), caseOf(paidFor(8900)), {}, []],
    ['a proposal beyond what was paid', propose(8901), caseOf(paidFor(8900)), {}, TOO_HIGH],
    ['a proposal, what was paid is unknown', propose(500_000), caseOf({}), {}, ['PaidUnknown']],
    ['a proposal beyond the limit, what was paid is unknown', propose(500_001), caseOf({}), {}, TOO_HIGH],
    ['a proposal beside a payment, up to what was paid', propose(8400), caseOf(paidFor(8900)), { smallPaid: 500 }, []],
    ['a proposal beside a payment, beyond it', propose(8401), caseOf(paidFor(8900)), { smallPaid: 500 }, TOO_HIGH],
    ['claims up to what was paid', claim(['goods-money', 8000], ['freight', 900]), caseOf(paidFor(8900)), {}, []],
    [
      'claims beyond what was paid',
      claim(['goods-money', 8001], ['freight', 900]),
      caseOf(paidFor(8900)),
      {},
      TOO_HIGH,
    ],
    ['a claim, what was paid is unknown', claim(['goods-money', 500_000]), caseOf({}), {}, ['PaidUnknown']],
    ['a claim beyond the limit, what was paid is unknown', claim(['goods-money', 500_001]), caseOf({}), {}, TOO_HIGH],
    ['deductions are not what the buyer paid: the limit', claim(['other', 500_000]), caseOf(paidFor(100)), {}, []],
    ['deductions beyond the limit', claim(['other', 500_001]), caseOf(paidFor(100)), {}, TOO_HIGH],
    ['R068: a claim without money', sampleActions.appeal, caseOf({}), {}, []],
    ['an action without an amount', sampleActions['approve-refund'], caseOf({}), {}, []],
  ])('%s', (_, action, afterSale, facts, expected) => expect(objectionsTo(action, afterSale, facts)).toEqual(expected))

  it('the store may set its own limits', () => {
    const amountLimits = {
      ...DEFAULT_AMOUNT_LIMITS,
      payment: { value: 100, rule: 'ours', from: '2026-12-01' },
    } as const
    const guardInput = {
      afterSale: caseOf(paidFor(8900)),
      facts: {},
      terms: { ...plainTerms, amountLimits },
      now: NOON,
    }
    expect(amountIsBounded({ ...guardInput, action: pay(100) })).toEqual([])
    expect(amountIsBounded({ ...guardInput, action: pay(101) })).toMatchObject([{ reason: 'AmountTooHigh' }])
  })
})

describe('our own intents on the case count', () => {
  const states = Object.keys(INTENT_STATES) as IntentState[]
  const countedStates: readonly IntentState[] = ['intended', 'attested', 'answered', 'in-doubt', 'confirmed']

  it.each(states)('a payment that is %s', (state) => {
    const afterSale = caseOf(paidFor(90_000), [intent(pay(PAYMENT_LIMIT), state, PAYMENT_LIMIT)])
    expect(objectionsTo(pay(1), afterSale)).toEqual(countedStates.includes(state) ? TOO_HIGH : [])
  })

  it.each(states)('a refund of the whole that is %s', (state) => {
    const afterSale = caseOf(paidFor(8900), [intent({ name: 'approve-refund' }, state, 8900)])
    expect(objectionsTo(pay(1), afterSale)).toEqual(countedStates.includes(state) ? TOO_HIGH : [])
  })

  it('an agreed return does not: its refund is decided later', () => {
    const afterSale = caseOf(paidFor(8900), [intent({ name: 'approve-return' }, 'confirmed', 8900)])
    expect(objectionsTo(pay(500), afterSale)).toEqual([])
  })

  it.each<[string, Partial<Facets>, number, string[]]>([
    ['the marketplace refunds it by itself', { money: { stage: 'refunding' } }, 1, TOO_HIGH],
    ['a part was actually refunded', { money: { stage: 'refunded' }, amountRefunded: { total: 8000 } }, 900, []],
    [
      'a part was actually refunded, a fen more',
      { money: { stage: 'refunded' }, amountRefunded: { total: 8000 } },
      901,
      TOO_HIGH,
    ],
    ['an unknown part is refunded', { money: { stage: 'partly-refunded' } }, 1, TOO_HIGH],
    ['the refund failed', { money: { stage: 'failed' } }, 8900, []],
  ])('the refund counts with what really went: %s', (_, overrides, amount, expected) => {
    expect(objectionsTo(pay(amount), caseOf({ ...paidFor(8900), ...overrides }))).toEqual(expected)
  })

  it('a completed payment that the back office shows too counts once; an open one counts in addition', () => {
    const done = caseOf(paidFor(90_000), [intent(pay(5_000), 'confirmed', 5_000)])
    expect(objectionsTo(pay(15_000), done, { smallPaid: 5_000 })).toEqual([])
    const open = caseOf(paidFor(90_000), [intent(pay(5_000), 'in-doubt', 5_000)])
    expect(objectionsTo(pay(10_001), open, { smallPaid: 5_000 })).toEqual(TOO_HIGH)
  })

  it('payments and refund together never exceed what was paid, in any order of attempts', () => {
    const action = fc.oneof(
      fc.integer({ min: 1, max: 12_000 }).map(pay),
      fc.constant<Action>({ name: 'approve-refund' }),
    )
    return property(fc.array(action, { maxLength: 8 }), fc.integer({ min: 1, max: 12_000 }), (attempts, paid) => {
      const intents: Intent[] = []
      for (const attempt of attempts) {
        const afterSale = caseOf({ ...paidFor(paid), amounts: { total: paid, legs: {} } }, intents)
        // What is not typed is not bounded here: a refund after a payment is another guard's matter.
        if (attempt.name === 'approve-refund' && intents.length > 0) continue
        const amount = attempt.name === 'send-small-payment' ? attempt.amount : paid
        if (objectionsTo(attempt, afterSale).length === 0) intents.push(intent(attempt, 'in-doubt', amount))
      }
      expect(intents.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(paid)
    })
  })
})
