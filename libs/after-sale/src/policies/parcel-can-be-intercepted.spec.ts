import { answerOf, requestOf, closeOf, plainTerms } from '../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import type { Facets, GoodsFacet, Parcel } from '../facets'
import type { GoodsStage } from '../glossary/rails'
import { parcelCanBeIntercepted } from './parcel-can-be-intercepted'
import { parcelMayBeRefused } from './parcel-may-be-refused'
import type { Verdict } from './framework/verdict'

const DAY = 24 * HOUR
const parcel: Parcel = { direction: 'out', tracking: 'SF1', carrier: 'SF' }
const goods = (stage: GoodsStage, parcels: readonly Parcel[] = [parcel]): { goods: GoodsFacet } => ({
  goods: { stage, parcels },
})
const caseOf = (overrides: Partial<Facets>): AfterSaleCase => caseAfter(reported(0, aRefundRequest(overrides)))
const terms = { ...plainTerms, refusalCategories: ['shoes'] }

const intercept = (
  overrides: Partial<Facets>,
  facts: ActionFacts = {},
  now = NOON,
  worthFrom = 0,
): Verdict | undefined =>
  parcelCanBeIntercepted.judge({ afterSale: caseOf(overrides), terms, now, facts }, { worthFrom })
const refuse = (
  overrides: Partial<Facets>,
  facts: ActionFacts = {},
  now = NOON,
  upTo = 30_000,
  storeTerms = terms,
): Verdict | undefined =>
  parcelMayBeRefused.judge({ afterSale: caseOf(overrides), terms: storeTerms, now, facts }, { upTo })

const onItsWay = goods('in-transit')
const justShipped: ActionFacts = { shippedAt: NOON - HOUR }

describe('R001, R117: a parcel that was shipped a short time ago is intercepted', () => {
  it('the action contains what the carrier needs', () => {
    expect(intercept(onItsWay, justShipped)).toMatchObject({
      outcome: 'act',
      action: { name: 'intercept', shipment: { carrier: 'SF', tracking: 'SF1' } },
    })
  })

  it.each<[string, Partial<Facets>, ActionFacts, string]>([
    ['shipped a moment less than a day ago', onItsWay, { shippedAt: NOON - DAY + 1 }, 'act'],
    ['shipped a day ago', onItsWay, { shippedAt: NOON - DAY }, 'leave'],
    ['shipped at an unknown time', onItsWay, {}, 'unsure'],
    [
      'just paid, so shipped since',
      { ...onItsWay, order: { orderNumber: '1', lines: [], paidAt: NOON - DAY + 1 } },
      {},
      'act',
    ],
    ['paid for before that', { ...onItsWay, order: { orderNumber: '1', lines: [], paidAt: NOON - DAY } }, {}, 'unsure'],
    ['whose waybill was just printed', goods('not-shipped'), {}, 'act'],
    ['delivered', goods('delivered'), justShipped, 'leave'],
    ['refused', goods('refused'), justShipped, 'leave'],
    ['being caught', goods('intercepting'), justShipped, 'leave'],
    ['coming back', goods('returning'), justShipped, 'leave'],
    ['somewhere', goods('unknown'), justShipped, 'unsure'],
    ['of which nothing is known', {}, justShipped, 'unsure'],
    ['whose carrier is unknown', goods('in-transit', [{ direction: 'out', tracking: '1' }]), justShipped, 'unsure'],
    ['one of two', goods('in-transit', [parcel, { ...parcel, tracking: 'SF2' }]), justShipped, 'unsure'],
  ])('%s', (_, overrides, facts, outcome) => expect(intercept(overrides, facts)?.outcome).toBe(outcome))

  it('first reported long ago: it is too late, whenever it was shipped', () => {
    expect(intercept(onItsWay, {}, NOON + DAY - 1)?.outcome).toBe('unsure')
    expect(intercept(onItsWay, {}, NOON + DAY)?.outcome).toBe('leave')
  })

  it.each([
    [29_999, 'leave'],
    [30_000, 'act'],
  ])('R001: a refund of %i fen, where the fee is worth it from 300.00 yuan on: %s', (total, outcome) => {
    expect(intercept({ ...onItsWay, amounts: { total, legs: {} } }, justShipped, NOON, 30_000)?.outcome).toBe(outcome)
  })

  it('an unknown amount has no known worth', () => {
    const { amounts: _untold, ...facets } = aRefundRequest(onItsWay)
    const afterSale = caseAfter(reported(0, facets))
    expect(
      parcelCanBeIntercepted.judge({ afterSale, terms, now: NOON, facts: justShipped }, { worthFrom: 0 })?.outcome,
    ).toBe('unsure')
  })

  it.each<[string, Partial<Facets>]>([
    ['a return', { kind: { kind: 'return-and-refund' } }],
    ['price protection', { kind: { kind: 'refund-only', variant: 'price-protection' } }],
    ['a case that is decided', { status: { status: 'refunding', raw: '4' } }],
    ['goods that are not packed yet', goods('not-shipped', [])],
  ])('is none of its business: %s', (_, overrides) =>
    expect(intercept({ ...onItsWay, ...overrides }, justShipped)).toBeUndefined(),
  )
})

describe('R005, R007, R008, R117: a parcel that cannot be intercepted may be refused', () => {
  const late: ActionFacts = { shippedAt: NOON - DAY, category: 'shoes', chatExists: true }

  it('is agreed to by the merchant beforehand', () => {
    expect(refuse(onItsWay, late)).toMatchObject({ outcome: 'act', action: { name: 'approve-refusal' } })
  })

  it.each<[string, Partial<Facets>, ActionFacts, string]>([
    ['R001: not while catching it is worth trying', onItsWay, { ...late, shippedAt: NOON - DAY + 1 }, 'leave'],
    ['R001: nor while that is unknown', onItsWay, { category: 'shoes', chatExists: true }, 'unsure'],
    ['R005: not once it arrived', goods('delivered'), late, 'leave'],
    ['R005: not before it left', goods('not-shipped'), late, 'leave'],
    ['R005: it is unknown where it is', goods('unknown'), late, 'unsure'],
    ['R007: another category', onItsWay, { ...late, category: 'food' }, 'leave'],
    ['R007: an unknown category', onItsWay, { shippedAt: 0, chatExists: true }, 'unsure'],
    ['R008: a buyer who does not know how', onItsWay, { ...late, chatExists: false }, 'leave'],
    ['R008: a buyer of whom that is unknown', onItsWay, { shippedAt: 0, category: 'shoes' }, 'unsure'],
  ])('%s', (_, overrides, facts, outcome) => expect(refuse(overrides, facts)?.outcome).toBe(outcome))

  it('R007: nor where the categories are not known', () => {
    expect(refuse(onItsWay, late, NOON, 30_000, plainTerms as typeof terms)?.outcome).toBe('unsure')
  })

  it.each([
    [30_000, 'act'],
    [30_001, 'leave'],
  ])('a refund of %i fen with a limit of 300.00 yuan: %s', (total, outcome) => {
    expect(refuse({ ...onItsWay, amounts: { total, legs: {} } }, late)?.outcome).toBe(outcome)
  })
})

describe('R001, R005: a parcel with an attempted interception', () => {
  const caseWithInterception = (...more: Command[]): AfterSaleCase => {
    const ask = requestOf({ name: 'intercept', shipment: { carrier: 'SF', tracking: 'SF1' } }, { facts: justShipped })
    return caseAfter(reported(0, aRefundRequest(onItsWay)), ask, ...more)
  }
  const outcomes = (afterSale: AfterSaleCase, now = NOON): (string | undefined)[] => {
    const subject = { afterSale, terms, now, facts: { ...justShipped, category: 'shoes', chatExists: true } }
    return [
      parcelCanBeIntercepted.judge(subject, { worthFrom: 0 }),
      parcelMayBeRefused.judge(subject, { upTo: 30_000 }),
    ].map((v) => v?.outcome)
  }
  it('is not intercepted again, and not refused while the attempt is running', () => {
    expect(outcomes(caseWithInterception(), NOON + 2 * DAY)).toEqual(['leave', 'leave'])
  })
  it('may be refused as soon as the carrier has refused', () => {
    expect(outcomes(caseWithInterception(answerOf({ type: 'refused', code: '7' })))).toEqual(['leave', 'act'])
  })
  it('is intercepted again if the carrier was never asked', () => {
    expect(outcomes(caseWithInterception(closeOf('withdrawn')))).toEqual(['act', 'leave'])
  })
  it('is agreed to be refused once, by the marketplace’s mark', () => {
    expect(
      refuse({ ...onItsWay, flags: ['refusal-sign:1'] }, { shippedAt: 0, category: 'shoes', chatExists: true })
        ?.outcome,
    ).toBe('leave')
  })
})

it('R001: is judged again at the instant at which only time changes the answer', () => {
  const until = intercept(onItsWay, justShipped)?.conditions.find(({ claim }) => claim === 'justShipped')
    ?.wanted as number
  expect(until).toBe(NOON - HOUR + DAY)
  const facts = { ...justShipped, category: 'shoes', chatExists: true }
  expect([intercept(onItsWay, facts, until - 1)?.outcome, refuse(onItsWay, facts, until - 1)?.outcome]).toEqual([
    'act',
    'leave',
  ])
  expect([intercept(onItsWay, facts, until)?.outcome, refuse(onItsWay, facts, until)?.outcome]).toEqual([
    'leave',
    'act',
  ])
})

it('R001, R005: a parcel is never both intercepted and refused, whatever is known and whenever', () => {
  for (const shippedAt of [undefined, NOON - 2 * DAY, NOON - DAY, NOON - DAY + 1, NOON])
    for (const stage of ['not-shipped', 'in-transit', 'delivered', 'unknown'] as const)
      for (const now of [NOON, NOON + HOUR, NOON + DAY - 1, NOON + DAY]) {
        const facts: ActionFacts = {
          category: 'shoes',
          chatExists: true,
          ...(shippedAt === undefined ? {} : { shippedAt }),
        }
        const acting = [intercept(goods(stage), facts, now), refuse(goods(stage), facts, now)].filter(
          (v) => v?.outcome === 'act',
        )
        expect(acting.length).toBeLessThanOrEqual(1)
      }
})
